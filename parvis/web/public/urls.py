"""The addresses anyone may open. They stand in documents, calendars and on paper: they do not change."""

from __future__ import annotations

from django.urls import path

from parvis.web.components import published  # noqa: F401 - the converter of kinds in addresses
from parvis.web.public.views import (
    consultations,
    contributions,
    feeds,
    flags,
    home,
    meetings,
    probes,
    results,
    search,
    texts,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("concertations/<slug:slug>/", consultations.consultation, name="consultation"),
    path("concertations/<slug:slug>/avis/", results.results, name="results"),
    path("concertations/<slug:slug>/avis-des-partenaires.<str:extension>", results.results_file, name="results_file"),
    path("rencontres/", meetings.meeting_list_view, name="meetings"),
    path("rencontres/agenda.ics", feeds.agenda, name="agenda"),
    path("rencontres/atom.xml", feeds.atom, name="atom"),
    path("rencontres/<str:code>/", meetings.meeting, name="meeting"),
    path("rencontres/<str:code>/edition-<int:number>/", meetings.former_edition, name="edition"),
    path("rencontres/<str:code>/rencontre.ics", feeds.meeting_ics, name="meeting_ics"),
    path("rencontres/<str:code>/compte-rendu.<str:extension>", meetings.report_download, name="report_file"),
    path("contributions/<str:code>/", contributions.contribution, name="contribution"),
    path("chercher/", search.search, name="search"),
    path("signaler/<published:kind>/<str:code>/", flags.flag, name="flag"),
    path("signalements/<str:code>/", flags.flag_state, name="flag_state"),
    path("glossaire/", texts.glossary, name="glossary"),
    path("accessibilite/", texts.accessibility, name="accessibility"),
    path("mentions-legales/", texts.legal, name="legal"),
    path("donnees-personnelles/", texts.personal_data, name="personal_data"),
    path("sante", probes.health, name="health"),
    path("robots.txt", probes.robots, name="robots"),
    path("favicon.ico", probes.favicon, name="favicon"),
]
