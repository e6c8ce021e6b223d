"""Calendars and the Atom feed: the same filters and the same rules as the list."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from parvis.core.access import access
from parvis.documents.ics import events_ics
from parvis.gathering.public import feeds
from parvis.gathering.public.meeting import readable_meeting
from parvis.meetings.rules import readable_meetings
from parvis.web.public.http import absolute, cacheable, download
from parvis.web.public.kept_pages import kept
from parvis.web.public.reading_filters import read_filters

_CALENDAR = "text/calendar; charset=utf-8"


def _address(code: str) -> str:
    return absolute(reverse("public:meeting", args=[code]))


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "parvis"


@kept
@access(readable_meetings)
def agenda(request: HttpRequest) -> HttpResponseBase:
    """A calendar to subscribe to."""
    meetings = feeds.events(read_filters(request.GET).filters, _address, _host())
    response = HttpResponse(events_ics(meetings, "Les rencontres"), content_type=_CALENDAR)
    response["X-Content-Type-Options"] = "nosniff"
    return cacheable(request, response)


@kept
@access(readable_meetings)
def meeting_ics(request: HttpRequest, code: str) -> HttpResponseBase:
    """One rencontre, to put in one's own calendar."""
    meeting = readable_meeting(code)
    if meeting is None:
        raise Http404("Rencontre inconnue.")
    data = events_ics([feeds.event(meeting, _address, _host())], meeting.title)
    return download(request, data, _CALENDAR, f"rencontre-{code}.ics")


@kept
@access(readable_meetings)
def atom(request: HttpRequest) -> HttpResponseBase:
    """The rencontres and reports that changed last."""
    asked = read_filters(request.GET)
    feed = Atom1Feed(
        title="Les rencontres",
        link=absolute(reverse("public:meetings") + asked.query),
        description="",
        language="fr",
        feed_url=absolute(reverse("public:atom") + asked.query),
    )
    for entry in feeds.feed_entries(asked.filters):
        link = _address(entry.code)
        feed.add_item(
            title=entry.title,
            link=link,
            description=entry.summary,
            unique_id=link,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
        )
    return cacheable(request, HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))
