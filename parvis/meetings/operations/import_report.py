"""A report comes in: read, then laid as working text in the minutes of a meeting. All of it, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import transaction

from parvis.consultations.enums import Audience
from parvis.consultations.lifecycle import refuse_in_archive
from parvis.consultations.models import Theme
from parvis.consultations.theme_match import ThemeMatcher
from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.core.plain_insert import insert_rows
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Meeting, Minutes, MinutesLine, MinutesSource
from parvis.meetings.operations.choose_readers import (
    ReadersToChoose,
    choose_readers,
    is_open,
    sensitive_passages,
)
from parvis.meetings.operations.heading_words import known_words
from parvis.meetings.operations.meeting_theme import NO_THEME_NAMED
from parvis.meetings.operations.working_lines import Before, lay_at_the_end
from parvis.meetings.operations.working_text import record_change
from parvis.meetings.place_match import PlaceMatcher
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.reading import Item, Report, Unassigned, read
from parvis.territories.models import Territory

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
    sensitive: tuple[str, ...] = ()
    """What speaks of security or of someone in particular, a few passages."""


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """A file read, its lines ready to be laid: all that needs no transaction."""

    name: str
    digest: str
    report: Report
    lines: list[MinutesLine]


def import_report(actor: User | None, meeting: Meeting, data: bytes, name: str, *, dry_run: bool = False) -> Imported:
    """Read `data` into the draft minutes of `meeting`, made if there are none.

    Raises `RefusedInput` when the file cannot be read or is already there, `ForbiddenMove` when the minutes are past
    drafting. Nothing is stored then. The import is a gesture: « Annuler » takes the lines and the source away.
    """
    return import_reports(actor, meeting, [(name, data)], dry_run=dry_run)


def import_reports(
    actor: User | None,
    meeting: Meeting,
    files: Sequence[tuple[str, bytes]],
    *,
    dry_run: bool = False,
    ask: bool = False,
    readers: Audience | None = None,
) -> Imported:
    """Several files (name, bytes) into the same minutes: all of them, or none. Returns the sums.

    With `ask`, raises `ReadersToChoose` when they speak of security or of someone, and the meeting is open: nothing is
    kept before `readers` are given, who then are those of the meeting.

    All are read before the transaction opens: nobody else waits to write meanwhile. Raises `RefusedInput` with the name
    of the file that is refused.
    """
    refuse_in_archive(meeting.consultation)
    if not files:
        raise RefusedInput("Choisissez un fichier, ou collez le texte du compte-rendu.")
    prepared = []
    for name, data in files:
        with _named(name, files):
            prepared.append(prepare_report(meeting, data, name))
    minutes = None
    passages = sensitive_passages([line for ready in prepared for line in ready.lines])
    if ask and passages and readers is None and not dry_run and is_open(meeting):
        raise ReadersToChoose(passages)
    if not dry_run:
        with transaction.atomic():
            if readers is not None:
                choose_readers(actor, meeting, readers)
            for ready in prepared:
                with _named(ready.name, files):
                    minutes = lay_report(actor, meeting, ready)
    return replace(outcome(prepared, minutes), sensitive=tuple(passages))


@contextmanager
def _named(name: str, files: Sequence[tuple[str, bytes]]) -> Iterator[None]:
    """Of several files, the one that is refused is named."""
    try:
        yield
    except RefusedInput as refusal:
        raise refusal if len(files) == 1 else RefusedInput(f"{name} : {refusal.message}") from refusal


def prepare_report(meeting: Meeting, data: bytes, name: str) -> PreparedReport:
    """Read a file and find the themes and the places that it names. Raises `RefusedInput`."""
    report = read(data, name, known_words(meeting.consultation.territory_id))
    themes = ThemeMatcher.of(meeting.consultation_id)
    places = PlaceMatcher.of(meeting.consultation.territory_id)
    lines = [_line(entry, themes, places) for entry in _in_source_order(report)]
    return PreparedReport(name, hashlib.sha256(data).hexdigest(), report, lines)


def lay_report(actor: User | None, meeting: Meeting, ready: PreparedReport) -> Minutes:
    """Lay what was read in the draft minutes. Called inside a transaction, which is as short as this."""
    minutes = draft_minutes(actor, meeting)
    source = add_source(actor, minutes, ready)
    lay_lines(minutes, source, ready.lines)
    record_import(actor, minutes, source)
    return minutes


def add_source(actor: User | None, minutes: Minutes, ready: PreparedReport) -> MinutesSource:
    """Keep the text of a report beside its reading. Raises `RefusedInput` when it is there already."""
    if minutes.sources.filter(sha256=ready.digest).exists():
        raise RefusedInput("Ce fichier est déjà dans ce compte-rendu : il n'a pas été ajouté une seconde fois.")
    return MinutesSource.objects.create(
        minutes=minutes,
        name=ready.name[:240],
        format=ready.report.source.format,
        lines=list(ready.report.lines),
        warnings=list(ready.report.warnings),
        sha256=ready.digest,
        added_by=actor,
    )


def lay_lines(minutes: Minutes, source: MinutesSource, lines: list[MinutesLine]) -> None:
    """Lay lines under those that are there."""
    _check_still_there(lines)
    lay_at_the_end(minutes, lines)
    for line in lines:
        line.source = source
    insert_rows(lines)


def record_import(actor: User | None, minutes: Minutes, source: MinutesSource) -> None:
    """Make a gesture of the import: « Annuler » takes its lines and its source away."""
    before: Before = dict.fromkeys(source.minutes_lines.order_by("id").values_list("code", flat=True))
    record_change(actor, minutes, "import_report", f"Import de {source.name}", before)
    journal.record(actor, "import_report", minutes, source=source.code, lines=len(before))


def _check_still_there(lines: Sequence[MinutesLine]) -> None:
    """Themes and places were read before: someone may have taken one away since."""
    themes = {line.theme_id for line in lines if line.theme_id is not None}
    places = {line.territory_id for line in lines if line.territory_id is not None}
    if Theme.objects.filter(pk__in=themes).count() < len(themes) or Territory.objects.filter(
        pk__in=places
    ).count() < len(places):
        raise RefusedInput("Une thématique ou un lieu vient d'être enlevé pendant la lecture : recommencez.")


def outcome(prepared: Sequence[PreparedReport], minutes: Minutes | None) -> Imported:
    """What was read, and where it was laid."""
    lines = [line for ready in prepared for line in ready.lines]
    items = [line for line in lines if line.place == LinePlace.ITEM]
    return Imported(
        items=len(items),
        doubts=sum(bool(line.doubt) for line in items),
        introduction=sum(line.place == LinePlace.INTRODUCTION for line in lines),
        aside=sum(line.place == LinePlace.ASIDE for line in lines),
        warnings=tuple(warning for ready in prepared for warning in ready.report.warnings),
        minutes=minutes,
    )


def draft_minutes(actor: User | None, meeting: Meeting) -> Minutes:
    """The minutes of the meeting, locked, in draft; fresh ones when there are none. Called inside a transaction.

    Their title is the meeting's: a report begins with the letterhead of who wrote it, as often as with its own title.

    The meeting is locked first, so that two agents who start at once work on the same minutes.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    found = Minutes.objects.select_for_update().filter(meetings=meeting).order_by("id").first()
    if found is None:
        minutes = Minutes.objects.create(consultation=meeting.consultation, title=meeting.title)
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
        unknown = f"thématique « {entry.theme} » inconnue" if entry.theme else NO_THEME_NAMED
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
