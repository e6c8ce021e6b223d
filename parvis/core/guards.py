"""Two guards that hold on every request.

`ReadOnlyGetMiddleware`: a GET or a HEAD writes nothing but its session. One view is let through, to the tables it
names: the return from an identity provider, which browsers make by a GET. `DeniedByDefaultMiddleware`: a view that does
not say who may open it opens for nobody. Views say it with `core.access` (see `docs/decisions/0003` and `0009`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from parvis.core.access import Access, RouteAudience, declared_access

_WRITE = re.compile(
    r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|MERGE|TRUNCATE|ALTER|DROP|CREATE)\b", re.I
)
_SESSION = re.compile(r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+[\"`]?django_session[\"`]?\b", re.I)
_TABLE = re.compile(r"^\s*(?:INSERT\s+INTO|UPDATE)\s+[\"`]?(\w+)", re.I)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class WriteInGet(RuntimeError):
    """A GET tried to write: a fault of ours, never of the visitor."""


class BodyWithoutLength(SuspiciousOperation):
    """A body whose size is not said first is not read: none of our pages sends one."""


class RefuseWrites:
    """A database wrapper that lets through reads, the session, and writes to the tables that the view names."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if _WRITE.match(sql) and not _SESSION.match(sql) and not self._named(sql):
            raise WriteInGet(f"write refused in a GET: {sql[:60]}")
        return execute(sql, params, many, context)

    def _named(self, sql: str) -> bool:
        match = self.request.resolver_match
        access = declared_access(match.func) if match is not None else None
        table = _TABLE.match(sql)
        return access is not None and table is not None and table[1] in access.writes


class ReadOnlyGetMiddleware:
    """Refuses any write but the session's during a safe request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with connection.execute_wrapper(RefuseWrites(request)):
            return self.get_response(request)


class DeniedByDefaultMiddleware:
    """Opens only views that say who may open them, by the methods they say.

    What a signed-in person reads is hers: no cache, shared or not, keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        access = declared_access(match.func) if match is not None else None
        if access is not None and access.audience != RouteAudience.PUBLIC and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        access = declared_access(view)
        if access is None:
            raise PermissionDenied
        if request.method not in access.methods:
            return HttpResponse(status=405, headers={"Allow": ", ".join(access.methods)})
        if any("\x00" in str(part) for part in kwargs.values()):  # no code holds one, and PostgreSQL cannot be asked
            raise Http404
        if access.signed_in and not request.user.is_authenticated:
            login = redirect_to_login(_page_asked_from(request))
            if request.headers.get("HX-Request") == "true":
                return HttpResponse(status=401, headers={"HX-Redirect": login["Location"]})
            return login
        _refuse_body(request, access)
        return None


def _refuse_body(request: HttpRequest, access: Access) -> None:
    """Refuse what is too large for this view, before a byte of it is read: large ones go to the disk."""
    if "Transfer-Encoding" in request.headers:
        raise BodyWithoutLength
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or not access.takes_body(request, int(length)):
        raise RequestDataTooBig("more than this view takes")


def _page_asked_from(request: HttpRequest) -> str:
    """Where to come back to once signed in: the page itself, or the one that held the form.

    The address of a button answers no GET. The page is known by its `Referer`, of this site only.
    """
    if request.method in SAFE_METHODS and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(page)
        if _answers_get(parts.path):
            return urlunsplit(("", "", parts.path, parts.query, ""))
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _answers_get(path: str) -> bool:
    try:
        access = declared_access(resolve(path).func)
    except Resolver404:
        return False
    return access is not None and "GET" in access.methods
