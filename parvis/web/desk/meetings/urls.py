"""Addresses below `/gestion/rencontres/`."""

from __future__ import annotations

from django.urls import include, path

from parvis.web.desk.meetings import views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("<str:code>/", views.meeting, name="meeting"),
    path("<str:code>/modifier/", views.edit_meeting, name="edit_meeting"),
    path("<str:code>/annuler/", views.cancel, name="cancel_meeting"),
    path("<str:code>/prevenir/", views.tell, name="tell_change"),
    path("<str:code>/salle/", include("parvis.web.desk.workshop.urls")),
]
