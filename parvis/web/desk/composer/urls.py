"""Addresses below `/gestion/concertations/<code>/courriels/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.composer import views

urlpatterns = [
    path("", views.mail_texts, name="mail_texts"),
    path("<str:purpose>/", views.mail_text, name="mail_text"),
]
