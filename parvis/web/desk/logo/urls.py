"""Addresses below `logo/` of a consultation."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.logo import views

urlpatterns = [
    path("", views.logo, name="logo"),
    path("logo.png", views.logo_file, name="logo_file"),
]
