"""Two guards that hold on every request.

`ReadOnlyGetMiddleware`: a GET or a HEAD writes nothing but its session. One view is let through, to the tables it
names: the return from an identity provider, which browsers make by a GET. `DeniedByDefaultMiddleware`: a view that does
not say who may open it opens for nobody. Views say it with `access` (see `docs/decisions/0003` and `0009`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

_WRITE = re.compile(
    r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|MERGE|TRUNCATE|ALTER|DROP|CREATE)\b", re.I
)
_SESSION = re.compile(r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+[\"`]?django_session[\"`]?\b", re.I)
_TABLE = re.compile(r"^\s*(?:INSERT\s+INTO|UPDATE)\s+[\"`]?(\w+)", re.I)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class WriteInGet(RuntimeError):
    """A GET tried to write: a fault of ours, never of the visitor."""


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
        found = declared(match.func) if match is not None else None
        table = _TABLE.match(sql)
        return found is not None and table is not None and table[1] in found.writes


class ReadOnlyGetMiddleware:
    """Refuses any write but the session's during a safe request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with connection.execute_wrapper(RefuseWrites(request)):
            return self.get_response(request)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a view, in words that `parvis routes` prints."""

    rule: str
    audience: str
    methods: tuple[str, ...]
    signed_in: bool
    writes: tuple[str, ...] = ()


View = TypeVar("View", bound=Callable[..., Any])


def access(
    rule: str,
    *,
    audience: str = "public",
    methods: tuple[str, ...] = ("GET", "HEAD"),
    signed_in: bool = False,
    writes: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """Declare who may open a view.

    `rule` names the rule the view fetches through (`meetings.can_edit`), or `open` when there is nothing to check.
    `signed_in` sends an anonymous visitor to the sign-in page first. A method outside `methods` answers 405.
    `writes` names the tables that a GET of this view may add to or change: the return from an identity provider alone.
    """

    def declare(view: View) -> View:
        view.access = Access(rule, audience, methods, signed_in, writes)  # type: ignore[attr-defined]
        return view

    return declare


def declared(view: Any) -> Access | None:
    """What a view says of itself, or None."""
    found: Access | None = getattr(view, "access", None)
    if found is None and (getattr(view, "__module__", "") or "").startswith("allauth."):
        return Access("allauth", "public", ("GET", "HEAD", "POST"), False)
    return found


def _personal(found: Access) -> bool:
    return found.signed_in or found.audience == "partners"


class DeniedByDefaultMiddleware:
    """Opens only views that say who may open them, by the methods they say.

    What a signed-in person reads is hers: no cache, shared or not, keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        found = declared(match.func) if match is not None else None
        if found is not None and _personal(found) and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        found = declared(view)
        if found is None:
            raise PermissionDenied
        if request.method not in found.methods:
            return HttpResponse(status=405, headers={"Allow": ", ".join(found.methods)})
        if any("\x00" in str(part) for part in kwargs.values()):  # no code holds one, and PostgreSQL cannot be asked
            raise Http404
        if found.signed_in and not request.user.is_authenticated:
            if request.headers.get("HX-Request") == "true":
                login = redirect_to_login(request.get_full_path())
                return HttpResponse(status=401, headers={"HX-Redirect": login["Location"]})
            return redirect_to_login(request.get_full_path())
        return None
