"""A report comes in: read, then laid as working text in the minutes of a meeting. All of it, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from parvis.consultations.theme_match import ThemeMatcher
from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Meeting, Minutes, MinutesLine, MinutesSource
from parvis.meetings.operations.heading_words import known_words
from parvis.meetings.operations.working_text import record_change
from parvis.meetings.place_match import PlaceMatcher
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.reading import Item, Report, Unassigned, read

_PLACES = {"preamble": LinePlace.INTRODUCTION, "prose": LinePlace.INTRODUCTION}
"""Where each role of the reading goes; what is not named here is set aside, kept, one key away."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: counts, remarks of the reader, and the minutes (None for a dry run)."""

    items: int
    doubts: int
    introduction: int
    aside: int
    warnings: tuple[str, ...]
    minutes: Minutes | None


def import_report(actor: User | None, meeting: Meeting, data: bytes, name: str, *, dry_run: bool = False) -> Imported:
    """Read `data` into the draft minutes of `meeting`, made if there are none.

    Raises `RefusedInput` when the file cannot be read or is already there, `ForbiddenMove` when the minutes are past
    drafting. Nothing is stored then. The import is a gesture: « Annuler » takes the lines and the source away.
    """
    reading = _read(meeting, data, name)
    return _outcome(reading, None) if dry_run else _store(actor, meeting, reading)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file read, and the lines that it would lay. Nobody waits for it: no transaction is open meanwhile."""

    name: str
    sha256: str
    report: Report
    lines: list[MinutesLine]


def _read(meeting: Meeting, data: bytes, name: str) -> _Reading:
    report = read(data, name, known_words(meeting.consultation.territory_id))
    themes = ThemeMatcher.of(meeting.consultation_id)
    places = PlaceMatcher.of(meeting.consultation.territory_id)
    lines = [_line(entry, themes, places) for entry in _in_source_order(report)]
    return _Reading(name[:240], hashlib.sha256(data).hexdigest(), report, lines)


@transaction.atomic
def _store(actor: User | None, meeting: Meeting, reading: _Reading) -> Imported:
    report, lines = reading.report, reading.lines
    minutes = draft_minutes(actor, meeting, report.title or meeting.title)
    if minutes.sources.filter(sha256=reading.sha256).exists():
        raise RefusedInput("Ce fichier est déjà dans ce compte-rendu : il n'a pas été ajouté une seconde fois.")
    source = MinutesSource.objects.create(
        minutes=minutes,
        name=reading.name,
        format=report.source.format,
        lines=list(report.lines),
        warnings=list(report.warnings),
        sha256=reading.sha256,
        added_by=actor,
    )
    last = minutes.lines.aggregate(last=Max("position"))["last"] or 0
    for position, line in enumerate(lines, start=last + 1):
        line.minutes, line.source, line.position = minutes, source, position
    MinutesLine.objects.bulk_create(lines)
    record_change(actor, minutes, "import_report", f"Import de {source.name}", {line.code: None for line in lines})
    journal.record(actor, "import_report", minutes, source=source.code, lines=len(lines))
    return _outcome(reading, minutes)


def import_reports(
    actor: User | None, meeting: Meeting, files: Sequence[tuple[str, bytes]], *, dry_run: bool = False
) -> Imported:
    """Several files (name, bytes) into the same minutes: all of them, or none. Returns the sums.

    Raises `RefusedInput` with the name of the file that is refused.
    """
    if not files:
        raise RefusedInput("Choisissez un fichier, ou collez le texte du compte-rendu.")
    several = len(files) > 1
    readings = []
    for name, data in files:
        with _named_in_refusal(name, several):
            readings.append(_read(meeting, data, name))
    outcomes = []
    with transaction.atomic():
        for reading in readings:
            with _named_in_refusal(reading.name, several):
                outcomes.append(_outcome(reading, None) if dry_run else _store(actor, meeting, reading))
    return Imported(
        items=sum(each.items for each in outcomes),
        doubts=sum(each.doubts for each in outcomes),
        introduction=sum(each.introduction for each in outcomes),
        aside=sum(each.aside for each in outcomes),
        warnings=tuple(warning for each in outcomes for warning in each.warnings),
        minutes=outcomes[-1].minutes,
    )


@contextmanager
def _named_in_refusal(name: str, several: bool) -> Iterator[None]:
    try:
        yield
    except RefusedInput as refusal:
        if not several:
            raise
        raise RefusedInput(f"{name} : {refusal.message}") from refusal


def _outcome(reading: _Reading, minutes: Minutes | None) -> Imported:
    items = [line for line in reading.lines if line.place == LinePlace.ITEM]
    return Imported(
        items=len(items),
        doubts=sum(bool(line.doubt) for line in items),
        introduction=sum(line.place == LinePlace.INTRODUCTION for line in reading.lines),
        aside=sum(line.place == LinePlace.ASIDE for line in reading.lines),
        warnings=tuple(reading.report.warnings),
        minutes=minutes,
    )


def draft_minutes(actor: User | None, meeting: Meeting, title: str) -> Minutes:
    """The minutes of the meeting, locked, in draft; fresh ones when there are none. Called inside a transaction.

    The meeting is locked first, so that two agents who start at once work on the same minutes.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    found = Minutes.objects.select_for_update().filter(meetings=meeting).order_by("id").first()
    if found is None:
        minutes = Minutes.objects.create(consultation=meeting.consultation, title=title[:240])
        minutes.meetings.add(meeting)
        journal.record(actor, "create_minutes", minutes, meeting=meeting.code)
        return minutes
    if found.state != PublishingState.DRAFT:
        raise ForbiddenMove("Ce compte-rendu n'est plus un brouillon : rouvrez-le avant d'y ajouter un fichier.")
    return found


def _in_source_order(report: Report) -> list[Item | Unassigned]:
    entries: list[Item | Unassigned] = [*report.contributions, *report.unassigned]
    return sorted(entries, key=lambda entry: (entry.line, entry.column if isinstance(entry, Item) else 0))


def _line(entry: Item | Unassigned, themes: ThemeMatcher, places: PlaceMatcher) -> MinutesLine:
    if not isinstance(entry, Item):
        place = _PLACES.get(entry.role, LinePlace.ASIDE)
        return MinutesLine(
            place=place, text=entry.text, role=entry.role, source_line=entry.line, source_last_line=entry.line
        )
    theme = themes.find(entry.theme)
    doubt = entry.doubt or ""
    if theme is None:
        unknown = f"thématique « {entry.theme} » inconnue" if entry.theme else "thématique absente"
        doubt = f"{doubt} ; {unknown}" if doubt else unknown
    return MinutesLine(
        place=LinePlace.ITEM,
        theme=theme,
        territory=places.find([entry.text, *(child.text for child in entry.children)]),
        heading=(entry.theme or "")[:240],
        kind=entry.kind,
        number=(entry.number or "")[:12],
        text=entry.text,
        details=[child.text for child in entry.children],
        conclusion=entry.conclusion,
        confidence=entry.confidence,
        doubt=doubt[:240],
        source_line=entry.line,
        source_last_line=max([entry.last_line, *(child.last_line for child in entry.children)]),
    )
