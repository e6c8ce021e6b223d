"""Addresses below `/gestion/glossaire/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.glossary import views

urlpatterns = [
    path("", views.glossary, name="glossary"),
    path("coller/", views.paste_glossary, name="paste_glossary"),
    path("<str:code>/", views.edit_entry, name="edit_entry"),
    path("<str:code>/retirer/", views.remove_entry, name="remove_entry"),
]
