"""What calendars and feed readers subscribe to: the same meetings as the list, by the same filters and rules."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from parvis.documents.ics import Event
from parvis.gathering import local_time
from parvis.gathering.public.meeting_filters import Filters, filtered_meetings
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.rules import readable_minutes
from parvis.publishing.models import Edition

MOST_EVENTS = 500
MOST_ENTRIES = 50
_KINDS: dict[str, str] = dict(MeetingKind.choices)
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A meeting, with its report when there is one."""

    code: str
    title: str
    summary: str
    published_at: datetime.datetime
    updated_at: datetime.datetime


def events(filters: Filters, address: Address, host: str) -> list[Event]:
    """The last 500 meetings that answer `filters`. One query. `host` makes identifiers that no other calendar uses."""
    meetings = filtered_meetings(filters).select_related("territory").order_by("-starts_at", "-id")[:MOST_EVENTS]
    return [_event(meeting, address, host) for meeting in meetings]


def event(meeting: Meeting, address: Address, host: str) -> Event:
    """One meeting, already fetched through its rule."""
    return _event(meeting, address, host)


def feed_entries(filters: Filters) -> list[FeedEntry]:
    """The fifty meetings that changed last. A published report counts as a change. Three queries."""
    published = _published(filters)
    rows = list(
        filtered_meetings(filters)
        .order_by("-updated_at", "-id")
        .values_list("id", "code", "title", "kind", "starts_at", "ends_at", "place", "updated_at", "cancelled_at")[
            :MOST_ENTRIES
        ]
    )
    known = {row[0] for row in rows}
    missing = [pk for pk in sorted(published, key=lambda pk: published[pk]["at"], reverse=True) if pk not in known]
    if missing[:MOST_ENTRIES]:
        more = filtered_meetings(filters).filter(pk__in=missing[:MOST_ENTRIES]).order_by("-updated_at", "-id")
        rows += more.values_list(
            "id", "code", "title", "kind", "starts_at", "ends_at", "place", "updated_at", "cancelled_at"
        )
    entries = [_entry(row, published.get(row[0])) for row in rows]
    return sorted(entries, key=lambda entry: entry.updated_at, reverse=True)[:MOST_ENTRIES]


def _event(meeting: Meeting, address: Address, host: str) -> Event:
    return Event(
        uid=f"{meeting.code}@{host}",
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=", ".join(part for part in (meeting.place, meeting.address) if part),
        url=address(meeting.code),
        description=meeting.introduction,
        cancelled=meeting.cancelled_at is not None,
        updated_at=meeting.updated_at,
    )


def _published(filters: Filters) -> dict[int, dict[str, Any]]:
    """The newest edition that anyone may read about each meeting, the fifty newest."""
    readable = Minutes.objects.filter(readable_minutes(None), meetings__in=filtered_meetings(filters).values("pk"))
    of_subject: dict[str, list[int]] = {}
    for code, meeting in readable.order_by().values_list("code", F("meetings")):
        of_subject.setdefault(f"minutes:{code}", []).append(meeting)
    editions = Edition.objects.filter(subject__in=list(of_subject)).order_by("-published_at", "-id")[:MOST_ENTRIES]
    newest: dict[int, dict[str, Any]] = {}
    for subject, number, at in editions.values_list("subject", "number", "published_at") if of_subject else ():
        for meeting in of_subject[subject]:
            newest.setdefault(meeting, {"number": number, "at": at})
    return newest


def _entry(row: tuple[Any, ...], edition: dict[str, Any] | None) -> FeedEntry:
    _, code, title, kind, starts, ends, place, updated, cancelled = row
    sentences = [f"{_KINDS[kind]}, {local_time.span(starts, ends)}" + (f", {place}" if place else "") + "."]
    if cancelled:
        sentences.append("Cette rencontre est annulée.")
    if edition:
        sentences.append(f"Compte-rendu publié le {local_time.local_day(edition['at'])} (édition {edition['number']}).")
        updated = max(updated, edition["at"])
    return FeedEntry(code, title, " ".join(sentences), edition["at"] if edition else updated, updated)
