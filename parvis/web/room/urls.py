"""The addresses of a room."""

from __future__ import annotations

from django.urls import path

from parvis.web.room.views import checks, entrance, phone, state

app_name = "room"
urlpatterns = [
    path("", entrance.door, name="door"),
    path("<str:room>/", phone.phone, name="phone"),
    path("<str:room>/gommettes/", phone.dots, name="dots"),
    path("<str:room>/quitter/", entrance.leave, name="leave"),
    path("<str:room>/compte-rendu/", checks.check, name="check"),
    path("<str:room>/etat", state.state, name="state"),
]
