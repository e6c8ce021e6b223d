"""`/atelier/<code>/etat`: what changed since a version, nothing (304), or the whole room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from parvis.core import clock
from parvis.core.guards import access
from parvis.web.room.live import latest, read_key

NOW = "X-Parvis-Now"
"""Milliseconds since 1970 at the server: the clock of the step never trusts the device's."""


@access("room.read_key", audience="partners")
def state(request: HttpRequest, room: str) -> HttpResponse:
    """The snapshot that `cle` opens, unless the device already has `since`. Reads no session."""
    opened = read_key(request.GET.get("cle", ""))
    view = latest(*opened) if opened is not None else None
    if view is None:
        return _stamped(HttpResponse(status=403))
    since = request.GET.get("since", "")
    if since == str(view.version):
        return _stamped(HttpResponse(status=304))
    snapshot = view.answer(int(since) if since.isascii() and since.isdigit() and len(since) < 16 else 0)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(snapshot.gzipped if zipped else snapshot.plain, content_type="application/json")
    answer["Vary"] = "Accept-Encoding"
    if zipped:
        answer["Content-Encoding"] = "gzip"
    return _stamped(answer)


def _stamped(answer: HttpResponse) -> HttpResponse:
    answer[NOW] = str(int(clock.now().timestamp() * 1000))
    return answer
