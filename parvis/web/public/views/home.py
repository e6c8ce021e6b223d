from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from parvis.consultations.rules import readable_consultations
from parvis.core.access import access
from parvis.gathering.public.home import home_page
from parvis.meetings.rules import readable_meetings
from parvis.publishing.rules import readable_contributions
from parvis.web.public.http import page
from parvis.web.public.kept_pages import kept


@kept
@access(readable_consultations, readable_meetings, readable_contributions)
def home(request: HttpRequest) -> HttpResponseBase:
    """What this is, what goes on, what comes next."""
    return page(request, "public/home.html", {"page": home_page()})
