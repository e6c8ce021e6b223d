"""Addresses below `/gestion/concertations/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from parvis.web.desk.consultations import views
from parvis.web.desk.meetings.views import new_meeting

_one_consultation: list[URLPattern | URLResolver] = [
    path("", views.consultation, name="consultation"),
    path("modifier/", views.edit_consultation, name="edit_consultation"),
    path("", include("parvis.web.desk.cycle.urls")),
    path("", include("parvis.web.desk.lifecycle.urls")),
    path("logo/", include("parvis.web.desk.logo.urls")),
    path("equipe/", include("parvis.web.desk.team.urls")),
    path("thematiques/", include("parvis.web.desk.themes.urls")),
    path("rencontres/nouvelle/", new_meeting, name="new_meeting"),
    path("annuaire/", include("parvis.web.desk.directory.urls")),
    path("fiches/", include("parvis.web.desk.sheets.urls")),
    path("invitations/", include("parvis.web.desk.invitations.urls")),
    path("courriels/", include("parvis.web.desk.composer.urls")),
    path("entrees/", include("parvis.web.desk.arrivals.urls")),
    path("avis/", include("parvis.web.desk.results.urls")),
    path("saisie/", include("parvis.web.desk.paper.urls")),
    path("journal/", include("parvis.web.desk.journal.urls")),
    path("imprimer/", include("parvis.web.desk.printing.urls")),
]

urlpatterns = [
    path("", views.consultations, name="consultations"),
    path("nouvelle/", views.new_consultation, name="new_consultation"),
    path("<str:code>/", include(_one_consultation)),
]
