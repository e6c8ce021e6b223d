"""What makes the pages of a room open again without a network, on HTTPS."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.core.access import access, anyone
from parvis.web.components.worker import Surface, worker_response

SURFACE: Final = Surface(
    pages="parvis-room-pages",
    folder="/atelier/",
    never=r"^/atelier/($|sw\.js|table/|[^/]+/(etat|mien|versions|photographies|quitter|attente|ecran|table|compte-rendu))",
    entry=r"^/atelier/(table/.*)?$",
    offline="/atelier/hors-connexion/",
)


@access(anyone)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, served from its own folder: it may only see what lies below `/atelier/`."""
    return worker_response(SURFACE)


@access(anyone)
def offline_page(request: HttpRequest) -> HttpResponse:
    """Shown when the page of a place was never opened with a network."""
    return render(request, "room/offline.html")
