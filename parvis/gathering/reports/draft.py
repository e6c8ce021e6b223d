"""The report that would be published if these minutes were, for those who prepare it."""

from __future__ import annotations

from parvis.consultations.enums import ContributionState
from parvis.core import clock
from parvis.documents.report import HIDDEN_TEXT, Report, ReportEdition, ReportItem, ReportParagraph
from parvis.gathering.local_time import local
from parvis.gathering.reports.published import edition_of, meeting_of_header
from parvis.gathering.reports.tree import PlacedItem, paragraph, themes_of
from parvis.meetings.content import edition_header, lines_in_reading_order, numbered
from parvis.meetings.enums import LinePlace, MinutesRole
from parvis.meetings.models import Minutes, MinutesLine
from parvis.publishing.models import Edition, EditionLine


def draft_report(minutes: Minutes) -> Report:
    """The preview of the next edition, as its readers would find it: what moderation hid stays hidden.

    Shows every theme, reserved ones included: only those who may edit `minutes` may be shown this. Nothing is written.
    """
    editions = _editions(minutes)
    withheld = _withheld(minutes)
    introduction: list[ReportParagraph] = []
    placed: list[PlacedItem] = []
    for line, number in numbered(lines_in_reading_order(minutes)):
        if line.place == LinePlace.INTRODUCTION:
            introduction.append(paragraph(None if f"line:{line.code}" in withheld else line.text))
        else:
            placed.append(_placed(line, number))
    return Report(
        title=minutes.title,
        consultation=minutes.consultation.title,
        authority=minutes.consultation.authority,
        meetings=tuple(meeting_of_header(header) for header in edition_header(minutes)["meetings"]),
        introduction=tuple(introduction),
        themes=themes_of(placed),
        number=editions[0].number + 1 if editions else 1,
        published_on=local(clock.now()).date(),
        editions=editions,
        draft=True,
    )


def _editions(minutes: Minutes) -> tuple[ReportEdition, ...]:
    editions = Edition.objects.filter(subject=minutes.journal_name).order_by("-number")
    return tuple(edition_of(*row) for row in editions.values_list("number", "published_at", "note"))


def _withheld(minutes: Minutes) -> set[str]:
    """References of the paragraphs that moderation withheld in former editions: they will stay withheld."""
    hidden = EditionLine.objects.filter(edition__subject=minutes.journal_name, role=MinutesRole.INTRODUCTION)
    return set(hidden.exclude(hidden_at=None).order_by().values_list("reference", flat=True))


def _placed(line: MinutesLine, number: int | None) -> PlacedItem:
    contribution = line.contribution
    code = contribution.code if contribution else line.code
    printed = None if number is None else str(number)
    theme, theme_name = (line.theme.code, line.theme.name) if line.theme else ("", "")
    if contribution is not None and contribution.state == ContributionState.HIDDEN:
        item = ReportItem(code, line.kind, printed, HIDDEN_TEXT, conclusion=line.conclusion, hidden=True)
        return PlacedItem(item, theme, theme_name)
    details = tuple(line.details)
    item = ReportItem(code, line.kind, printed, line.text, details, conclusion=line.conclusion, dots=line.dots)
    return PlacedItem(item, theme, theme_name, line.family, line.family_dots)
