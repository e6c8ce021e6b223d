"""Addresses below `/gestion/territoires/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.territories import views

urlpatterns = [
    path("", views.territories, name="territories"),
    path("<str:code>/modifier/", views.edit_territory, name="edit_territory"),
    path("import/", views.import_file, name="import_territories"),
]
