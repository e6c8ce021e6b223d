"""Addresses below `/gestion/concertations/<code>/annuaire/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.directory import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("importer/", views.import_table, name="import_partners"),
    path("<str:organisation>/", views.organisation, name="organisation"),
]
