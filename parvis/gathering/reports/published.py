"""The report of a meeting as anyone may read it: an edition, without what is hidden, erased or reserved."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from parvis.consultations.enums import Audience
from parvis.consultations.models import Contribution, Theme
from parvis.core.statements import Row, statement
from parvis.documents.report import HIDDEN_TEXT, Report, ReportEdition, ReportItem, ReportMeeting, ReportParagraph
from parvis.french.counts import attendance
from parvis.gathering.local_time import local, span
from parvis.gathering.reports.tree import PlacedItem, paragraph, themes_of
from parvis.gathering.validation_history import validation_history
from parvis.meetings.enums import MeetingKind, MinutesRole
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.rules import readable_minutes
from parvis.publishing.models import Edition, EditionLine

_KINDS: dict[str, str] = dict(MeetingKind.choices)


@dataclass(frozen=True, slots=True)
class HashedLine:
    """One line as its hash sees it. Salt and content only for what anyone may read."""

    position: int
    digest: str
    role: str | None
    reference: str | None
    salt: str | None
    content: dict[str, Any] | None


def meeting_report(
    meeting: Meeting, *, number: int | None = None, public_themes: Collection[str] | None = None
) -> Report | None:
    """The last published edition (or edition `number`) of the minutes of `meeting`, as anyone may read it.

    None when nothing was published, or when these minutes also tell a meeting that not everyone may read. `meeting`
    itself must have been fetched through `readable_meetings(None)`, with its consultation.
    """
    consultation = meeting.consultation
    return edition_report(
        meeting.pk,
        consultation.title,
        consultation.authority,
        public_themes=public_theme_codes(consultation.pk) if public_themes is None else public_themes,
        number=number,
    )


def edition_report(
    meeting_id: int, consultation: str, authority: str, *, public_themes: Collection[str], number: int | None = None
) -> Report | None:
    """`meeting_report` for a caller that has values rather than rows: of the consultation, its title alone.

    Two queries and one for each minutes of the meeting; one more if something was erased."""
    editions = _editions(meeting_id)
    edition = next((candidate for candidate in editions if number in (None, candidate.number)), None)
    if edition is None:
        return None
    introduction, placed = _readable_lines(_lines(edition.id), public_themes)
    return Report(
        title=edition.header["title"],
        consultation=consultation,
        authority=authority,
        meetings=tuple(meeting_of_header(header) for header in edition.header["meetings"]),
        introduction=tuple(introduction),
        themes=themes_of(placed),
        number=edition.number,
        published_on=local(edition.published_at).date(),
        note=edition.note,
        validation=validation_history(edition.header),
        digest=edition.digest,
        edition_code=edition.code,
        editions=tuple(edition_of(row.number, row.published_at, row.note) for row in editions),
        latest=edition is editions[0],
    )


def public_theme_codes(consultation_id: int) -> set[str]:
    """Codes of the themes that anyone may read. One query."""
    themes = Theme.objects.filter(consultation=consultation_id, audience=Audience.PUBLIC).order_by()
    return set(themes.values_list("code", flat=True))


def lines_to_verify(report: Report, public_themes: Collection[str]) -> tuple[dict[str, Any], list[HashedLine]]:
    """The header of a published edition and all its lines, for whoever wants to compute its hash again.

    A line that moderation withheld keeps its place, its reference and its digest; one of a reserved theme keeps only
    its place and its digest. Two queries, and one for each contribution that was erased.
    """
    edition = Edition.objects.get(code=report.edition_code)
    return edition.header, [_hashed_line(line, public_themes) for line in edition.lines.order_by("position")]


def meeting_of_header(header: dict[str, Any]) -> ReportMeeting:
    """A meeting as the header of an edition tells it."""
    starts = datetime.datetime.fromisoformat(header["starts_at"])
    ends = datetime.datetime.fromisoformat(header["ends_at"]) if header["ends_at"] else None
    return ReportMeeting(
        code=header["code"],
        title=header["title"],
        kind=_KINDS.get(header["kind"], ""),
        when=span(starts, ends),
        where=header["place"],
        territory=header["territory"],
        attendance=attendance(header["people"], header["organisations"]),
    )


def edition_of(number: int, published_at: datetime.datetime, note: str) -> ReportEdition:
    """An edition in the list of all of them."""
    return ReportEdition(number, local(published_at).date(), note)


class _Edition(NamedTuple):
    id: int
    code: str
    subject: str
    number: int
    header: dict[str, Any]
    note: str
    published_at: datetime.datetime
    digest: str


def _editions(meeting_id: int) -> list[_Edition]:
    """Every edition of the minutes last published about the meeting, newest first.

    One query, and one for each minutes.
    """
    subjects = [f"minutes:{code}" for (code,) in _readable_minutes_of(meeting_id)]
    editions = [_Edition(*row) for subject in subjects for row in _editions_of(subject)]
    editions.sort(key=lambda edition: (edition.published_at, edition.id), reverse=True)
    return [edition for edition in editions if edition.subject == editions[0].subject]


@statement(Meeting._meta.get_field("id"))
def _readable_minutes_of(meeting_id: int) -> QuerySet[Any, Any]:
    return Minutes.objects.filter(readable_minutes(None), meetings=meeting_id).order_by("id").values_list("code")


@statement(Edition._meta.get_field("subject"))
def _editions_of(subject: str) -> QuerySet[Any, Any]:
    return Edition.objects.filter(subject=subject).order_by("-number").values_list(*_Edition._fields)


@statement(Edition._meta.get_field("id"))
def _lines(edition_id: int) -> QuerySet[Any, Any]:
    lines = EditionLine.objects.filter(edition=edition_id).order_by("position")
    return lines.values_list("role", "reference", "content", "hidden_at", "digest", "salt")


def _readable_lines(rows: list[Row], public_themes: Collection[str]) -> tuple[list[ReportParagraph], list[PlacedItem]]:
    """The introduction and the contributions of an edition.

    Hidden ones come without their words; those of themes that not everyone reads are left out.
    """
    forgotten = [row for row in rows if row[2] is None and row[0] == MinutesRole.ITEM]
    erased = _erased([reference for _, reference, *_ in forgotten])
    introduction: list[ReportParagraph] = []
    placed: list[PlacedItem] = []
    numbers: dict[tuple[str, str], int] = {}
    for role, reference, content, hidden_at, digest, salt in rows:
        hidden = hidden_at is not None or content is None
        if role == MinutesRole.INTRODUCTION:
            introduction.append(paragraph(None if hidden else content["text"]))
            continue
        code = reference.partition(":")[2]
        content = content or erased.get(code)
        if content is None or content["theme"] not in public_themes:
            continue
        number = None
        if not content["conclusion"]:
            key = (content["theme"], content["kind"])
            number = numbers[key] = numbers.get(key, 0) + 1
        placed.append(_placed(code, content, number, digest, salt, hidden=hidden))
    return introduction, placed


def _placed(
    code: str, content: dict[str, Any], number: int | None, digest: str, salt: str | None, *, hidden: bool
) -> PlacedItem:
    kind, conclusion = content["kind"], content["conclusion"]
    printed = None if number is None else str(number)
    if hidden:
        item = ReportItem(code, kind, printed, HIDDEN_TEXT, conclusion=conclusion, hidden=True, digest=digest)
        return PlacedItem(item, content["theme"], content["theme_name"])
    item = ReportItem(
        code, kind, printed, content["text"], tuple(content["details"]),
        conclusion=conclusion, digest=digest, salt=salt, dots=content.get("dots", 0),
    )  # fmt: skip
    family, family_dots = content.get("family", ""), content.get("family_dots", 0)
    return PlacedItem(item, content["theme"], content["theme_name"], family, family_dots)


def _erased(references: list[str]) -> dict[str, dict[str, Any]]:
    """Theme, kind and conclusion of contributions whose words are gone: their line keeps its place in the report."""
    if not references:
        return {}
    codes = [reference.partition(":")[2] for reference in references]
    rows = Contribution.objects.filter(code__in=codes).order_by()
    return {
        code: {"theme": theme, "theme_name": name, "kind": kind, "conclusion": conclusion}
        for code, theme, name, kind, conclusion in rows.values_list(
            "code", "theme__code", "theme__name", "kind", "conclusion"
        )
    }


def _hashed_line(line: EditionLine, public_themes: Collection[str]) -> HashedLine:
    hidden = line.hidden_at is not None or line.content is None
    if line.role == MinutesRole.ITEM:
        theme = line.content["theme"] if line.content else None
        if theme is None:
            owner = Contribution.objects.filter(code=line.reference.partition(":")[2]).order_by()
            theme = owner.values_list("theme__code", flat=True).first()
        if theme not in public_themes:
            return HashedLine(line.position, line.digest, None, None, None, None)
    if hidden:
        return HashedLine(line.position, line.digest, line.role, line.reference, None, None)
    return HashedLine(line.position, line.digest, line.role, line.reference, line.salt, line.content)
