"""Addresses below `equipe/` of a consultation."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.team import views

urlpatterns = [
    path("", views.team, name="team"),
    path("financeurs/", views.funders, name="funders"),
    path("<str:user>/financeur/", views.funder, name="funder"),
    path("<str:user>/retirer/", views.leave_team, name="leave_team"),
]
