"""Addresses below `/gestion/rencontres/<code>/salle/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.workshop import prepare_views, rehearsal_views

urlpatterns = [
    path("", prepare_views.prepare, name="prepare_room"),
    path("repetition/", rehearsal_views.rehearsal, name="rehearsal"),
]
