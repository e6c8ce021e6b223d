"""The address `/gestion/concertations/<code>/entrees/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.arrivals import views

urlpatterns = [path("", views.arrivals, name="arrivals")]
