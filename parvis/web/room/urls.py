"""The addresses of a room."""

from __future__ import annotations

from django.urls import path

from parvis.web.room.views import checks, entrance, facilitator, phone, screen, state

app_name = "room"
urlpatterns = [
    path("", entrance.door, name="door"),
    path("<str:room>/", phone.phone, name="phone"),
    path("<str:room>/gommettes/", phone.dots, name="dots"),
    path("<str:room>/quitter/", entrance.leave, name="leave"),
    path("<str:room>/compte-rendu/", checks.check, name="check"),
    path("<str:room>/ecran/", screen.screen, name="screen"),
    path("<str:room>/table/", facilitator.table, name="table"),
    path("<str:room>/table/animer/", facilitator.floor, name="floor"),
    path("<str:room>/table/conduire/", facilitator.run, name="run"),
    path("<str:room>/table/geste/", facilitator.gesture, name="gesture"),
    path("<str:room>/etat", state.state, name="state"),
]
