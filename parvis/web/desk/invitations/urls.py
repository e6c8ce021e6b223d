"""Addresses below `/gestion/concertations/<code>/invitations/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.invitations import views

urlpatterns = [
    path("", views.invitations, name="invitations"),
    path("liens.csv", views.links, name="invitation_links"),
    path("envoyer/<str:what>/", views.send, name="send_invitations"),
    path("<str:invitation>/", views.one, name="invitation"),
]
