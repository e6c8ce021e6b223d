"""The addresses of a room."""

from __future__ import annotations

from django.urls import path

from parvis.web.room.views import (
    arrivals,
    checks,
    entrance,
    facilitator,
    live,
    offline,
    personal,
    phone,
    photos,
    screen,
    secretary,
    state,
    table_link,
)

app_name = "room"
urlpatterns = [
    path("", entrance.enter_code, name="entrance"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("hors-connexion/", offline.offline_page, name="offline"),
    path("table/<str:token>/", table_link.table_link, name="table_link"),
    path("ecran/<str:token>/", screen.screen_link, name="screen_link"),
    path("<str:room>/", phone.phone, name="phone"),
    path("<str:room>/secretaire/", secretary.secretary, name="secretary"),
    path("<str:room>/secretaire/geste/", secretary.change_board, name="change_table_board"),
    path("<str:room>/photographies/", photos.add, name="add_photo"),
    path("<str:room>/photographies/<str:code>/", photos.show, name="photo"),
    path("<str:room>/mien", personal.mine, name="mine"),
    path("<str:room>/versions/<uuid:reference>", personal.versions, name="versions"),
    path("<str:room>/mes-notes/", phone.own_note, name="own_note"),
    path("<str:room>/gommettes/", phone.dots, name="dots"),
    path("<str:room>/attente/", entrance.waiting, name="waiting"),
    path("<str:room>/quitter/", entrance.leave, name="leave"),
    path("<str:room>/compte-rendu/", checks.check, name="check"),
    path("<str:room>/ecran/", screen.screen, name="screen"),
    path("<str:room>/table/", facilitator.table, name="table"),
    path("<str:room>/table/animer/", facilitator.floor, name="floor"),
    path("<str:room>/table/conduire/", facilitator.run, name="run"),
    path("<str:room>/table/entrees/", arrivals.decide, name="decide_arrivals"),
    path("<str:room>/table/geste/", facilitator.change_board, name="change_board"),
    path("<str:room>/etat", state.state, name="state"),
    path("<str:room>/cle/<str:audience>", live.renew, name="renew_key"),
]
