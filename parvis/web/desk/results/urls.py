"""Addresses below `/gestion/concertations/<code>/avis/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.results import committee_views, release_views, views

urlpatterns = [
    path("", views.results, name="results"),
    path("diffusion/", release_views.release, name="release_results"),
    path("diffusion/apercu/", release_views.preview, name="preview_results"),
    path("comites/", committee_views.committees, name="committee_results"),
    path("avis-pour-les-comites.<str:extension>", committee_views.committees_file, name="committee_file"),
    path("avis-des-partenaires.<str:extension>", views.results_file, name="results_file"),
    path("<str:sheet>/", views.sheet_results, name="sheet_results"),
    path("<str:sheet>/commentaires/<str:opinion>/", views.moderate_comment, name="moderate_comment"),
    path("<str:sheet>/reponse/", views.moderate_reply, name="moderate_reply"),
]
