"""Calendars as phones read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from parvis.documents.ics import Event, events_ics

PARIS = ZoneInfo("Europe/Paris")
EVENT = Event(
    uid="k3v9q2@exemple.fr",
    title="Atelier ; emploi, insertion",
    starts_at=datetime(2026, 3, 12, 14, tzinfo=PARIS),
    ends_at=datetime(2026, 3, 12, 17, tzinfo=PARIS),
    place="Maison des associations, 3 rue du Port",
    url="https://exemple.fr/rencontres/k3v9q2/",
    description="Première ligne\nSeconde ligne",
    cancelled=False,
    updated_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
)


def test_hours_titles_and_lines_come_back() -> None:
    (event,) = Calendar.from_ical(events_ics([EVENT], "Rencontres")).walk("VEVENT")
    assert event["summary"] == EVENT.title
    assert event.decoded("dtstart") == datetime(2026, 3, 12, 13, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 3, 12, 16, tzinfo=UTC)
    assert event["description"] == EVENT.description
    assert event["location"] == EVENT.place


def test_cancelled_stays_and_moves_forward() -> None:
    later = replace(EVENT, cancelled=True, updated_at=datetime(2026, 3, 2, tzinfo=UTC))
    (before,) = Calendar.from_ical(events_ics([EVENT], "R")).walk("VEVENT")
    (after,) = Calendar.from_ical(events_ics([later], "R")).walk("VEVENT")
    assert after["status"] == "CANCELLED"
    assert after["summary"].startswith("Annulé")
    assert after["sequence"] > before["sequence"]
    assert after["uid"] == before["uid"]


def test_no_text_adds_a_line_to_the_calendar() -> None:
    hostile = replace(EVENT, title="x\r\nATTENDEE:mailto:a@exemple.fr", url="javascript:alert(1)")
    data = events_ics([hostile], "x\nX-EVIL:1")
    assert b"\r\nATTENDEE" not in data
    assert b"\r\nX-EVIL" not in data
    assert b"javascript" not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_an_hour_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        events_ics([replace(EVENT, starts_at=datetime(2026, 3, 12, 14))], "R")
