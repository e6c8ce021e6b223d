"""Addresses below `/gestion/courriels/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.mails import views

urlpatterns = [
    path("", views.mails, name="mails"),
    path("<str:code>/decider/", views.decide, name="decide_mail"),
]
