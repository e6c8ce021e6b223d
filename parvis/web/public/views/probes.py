"""For machines: probes, robots, and browsers that ask for an icon by its old name."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static

from parvis.core.access import access, anyone
from parvis.web.public.http import cacheable

_ROBOTS = """User-agent: *
Disallow: /gestion/
Disallow: /signaler/
Disallow: /signalements/
"""


@access(anyone)
def health(request: HttpRequest) -> HttpResponse:
    """Whether pages can be served: 200, or 503 when the database does not answer. Tells nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            answers = cursor.fetchone() == (1,)
    except DatabaseError:
        answers = False
    status = 200 if answers else 503
    return JsonResponse({"ok": answers, "database": answers}, status=status, headers={"Cache-Control": "no-store"})


@access(anyone)
def robots(request: HttpRequest) -> HttpResponseBase:
    """What search engines should leave alone. It protects nothing: rules do."""
    return cacheable(request, HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8"))


@access(anyone)
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark of the pages, where old browsers look for it."""
    return HttpResponseRedirect(static("parvis/mark.svg"))
