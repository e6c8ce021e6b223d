"""The report of a meeting as anyone may read it: an edition, without what is hidden, erased or reserved."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from parvis.consultations.enums import Audience, LineRole
from parvis.consultations.models import Contribution, Edition, EditionLine, Theme
from parvis.gathering import words
from parvis.gathering.glossary import Glossary, glossary_of
from parvis.gathering.report import EditionNote, Line, MeetingReport, Told, lay_out
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.rules import readable_minutes

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
    editions = _editions(meeting)
    edition = next((each for each in editions if number in (None, each["number"])), None)
    if edition is None:
        return None
    if public_themes is None:
        public_themes = public_theme_codes(meeting.consultation_id)
    if glossary is None:
        glossary = glossary_of(meeting.consultation.territory_id)
    paragraphs, lines = _readable_lines(edition["id"], public_themes)
    content = lay_out(paragraphs, lines, glossary)
    return MeetingReport(
        title=edition["header"]["title"],
        consultation=meeting.consultation.title,
        authority=meeting.consultation.authority,
        meetings=tuple(told(each) for each in edition["header"]["meetings"]),
        introduction=content.introduction,
        themes=content.themes,
        summary=content.summary,
        draft=False,
        edition_code=edition["code"],
        number=edition["number"],
        published_at=edition["published_at"],
        day=words.local_day(edition["published_at"]),
        note=edition["note"],
        digest=edition["digest"],
        editions=tuple(
            EditionNote(each["number"], each["published_at"], words.local_day(each["published_at"]), each["note"])
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


def _editions(meeting: Meeting) -> list[dict[str, Any]]:
    """Every edition of the minutes last published about `meeting`, newest first. Two queries."""
    codes = (
        Minutes.objects.filter(readable_minutes(None), meetings=meeting.pk).order_by().values_list("code", flat=True)
    )
    subjects = [f"minutes:{code}" for code in codes]
    if not subjects:
        return []
    found = list(
        Edition.objects.filter(subject__in=subjects)
        .order_by("-published_at", "-id")
        .values("id", "code", "subject", "number", "header", "note", "published_at", "digest")
    )
    return [edition for edition in found if edition["subject"] == found[0]["subject"]]


def _readable_lines(edition_id: int, public_themes: Collection[str]) -> tuple[list[tuple[str, str | None]], list[Line]]:
    """Paragraphs of introduction and lines of an edition, hidden ones without a word, reserved ones left out."""
    rows = list(
        EditionLine.objects.filter(edition=edition_id)
        .order_by("position")
        .values_list("role", "reference", "content", "hidden_at", "digest", "salt")
    )
    erased = _erased([reference for role, reference, content, *_ in rows if content is None and role == LineRole.ITEM])
    paragraphs: list[tuple[str, str | None]] = []
    lines: list[Line] = []
    counts: dict[tuple[str, str], int] = {}
    for role, reference, content, hidden_at, digest, salt in rows:
        hidden = hidden_at is not None or content is None
        if role == LineRole.INTRODUCTION:
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
    if line.role == LineRole.ITEM:
        theme = line.content["theme"] if line.content else None
        if theme is None:
            owner = Contribution.objects.filter(code=line.reference.partition(":")[2]).order_by()
            theme = owner.values_list("theme__code", flat=True).first()
        if theme not in public_themes:
            return Seal(line.position, line.digest, None, None, None, None)
    if hidden:
        return Seal(line.position, line.digest, line.role, line.reference, None, None)
    return Seal(line.position, line.digest, line.role, line.reference, line.salt, line.content)
