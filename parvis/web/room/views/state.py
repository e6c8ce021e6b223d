"""`/atelier/<code>/etat`: what changed since a version, nothing (304), or the whole room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from parvis.core import clock
from parvis.core.access import RouteAudience, access
from parvis.web.room.live_keys import read_key
from parvis.web.room.state_answers import Known, latest

NOW = "X-Parvis-Now"
"""Milliseconds since 1970 at the server: the clock of the step never trusts the device's."""
AGE = "X-Parvis-Age"
"""How long ago the room was read, in milliseconds: what a device wrote since may not be in it."""


@access(read_key, audience=RouteAudience.PARTNERS)
def state(request: HttpRequest, room: str) -> HttpResponse:
    """The snapshot that the key opens, unless the device already has `since`. Reads no session."""
    opened = read_key(request)
    known = latest(opened.board) if opened is not None else None
    if opened is None or known is None:
        return HttpResponse(status=403)
    given = request.GET.get("since", "")
    since = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0
    if known.has_nothing_after(since):
        return _stamped(HttpResponse(status=304), known)
    snapshot = known.answers.since(since, opened.audience)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(snapshot.gzipped if zipped else snapshot.plain, content_type="application/json")
    answer["Vary"] = "Accept-Encoding"
    if zipped:
        answer["Content-Encoding"] = "gzip"
    return _stamped(answer, known)


def _stamped(answer: HttpResponse, known: Known) -> HttpResponse:
    answer[NOW] = str(int(clock.now().timestamp() * 1000))
    answer[AGE] = str(round(known.age * 1000))
    return answer
