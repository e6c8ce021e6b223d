"""For machines: probes, robots, and browsers that ask for an icon by its old name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static

from parvis.core.access import access, anyone
from parvis.core.outages.probe import database_health
from parvis.web.public.http import cacheable

_ROBOTS = """User-agent: *
Disallow: /gestion/
Disallow: /signaler/
Disallow: /signalements/
"""


@access(anyone)
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site works: 200, or 503 when the database does not answer or takes no write. Tells nothing else."""
    database = database_health()
    works = database.reads and database.writes
    state = "ouvert" if works else "lecture seule" if database.reads else "hors service"
    told = {"ok": works, "state": state, "database": database.reads, "writes": database.writes}
    return JsonResponse(told, status=200 if works else 503, headers={"Cache-Control": "no-store"})


@access(anyone)
def robots(request: HttpRequest) -> HttpResponseBase:
    """What search engines should leave alone. It protects nothing: rules do."""
    return cacheable(request, HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8"))


@access(anyone)
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark of the pages, where old browsers look for it."""
    return HttpResponseRedirect(static("parvis/mark.svg"))
