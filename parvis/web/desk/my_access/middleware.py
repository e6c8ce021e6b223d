"""Whoever must have a second factor and has none sets it up before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from parvis.core.access import declared_access
from parvis.people.actor import actor_of
from parvis.people.second_factor.state import has_second_factor, must_have_one, shown_at_provider

_STILL_OPEN: Final = frozenset({"desk:activate_second_factor", "account_logout"})


class RequiredSecondFactorMiddleware:
    """A page for who signed in leads to the setting up, when `PARVIS_REQUIRE_SECOND_FACTOR` names a role of hers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        access, match = declared_access(view), request.resolver_match
        if access is None or not access.signed_in or match is None or match.view_name in _STILL_OPEN:
            return None
        actor = actor_of(request)
        if actor is None or not must_have_one(actor) or has_second_factor(actor) or shown_at_provider(request, actor):
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Redirect": resolve_url("desk:activate_second_factor")})
        return redirect("desk:activate_second_factor")
