"""Addresses below `/gestion/mon-acces/`."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.my_access import views

urlpatterns = [
    path("", views.my_access, name="my_access"),
    path("deux-etapes/activer/", views.activate, name="activate_second_factor"),
    path("deux-etapes/retirer/", views.deactivate, name="deactivate_second_factor"),
    path("resume-du-jour/", views.digest, name="digest"),
    path("compte/delier/", views.unlink, name="unlink_identity"),
    path("codes-de-secours/", views.recovery_codes, name="recovery_codes"),
    path("codes-de-secours.txt", views.recovery_codes_file, name="recovery_codes_file"),
    path("codes-de-secours/nouveaux/", views.new_recovery_codes, name="new_recovery_codes"),
]
