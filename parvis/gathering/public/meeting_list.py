"""The list of rencontres: a page of rows, what to filter by, and how many there are where."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat

from parvis.consultations.enums import Audience
from parvis.consultations.models import Theme
from parvis.consultations.rules import published_to_anyone
from parvis.core import clock
from parvis.core.statements import statement
from parvis.french import dates
from parvis.french.counts import plural
from parvis.gathering import local_time
from parvis.gathering.public.meeting_filters import Filters, filtered_meetings
from parvis.gathering.public.territory_tree import Place, places
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.rules import readable_minutes
from parvis.publishing.models import Edition

PER_PAGE = 20
MeetingRow = tuple[Any, ...]
_KINDS: dict[str, str] = dict(MeetingKind.choices)
_COLUMNS = (
    "id", "code", "title", "kind", "starts_at", "ends_at", "place", "address", "territory__name", "cancelled_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in a list. `place`: with its street, for those who may still come."""

    code: str
    title: str
    kind: str
    day: str
    hours: str
    iso: str
    place: str
    territory: str
    themes: str
    cancelled: bool
    to_come: bool
    reported: bool


@dataclass(frozen=True, slots=True)
class MeetingList:
    """One page of the list. `places` counts meetings below each territory, whatever territory was asked."""

    filters: Filters
    rows: tuple[Row, ...]
    total: int
    total_words: str
    page: int
    pages: int
    places: tuple[Place, ...]
    themes: tuple[tuple[str, str], ...]


def meeting_list(filters: Filters, page: int = 1) -> MeetingList:
    """Page `page` (the nearest that exists) of the meetings that answer `filters`. Seven queries at most."""
    counts = dict(_count_by_territory(filters) if filters.any else _count_everything())
    territories = places(counts)
    total = _total(filters, counts, territories)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    return MeetingList(
        filters=filters,
        rows=rows(filters, (page - 1) * PER_PAGE, PER_PAGE) if total else (),
        total=total,
        total_words=plural(total, "rencontre", "rencontres"),
        page=page,
        pages=pages,
        places=tuple(territories),
        themes=_themes(),
    )


def rows(filters: Filters, start: int, count: int) -> tuple[Row, ...]:
    """`count` rows from `start`. Meetings to come first, the soonest first; then the others, newest first."""
    return make_rows(meeting_rows(filters, start, count))


def meeting_rows(filters: Filters, start: int, count: int) -> list[MeetingRow]:
    """What the database says of these meetings, before what hangs from them. One query."""
    if not filters.any and start == 0 and count == PER_PAGE:
        return _first_page()
    return list(_ordered(filters).values_list(*_COLUMNS)[start : start + count])


def _ordered(filters: Filters) -> QuerySet[Meeting]:
    to_come = When(starts_at__gte=clock.now(), then=F("starts_at"))
    return filtered_meetings(filters).order_by(Case(to_come).asc(nulls_last=True), "-starts_at", "-id")


def make_rows(rows: list[MeetingRow], *, with_themes: bool = True) -> tuple[Row, ...]:
    """Rows with their themes and whether a report is published. Two queries for all."""
    ids = [row[0] for row in rows]
    themes, reported = _themes_of(ids) if with_themes else {}, _reported(ids)
    now = clock.now()
    return tuple(
        Row(
            code,
            title,
            _KINDS[kind],
            dates.day(start := local_time.local(starts)),
            _hours(start, ends),
            start.isoformat(),
            ", ".join(filter(None, (place, address if starts >= now else ""))),
            territory,
            themes.get(pk, ""),
            cancelled is not None,
            starts >= now,
            pk in reported,
        )
        for pk, code, title, kind, starts, ends, place, address, territory, cancelled in rows
    )


def _hours(start: datetime.datetime, ends: datetime.datetime | None) -> str:
    """« 14 h – 17 h »; only the beginning when it ends another day. `start` is local."""
    end = local_time.local(ends) if ends else None
    if end is None or end.date() != start.date():
        return dates.hour(start)
    return f"{dates.hour(start)} – {dates.hour(end)}"


def _total(filters: Filters, counts: dict[int, int], territories: list[Place]) -> int:
    if not filters.territory:
        return sum(counts.values())
    return next((place.count for place in territories if place.code == filters.territory), 0)


def _themes() -> tuple[tuple[str, str], ...]:
    """(slug, name) of the themes that anyone may read, each once: consultations name the same ones."""
    return tuple(dict(_public_themes()).items())


def _themes_of(ids: list[int]) -> dict[int, str]:
    """The names of the public themes of each meeting, in one line."""
    names: dict[int, list[str]] = {}
    for meeting, name in _public_themes_of(ids) if ids else ():
        names.setdefault(meeting, []).append(name)
    return {meeting: ", ".join(themes) for meeting, themes in names.items()}


def _reported(ids: list[int]) -> set[int]:
    """Which of these meetings have a published report that anyone may read."""
    return {meeting for (meeting,) in _meetings_with_minutes(ids)} if ids else set()


def _count_by_territory(filters: Filters) -> QuerySet[Any, Any]:
    everywhere = filtered_meetings(filters, anywhere=True)
    return everywhere.order_by().values_list("territory").annotate(count=Count("pk"))


@statement()
def _count_everything() -> QuerySet[Any, Any]:
    return _count_by_territory(Filters())


@statement()
def _first_page() -> QuerySet[Any, Any]:
    return _ordered(Filters()).values_list(*_COLUMNS)[:PER_PAGE]


@statement()
def _public_themes() -> QuerySet[Any, Any]:
    themes = Theme.objects.filter(published_to_anyone("consultation__"), audience=Audience.PUBLIC)
    return themes.order_by("position", "id").values_list("slug", "name")


@statement(Meeting._meta.get_field("id"))
def _public_themes_of(ids: list[int]) -> QuerySet[Any, Any]:
    through = Meeting.themes.through.objects.filter(meeting__id__in=ids, theme__audience=Audience.PUBLIC)
    return through.order_by("theme__position", "theme_id").values_list("meeting_id", "theme__name")


@statement(Meeting._meta.get_field("id"))
def _meetings_with_minutes(ids: list[int]) -> QuerySet[Any, Any]:
    editions = Edition.objects.filter(number=1, subject=Concat(Value("minutes:"), OuterRef("code"))).order_by()
    minutes = Minutes.objects.filter(Exists(editions), readable_minutes(None), meetings__id__in=ids).order_by()
    return minutes.values_list("meetings")
