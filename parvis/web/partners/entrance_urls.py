"""Ways in and out, below `/partenaires/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.partners.views import entrance

urlpatterns = [
    path("", entrance.home, name="home"),
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("transmettre/", entrance.forward, name="forward"),
    path("quitter/", entrance.leave_device, name="leave"),
]
