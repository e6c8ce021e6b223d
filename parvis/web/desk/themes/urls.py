"""Addresses below `thematiques/` of a consultation."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.themes import views

urlpatterns = [
    path("", views.themes, name="themes"),
    path("<str:theme>/", views.edit_theme, name="edit_theme"),
    path("<str:theme>/changer/", views.change_theme, name="change_theme"),
]
