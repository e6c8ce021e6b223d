"""The service worker that keeps the pages of a surface: one source, told what to keep by whoever serves it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from django.http import HttpResponse

_SOURCE = Path(__file__).resolve().parent / "pages_worker.js"


@dataclass(frozen=True, slots=True)
class Surface:
    """What a surface keeps on a device.

    `pages`: the name of its cache; `folder`: what it sees; `never` and `entry`: regular expressions of the addresses
    that are never kept, and of those by which someone comes in; `offline`: shown for a page that was never kept.
    """

    pages: str
    folder: str
    never: str
    entry: str
    offline: str


@cache
def _script(surface: Surface) -> bytes:
    return f"const SURFACE = {json.dumps(asdict(surface))};\n".encode() + _SOURCE.read_bytes()


def worker_response(surface: Surface) -> HttpResponse:
    """The worker of `surface`. It must be served from its folder: it may only see what lies below."""
    response = HttpResponse(_script(surface), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
