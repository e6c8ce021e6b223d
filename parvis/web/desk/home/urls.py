"""The first page of the desk."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.home import views

urlpatterns = [
    path("", views.home, name="home"),
]
