"""Addresses below `/gestion/concertations/<code>/fiches/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.sheets import file_views, list_views, views, word_views

urlpatterns = [
    path("", list_views.sheets, name="sheets"),
    path("nouvelle/", views.new_sheet, name="new_sheet"),
    path("importer/", views.import_table, name="import_sheets"),
    path("documents/", word_views.word_files, name="word_files"),
    path("documents/<str:waiting>/", word_views.review_sheet, name="review_sheet"),
    path("documents/<str:waiting>/garder/", word_views.keep_sheet, name="keep_sheet"),
    path("documents/<str:waiting>/image/", word_views.sheet_picture, name="waiting_picture"),
    path("<str:sheet>/", views.edit_sheet, name="edit_sheet"),
    path("<str:sheet>/etat/", views.change_state, name="sheet_state"),
    path("<str:sheet>/fichiers/", file_views.files, name="sheet_files"),
    path("<str:sheet>/fichiers/<str:file>/", file_views.sheet_file, name="sheet_file"),
    path("<str:sheet>/fichiers/<str:file>/retirer/", file_views.remove, name="remove_sheet_file"),
]
