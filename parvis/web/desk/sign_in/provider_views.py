"""The entrance through the identity provider: there by a link, back by a GET that signs in."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache

from parvis.core.access import access, anyone
from parvis.core.errors import ParvisError
from parvis.people.actor import actor_of
from parvis.people.oidc.exchange import begin, complete
from parvis.people.oidc.provider import Provider, ProviderAway, configured_provider
from parvis.people.operations.provider_identities import sign_in_with_identity
from parvis.people.second_factor.state import keep_shown_at_provider

LEAVE_PROVIDER: Final = "provider_leave"
_PENDING: Final = "provider_pending"


@access(anyone)
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """A link, not a form: the content policy lets no form lead to another site. It writes nothing but the session."""
    provider = _provider()
    if actor_of(request) is not None:
        return redirect("desk:home")
    wanted = request.GET.get("next", "")
    try:
        address, pending = begin(provider, _callback(), next_page=wanted if get_adapter().is_safe_url(wanted) else "")
    except ProviderAway as fault:
        return _refusal(request, fault)
    request.session[_PENDING] = pending.as_session()
    return redirect(address)


@access(anyone, methods=("GET",), writes=("people_user", "people_provideridentity", "core_journalentry"))
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """The browser is back. What it brings serves once, to who began here."""
    provider = _provider()
    if actor_of(request) is not None:
        return redirect("desk:home")
    pending = request.session.pop(_PENDING, None)
    home = f"{settings.PUBLIC_URL}{resolve_url(settings.ACCOUNT_LOGOUT_REDIRECT_URL)}"
    try:
        identity = complete(provider, pending, request.GET.dict(), _callback(), home)
        user = sign_in_with_identity(
            provider.issuer, identity.subject, email=identity.email, verified=identity.email_verified
        )
    except ParvisError as fault:
        return _refusal(request, fault)
    if identity.second_factor:
        keep_shown_at_provider(request, user)
    request.session[LEAVE_PROVIDER] = identity.leave
    answer: HttpResponse = perform_login(
        request, user, email=user.email, redirect_url=(pending or {}).get("next") or None
    )
    return answer


def _provider() -> Provider:
    provider = configured_provider()
    if provider is None:
        raise Http404("Aucun fournisseur d'identité n'est réglé.")
    return provider


def _callback() -> str:
    return f"{settings.PUBLIC_URL}{resolve_url('provider_callback')}"


def _refusal(request: HttpRequest, fault: ParvisError) -> HttpResponse:
    status = 503 if isinstance(fault, ProviderAway) else 403
    return render(request, "account/provider_refused.html", {"refusal": fault.message}, status=status)
