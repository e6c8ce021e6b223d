"""Addresses of a consultation: its phases and its validation steps."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.cycle import views

urlpatterns = [
    path("etapes/", views.phases, name="phases"),
    path("validation/", views.steps, name="steps"),
]
