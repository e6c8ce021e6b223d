"""Addresses below `equipe/` of a consultation."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.team import views

urlpatterns = [
    path("", views.team, name="team"),
    path("<str:user>/retirer/", views.leave_team, name="leave_team"),
]
