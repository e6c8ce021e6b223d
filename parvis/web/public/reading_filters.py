"""What the address of the list asks, read with care: a wrong value is told, never an error page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from parvis.gathering.public.meeting_filters import Filters, When
from parvis.meetings.enums import MeetingKind

MOST_CHARACTERS = 120
_WHEN: dict[str, When] = {"a-venir": "a-venir", "passees": "passees"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters, page, what could not be understood, and the address of the same filters elsewhere."""

    filters: Filters
    page: int
    problems: tuple[str, ...]
    query: str


def read_filters(given: QueryDict) -> Asked:
    """Read the query of the list or of a feed."""
    problems: list[str] = []
    since = _day(given.get("du", ""), problems)
    until = _day(given.get("au", ""), problems)
    if since and until and since > until:
        problems.append("La date de début vient après la date de fin : les deux sont laissées de côté.")
        since = until = None
    filters = Filters(
        text=asked_text(given.get("q", "")),
        territory=asked_text(given.get("territoire", ""))[:12],
        theme=asked_text(given.get("thematique", "")),
        consultation=asked_text(given.get("concertation", ""))[:80],
        kind=given.get("type", "") if given.get("type", "") in MeetingKind.values else "",
        when=_WHEN.get(given.get("quand", ""), ""),
        since=since,
        until=until,
    )
    return Asked(filters, asked_page(given.get("page", "")), tuple(problems), address_query(filters))


def address_query(filters: Filters, **changes: str) -> str:
    """The filters as the query of an address, `?` included; empty when nothing is asked. `changes` replace values."""
    values = {
        "q": filters.text,
        "territoire": filters.territory,
        "thematique": filters.theme,
        "concertation": filters.consultation,
        "type": filters.kind,
        "quand": filters.when,
        "du": filters.since.isoformat() if filters.since else "",
        "au": filters.until.isoformat() if filters.until else "",
    } | changes
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""


def asked_text(value: str) -> str:
    """Words as they were typed, on one line and not too many."""
    return " ".join(value.replace("\x00", " ").split())[:MOST_CHARACTERS]


def _day(value: str, problems: list[str]) -> datetime.date | None:
    """A day as a date field sends it (2026-03-12), or as people type it (12/03/2026)."""
    value = value.strip()
    if not value:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            read = datetime.datetime.strptime(value[:10], form).date()
        except ValueError:
            continue
        if 1900 <= read.year <= 2200:
            return read
    problems.append("Une date n'a pas été comprise : écrivez-la comme 12/03/2026. La liste ne la prend pas en compte.")
    return None


def asked_page(value: str) -> int:
    """The number of a page; the first when it is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1
