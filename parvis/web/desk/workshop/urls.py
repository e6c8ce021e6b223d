"""Addresses below `/gestion/rencontres/<code>/salle/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.workshop import papers_views, prepare_views, registration_views, rehearsal_views

urlpatterns = [
    path("", prepare_views.prepare, name="prepare_room"),
    path("documents.zip", papers_views.papers, name="room_papers"),
    path("inscriptions/", registration_views.registrations, name="registrations"),
    path("inscriptions/ajouter/", registration_views.add, name="add_registration"),
    path("inscriptions/rappel/", registration_views.reminder, name="meeting_reminder"),
    path("repetition/", rehearsal_views.rehearsal, name="rehearsal"),
]
