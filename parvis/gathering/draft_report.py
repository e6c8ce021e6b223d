"""The report that would be published if these minutes were, for those who prepare it."""

from __future__ import annotations

from parvis.consultations.enums import ContributionState
from parvis.core import clock
from parvis.gathering import words
from parvis.gathering.glossary import glossary_of
from parvis.gathering.published_report import told
from parvis.gathering.report import EditionNote, Line, MeetingReport, lay_out
from parvis.meetings.content import edition_header, lines_in_reading_order, numbered, paragraph_reference
from parvis.meetings.enums import LinePlace, MinutesRole
from parvis.meetings.models import Minutes, MinutesLine
from parvis.publishing.models import Edition, EditionLine


def draft_report(minutes: Minutes) -> MeetingReport:
    """The preview of the next edition, as its readers would find it: what moderation hid stays hidden.

    Shows every theme, reserved ones included: only those who may edit `minutes` may be shown this. Nothing is written.
    """
    glossary = glossary_of(minutes.consultation.territory_id)
    editions = _editions(minutes)
    withheld = _withheld(minutes)
    paragraphs: list[tuple[str, str | None]] = []
    lines: list[Line] = []
    for line, rank in numbered(lines_in_reading_order(minutes)):
        if line.place == LinePlace.INTRODUCTION:
            reference = paragraph_reference(line.code)
            paragraphs.append((reference, None if reference in withheld else line.text))
        else:
            lines.append(_line(line, rank))
    content = lay_out(paragraphs, lines, glossary, threads=False)
    moment = clock.now()
    return MeetingReport(
        title=minutes.title,
        consultation=minutes.consultation.title,
        authority=minutes.consultation.authority,
        meetings=tuple(told(each) for each in edition_header(minutes)["meetings"]),
        introduction=content.introduction,
        themes=content.themes,
        summary=content.summary,
        draft=True,
        edition_code="",
        number=editions[0].number + 1 if editions else 1,
        published_at=moment,
        day=words.local_day(moment),
        note="",
        digest="",
        editions=editions,
        latest=True,
        terms=tuple(glossary.met.values()),
    )


def _editions(minutes: Minutes) -> tuple[EditionNote, ...]:
    found = Edition.objects.filter(subject=minutes.journal_name).order_by("-number")
    return tuple(
        EditionNote(number, published_at, words.local_day(published_at), note)
        for number, published_at, note in found.values_list("number", "published_at", "note")
    )


def _withheld(minutes: Minutes) -> set[str]:
    """References of the paragraphs that moderation withheld in former editions: they will stay withheld."""
    hidden = EditionLine.objects.filter(edition__subject=minutes.journal_name, role=MinutesRole.INTRODUCTION)
    return set(hidden.exclude(hidden_at=None).order_by().values_list("reference", flat=True))


def _line(line: MinutesLine, rank: int | None) -> Line:
    contribution = line.contribution
    hidden = contribution is not None and contribution.state == ContributionState.HIDDEN
    return Line(
        code=contribution.code if contribution else line.code,
        theme=line.theme.code if line.theme else "",
        theme_name=line.theme.name if line.theme else "",
        kind=line.kind,
        number=rank,
        text="" if hidden else line.text,
        details=() if hidden else tuple(line.details),
        conclusion=line.conclusion,
        hidden=hidden,
        family="" if hidden else line.family,
        family_dots=0 if hidden else line.family_dots,
        dots=0 if hidden else line.dots,
    )
