"""Addresses below `/gestion/agents/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.agents import views

urlpatterns = [
    path("", views.agents, name="agents"),
    path("<str:user>/deux-etapes/", views.reset, name="reset_second_factor"),
    path("<str:user>/<str:territory>/<str:kind>/changer/", views.change, name="change_role"),
    path("<str:user>/<str:territory>/<str:kind>/retirer/", views.remove, name="remove_role"),
]
