"""Addresses below `/gestion/concertations/<code>/imprimer/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.printing import views

urlpatterns = [
    path("", views.printing, name="printing"),
    path("fiches.<str:extension>", views.sheets_booklet, name="print_sheets"),
    path("avis.<str:extension>", views.answers_booklet, name="print_answers"),
    path("gommettes.pdf", views.sticker_sheets, name="print_stickers"),
    path("affiche/<str:invitation>.<str:extension>", views.poster, name="print_poster"),
    path("lettres/", views.letters, name="print_letters"),
    path("lettres/<str:invitation>/", views.one_letter, name="print_letter"),
]
"""The letters are asked by POST: they note that they left."""
