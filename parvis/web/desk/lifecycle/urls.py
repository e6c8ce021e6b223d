"""Addresses of the life of a consultation."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.lifecycle import views

urlpatterns = [
    path("ouvrir/", views.open_one, name="open_consultation"),
    path("archiver/", views.archive, name="archive_consultation"),
    path("sortir-des-archives/", views.bring_back, name="bring_back_consultation"),
    path("reprendre/", views.copy, name="copy_consultation"),
    path("supprimer/", views.delete, name="delete_consultation"),
]
