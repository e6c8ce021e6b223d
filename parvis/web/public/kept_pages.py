"""Pages that anyone may read, kept whole by this process as long as what they were made of stands (decision 0022).

A view says that its answer may be kept (`kept`). The version of what is public is read before its rows are, and again
at each request: what is hidden is gone at the next one, whichever process hid it. An answer also ends at its next turn:
a midnight, an embargo, a meeting that begins. Nothing is kept for a visitor who has a session, nor of her.
"""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeGuard, TypeVar
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from parvis.core import clock
from parvis.core.public_version import next_turn, only_watched, public_version
from parvis.web.public.http import SHARED

MOST_BYTES: Final = 32 * 1024 * 1024
"""What a process keeps, in all; and of one answer, an eighth."""
Key = tuple[str, str, tuple[tuple[str, str], ...]]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Validity:
    """Which rows an answer tells, and between which moments they are told so."""

    version: str
    since: datetime.datetime
    until: datetime.datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it left the view and the middlewares below."""

    validity: Validity
    headers: dict[str, str]
    content: bytes


class Answers:
    """The answers of one version, the least used leave first. Many threads share them."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._size = most_bytes, 0
        self._lock, self._version = threading.Lock(), ""
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def find(self, key: Key, version: str, now: datetime.datetime) -> Answer | None:
        """The answer to `key`, if it was made of these very rows and nothing turned since."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is None or answer.validity.version != version:
                return None
            if not answer.validity.since <= now < answer.validity.until:
                return None
            self._answers.move_to_end(key)
            return answer

    def keep(self, key: Key, answer: Answer) -> None:
        """Those of another version leave: their words may have been hidden, or erased."""
        if len(answer.content) > self._most // 8:
            return
        with self._lock:
            if answer.validity.version != self._version:
                self._forget()
                self._version = answer.validity.version
            former = self._answers.pop(key, None)
            self._size += len(answer.content) - (len(former.content) if former else 0)
            self._answers[key] = answer
            while self._size > self._most:
                self._size -= len(self._answers.popitem(last=False)[1].content)

    def forget(self) -> None:
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._answers.clear()
        self._size = 0

    def __contains__(self, key: object) -> bool:
        return key in self._answers


answers: Final = Answers(MOST_BYTES)
_validity: ContextVar[Validity | None] = ContextVar("what the answer of this request may be kept for", default=None)


def kept(view: View) -> View:
    """Mark a view whose answer is the same for anyone, and made of watched rows alone. Above `access`: an answer that
    forgot its rule is no answer. Raises `UnwatchedTable` when it reads what nobody watches."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _asks_as_anyone(request) or not (version := public_version()):
            return view(request, *args, **kwargs)
        now = clock.now()
        validity = Validity(version, now, next_turn(version, now))
        with only_watched():
            response = view(request, *args, **kwargs)
        _validity.set(validity)
        return response

    noted.is_kept = True  # type: ignore[attr-defined]
    return noted  # type: ignore[return-value]


class KeptPagesMiddleware:
    """Answers with what is kept, before sessions and all that follows are even looked at; keeps what may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _asks_as_anyone(request):
            return self.get_response(request)
        key = _key(request)
        if key in answers:
            answer = answers.find(key, public_version(), clock.now())
            if answer is not None:
                return _as_response(request, answer)
        token = _validity.set(None)
        try:
            response = self.get_response(request)
            validity = _validity.get()
        finally:
            _validity.reset(token)
        if validity is not None and _may_be_kept(response, request):
            answers.keep(key, Answer(validity, dict(response.items()), response.content))
        return response


def _asks_as_anyone(request: HttpRequest) -> bool:
    """A session may change the page; a request for a part of a page is not one for the page."""
    if request.method not in ("GET", "HEAD") or "HTTP_HX_REQUEST" in request.META:
        return False
    return "HTTP_COOKIE" not in request.META or settings.SESSION_COOKIE_NAME not in request.COOKIES


def _may_be_kept(response: HttpResponseBase, request: HttpRequest) -> TypeGuard[HttpResponse]:
    """Only a whole answer to a GET, that says itself that it is everyone's."""
    return (
        request.method == "GET"
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.headers.get("Cache-Control") == SHARED
        and not response.cookies
    )


def _key(request: HttpRequest) -> Key:
    """The name of the site is in it: whether it is ours is checked further down, once for each name. Parameters are in
    one order; those of the same name keep theirs, as the last counts."""
    query = request.META.get("QUERY_STRING", "")
    asked = sorted(parse_qsl(query, keep_blank_values=True), key=lambda pair: pair[0]) if query else []
    return (str(request.META.get("HTTP_HOST", "")), request.path, tuple(asked))


def _as_response(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    response = HttpResponse(answer.content, headers=answer.headers)
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, etag=answer.headers.get("ETag"), response=response) or response
