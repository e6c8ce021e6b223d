"""Addresses below `/gestion/courrier/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.mailbox import views

urlpatterns = [
    path("", views.mailbox, name="mailbox"),
]
