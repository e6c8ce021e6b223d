"""Addresses below `/gestion/journal/` and below `/gestion/concertations/<code>/journal/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.journal import views

everything = [
    path("", views.everything, name="whole_journal"),
    path("qui-a-fait-quoi.<str:extension>", views.everything_file, name="whole_journal_file"),
]

urlpatterns = [
    path("", views.journal, name="journal"),
    path("qui-a-fait-quoi.<str:extension>", views.journal_file, name="journal_file"),
]
