from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from parvis.core.guards import access
from parvis.gathering.public.home import home_page
from parvis.web.public.http import page


@access("consultations.readable_consultations, meetings.readable_meetings")
def home(request: HttpRequest) -> HttpResponseBase:
    """What this is, what goes on, what comes next."""
    return page(request, "public/home.html", {"page": home_page()})
