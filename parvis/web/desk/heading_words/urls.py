"""Addresses below `/gestion/intertitres/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.heading_words import views

urlpatterns = [
    path("", views.heading_words, name="heading_words"),
    path("<str:code>/decider/", views.decide, name="decide_word"),
]
