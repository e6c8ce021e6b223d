"""What makes the partners' pages open again without a network."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.core.guards import access

_WORKER = Path(__file__).resolve().parents[1] / "service_worker.js"


@cache
def _worker() -> bytes:
    return _WORKER.read_bytes()


@access("open")
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, served from its own folder: it may only see what lies below `/partenaires/`."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@access("open")
def offline_page(request: HttpRequest) -> HttpResponse:
    """Shown when a page was never opened with a network."""
    return render(request, "partners/offline.html", {"participant": None})
