"""The addresses of the entrance, under the names allauth gives them. There is no sign-up and no password page."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.sign_in import provider_views, views

urlpatterns = [
    path("", views.request_code, name="account_login"),
    path("", views.request_code, name="account_request_login_code"),
    path("code/", views.confirm_code, name="account_confirm_login_code"),
    path("deux-etapes/", views.second_step, name="mfa_authenticate"),
    path("fournisseur/", provider_views.start, name="provider_start"),
    path("fournisseur/retour/", provider_views.callback, name="provider_callback"),
    path("quitter/", views.leave, name="account_logout"),
    path("compte-ferme/", views.closed_account, name="account_inactive"),
]
