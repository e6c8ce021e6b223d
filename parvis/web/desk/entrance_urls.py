"""The addresses of the entrance, under the names allauth gives them. There is no sign-up and no password page."""

from __future__ import annotations

from django.urls import path

from parvis.web.desk.views import provider_sign_in, sign_in

urlpatterns = [
    path("", sign_in.request_code, name="account_login"),
    path("", sign_in.request_code, name="account_request_login_code"),
    path("code/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("deux-etapes/", sign_in.second_step, name="mfa_authenticate"),
    path("fournisseur/", provider_sign_in.start, name="provider_start"),
    path("fournisseur/retour/", provider_sign_in.callback, name="provider_callback"),
    path("quitter/", sign_in.leave, name="account_logout"),
    path("compte-ferme/", sign_in.closed_account, name="account_inactive"),
]
