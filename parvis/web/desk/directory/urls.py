"""Addresses below `/gestion/concertations/<code>/annuaire/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.directory import contact_views, import_views, merge_views, organisation_views, views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("annuaire.<str:extension>", views.directory_file, name="directory_file"),
    path("importer/", import_views.import_table, name="import_partners"),
    path("importer/modele.xlsx", import_views.model, name="partners_model"),
    path("importer/a-corriger.xlsx", import_views.refused_lines, name="refused_partners"),
    path("nouveau/", organisation_views.new_organisation, name="new_organisation"),
    path("<str:organisation>/", organisation_views.organisation, name="organisation"),
    path("<str:organisation>/modifier/", organisation_views.edit_organisation, name="edit_organisation"),
    path("<str:organisation>/reunir/", merge_views.merge, name="merge_organisation"),
    path("<str:organisation>/contacts/nouveau/", contact_views.new_contact, name="new_contact"),
    path("<str:organisation>/contacts/<str:contact>/", contact_views.edit_contact, name="edit_contact"),
    path("<str:organisation>/contacts/<str:contact>/effacer/", contact_views.erase_contact, name="erase_contact"),
    path("<str:organisation>/contacts/<str:contact>/referent/", contact_views.referent, name="referent"),
]
