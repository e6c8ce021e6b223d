"""The report of a meeting as anyone may read it: an edition, without what is hidden, erased or reserved."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from parvis.consultations.enums import Audience
from parvis.consultations.models import Contribution, Theme
from parvis.gathering import words
from parvis.gathering.glossary import Glossary, glossary_of
from parvis.gathering.prepared import Row, prepared
from parvis.gathering.report import EditionNote, Line, MeetingReport, Told, lay_out
from parvis.meetings.enums import MeetingKind, MinutesRole
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.rules import readable_minutes
from parvis.publishing.models import Edition, EditionLine

_KINDS: dict[str, str] = dict(MeetingKind.choices)


@dataclass(frozen=True, slots=True)
class Seal:
    """One line as its hash sees it. Salt and content only for what anyone may read."""

    position: int
    digest: str
    role: str | None
    reference: str | None
    salt: str | None
    content: dict[str, Any] | None


def meeting_report(
    meeting: Meeting,
    *,
    number: int | None = None,
    public_themes: Collection[str] | None = None,
    glossary: Glossary | None = None,
) -> MeetingReport | None:
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
        glossary=glossary or glossary_of(consultation.territory_id),
        number=number,
    )


def edition_report(
    meeting_id: int,
    consultation: str,
    authority: str,
    *,
    public_themes: Collection[str],
    glossary: Glossary,
    number: int | None = None,
) -> MeetingReport | None:
    """`meeting_report` for a caller that holds values rather than rows. Three queries."""
    editions = _editions(meeting_id)
    edition = next((each for each in editions if number in (None, each.number)), None)
    if edition is None:
        return None
    paragraphs, lines = _readable_lines(_lines(edition.id), public_themes)
    content = lay_out(paragraphs, lines, glossary)
    return MeetingReport(
        title=edition.header["title"],
        consultation=consultation,
        authority=authority,
        meetings=tuple(told(each) for each in edition.header["meetings"]),
        introduction=content.introduction,
        themes=content.themes,
        summary=content.summary,
        draft=False,
        edition_code=edition.code,
        number=edition.number,
        published_at=edition.published_at,
        day=words.local_day(edition.published_at),
        note=edition.note,
        digest=edition.digest,
        editions=tuple(
            EditionNote(each.number, each.published_at, words.local_day(each.published_at), each.note)
            for each in editions
        ),
        latest=edition is editions[0],
        terms=tuple(glossary.met.values()),
    )


def public_theme_codes(consultation_id: int) -> set[str]:
    """Codes of the themes that anyone may read. One query."""
    themes = Theme.objects.filter(consultation=consultation_id, audience=Audience.PUBLIC).order_by()
    return set(themes.values_list("code", flat=True))


def seals(report: MeetingReport, public_themes: Collection[str]) -> tuple[dict[str, Any], list[Seal]]:
    """The header of a published edition and all its lines, for whoever wants to compute its hash again.

    A line that moderation withheld keeps its place, its reference and its digest; one of a reserved theme keeps only
    its place and its digest. Two queries.
    """
    edition = Edition.objects.get(code=report.edition_code)
    return edition.header, [_seal(line, public_themes) for line in edition.lines.order_by("position")]


def told(header: dict[str, Any]) -> Told:
    """A meeting as the header of an edition tells it."""
    starts = datetime.datetime.fromisoformat(header["starts_at"])
    ends = datetime.datetime.fromisoformat(header["ends_at"]) if header["ends_at"] else None
    return Told(
        code=header["code"],
        title=header["title"],
        kind=_KINDS.get(header["kind"], ""),
        when=words.span(starts, ends),
        where=header["place"],
        territory=header["territory"],
        attendance=words.attendance(header["people"], header["organisations"]),
    )


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
    """Every edition of the minutes last published about the meeting, newest first. Two queries."""
    subjects = [f"minutes:{code}" for (code,) in _readable_minutes_of(meeting_id)]
    found = [_Edition(*row) for subject in subjects for row in _editions_of(subject)]
    found.sort(key=lambda each: (each.published_at, each.id), reverse=True)
    return [each for each in found if each.subject == found[0].subject]


@prepared
def _readable_minutes_of(meeting_id: int) -> QuerySet[Any, Any]:
    return Minutes.objects.filter(readable_minutes(None), meetings=meeting_id).order_by("id").values_list("code")


@prepared
def _editions_of(subject: str) -> QuerySet[Any, Any]:
    return Edition.objects.filter(subject=subject).order_by("-number").values_list(*_Edition._fields)


@prepared
def _lines(edition_id: int) -> QuerySet[Any, Any]:
    found = EditionLine.objects.filter(edition=edition_id).order_by("position")
    return found.values_list("role", "reference", "content", "hidden_at", "digest", "salt")


def _readable_lines(rows: list[Row], public_themes: Collection[str]) -> tuple[list[tuple[str, str | None]], list[Line]]:
    """Paragraphs of introduction and lines of an edition, hidden ones without a word, reserved ones left out."""
    forgotten = [row for row in rows if row[2] is None and row[0] == MinutesRole.ITEM]
    erased = _erased([reference for _, reference, *_ in forgotten])
    paragraphs: list[tuple[str, str | None]] = []
    lines: list[Line] = []
    counts: dict[tuple[str, str], int] = {}
    for role, reference, content, hidden_at, digest, salt in rows:
        hidden = hidden_at is not None or content is None
        if role == MinutesRole.INTRODUCTION:
            paragraphs.append((reference, None if hidden else content["text"]))
            continue
        code = reference.partition(":")[2]
        content = content or erased.get(code)
        if content is None or content["theme"] not in public_themes:
            continue
        key = (content["theme"], content["kind"])
        if not content["conclusion"]:
            counts[key] = counts.get(key, 0) + 1
        lines.append(
            Line(
                code,
                content["theme"],
                content["theme_name"],
                content["kind"],
                None if content["conclusion"] else counts[key],
                "" if hidden else content["text"],
                () if hidden else tuple(content["details"]),
                content["conclusion"],
                hidden,
                digest,
                None if hidden else salt,
                "" if hidden else content.get("family", ""),
                0 if hidden else content.get("family_dots", 0),
                0 if hidden else content.get("dots", 0),
            )
        )
    return paragraphs, lines


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


def _seal(line: EditionLine, public_themes: Collection[str]) -> Seal:
    hidden = line.hidden_at is not None or line.content is None
    if line.role == MinutesRole.ITEM:
        theme = line.content["theme"] if line.content else None
        if theme is None:
            owner = Contribution.objects.filter(code=line.reference.partition(":")[2]).order_by()
            theme = owner.values_list("theme__code", flat=True).first()
        if theme not in public_themes:
            return Seal(line.position, line.digest, None, None, None, None)
    if hidden:
        return Seal(line.position, line.digest, line.role, line.reference, None, None)
    return Seal(line.position, line.digest, line.role, line.reference, line.salt, line.content)
