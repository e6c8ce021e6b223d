"""Sheets, opinions, own contributions and the service worker, below `/partenaires/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.partners.views import checks, contributions, meetings, offline, opinions, sheets

urlpatterns = [
    path("fiches/", sheets.sheets, name="sheets"),
    path("fiches/<str:code>/", sheets.sheet, name="sheet"),
    path("fiches/<str:code>/avis/", opinions.opinion, name="opinion"),
    path("fiches/<str:code>/presenter/", opinions.presentation, name="presentation"),
    path("fiches/<str:code>/fichiers/<str:file>/", sheets.sheet_file, name="sheet_file"),
    path("merci/", sheets.end, name="end"),
    path("rencontres/", meetings.meetings, name="meetings"),
    path("rencontres/<str:code>/", meetings.answer, name="answer_meeting"),
    path("rencontres/<str:code>/rencontre.ics", meetings.calendar, name="meeting_ics"),
    path("contributions/", contributions.contributions, name="contributions"),
    path("contributions/<uuid:reference>/", contributions.change, name="change_contribution"),
    path("relectures/<str:code>/", checks.check, name="check"),
    path("qui-voit-mon-nom/", sheets.names, name="names"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("hors-connexion/", offline.offline_page, name="offline"),
]
