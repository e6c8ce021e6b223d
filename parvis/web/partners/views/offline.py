"""What makes the partners' pages open again without a network."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.core.access import access, anyone
from parvis.web.components.worker import Surface, worker_response

SURFACE: Final = Surface(
    pages="parvis-pages",
    folder="/partenaires/",
    never=r"^/partenaires/(invitation/|quitter/|transmettre/|sw\.js)",
    entry="^/partenaires/invitation/",
    offline="/partenaires/hors-connexion/",
)


@access(anyone)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, served from its own folder: it may only see what lies below `/partenaires/`."""
    return worker_response(SURFACE)


@access(anyone)
def offline_page(request: HttpRequest) -> HttpResponse:
    """Shown when a page was never opened with a network."""
    return render(request, "partners/offline.html", {"participant": None})
