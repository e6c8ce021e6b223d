from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from parvis.core.access import access
from parvis.gathering.public.search import search_page
from parvis.publishing.rules import readable_contributions
from parvis.web.public.http import page
from parvis.web.public.kept_pages import kept
from parvis.web.public.reading_filters import asked_page, asked_text


@kept
@access(readable_contributions)
def search(request: HttpRequest) -> HttpResponseBase:
    """What was said, found by its words."""
    given = request.GET
    found = search_page(asked_text(given.get("q", "")), given.get("nature", ""), asked_page(given.get("page", "")))
    return page(request, "public/search.html", {"search": found})
