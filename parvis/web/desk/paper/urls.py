"""Addresses below `/gestion/concertations/<code>/saisie/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.paper import views

urlpatterns = [
    path("", views.booklet, name="booklet"),
    path("gommettes/", views.stickers, name="stickers"),
    path("tardifs/", views.late, name="late"),
]
