"""Meetings as a calendar that phones and desktops subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from parvis.documents.text import clean, one_line, web_address

if TYPE_CHECKING:
    from icalendar import Event as Component

_ORIGIN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting as calendars read it. `updated_at` moves whenever a subscriber should see a change."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    url: str
    description: str
    cancelled: bool
    updated_at: datetime


def events_ics(events: Iterable[Event], name: str) -> bytes:
    """The calendar of these meetings, hours in UTC. The same meetings, the same bytes.

    A cancelled meeting stays in the calendar, marked as such: a subscriber would otherwise keep the old hour.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Parvis//Rencontres//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(_component(event))
    data: bytes = calendar.to_ical()
    return data


def _component(event: Event) -> Component:
    from icalendar import Event as Component

    component = Component()
    component.add("uid", one_line(event.uid))
    component.add("dtstamp", _utc(event.updated_at))
    component.add("last-modified", _utc(event.updated_at))
    component.add("sequence", max(0, int((_utc(event.updated_at) - _ORIGIN).total_seconds())))
    component.add("dtstart", _utc(event.starts_at))
    if event.ends_at is not None:
        component.add("dtend", _utc(event.ends_at))
    title = one_line(event.title)
    component.add("summary", f"Annulé : {title}" if event.cancelled else title)
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if event.place:
        component.add("location", one_line(event.place))
    if event.description:
        component.add("description", clean(event.description))
    if (url := web_address(event.url)) is not None:
        component.add("url", url)
    return component


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("an event needs hours with a time zone")
    return moment.astimezone(UTC).replace(microsecond=0)
