"""The few words that the pdf, docx and odt of a report share, so that they say the same thing in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from parvis.documents.report import Report, ReportItem
from parvis.documents.text import french_date, one_line

TOLD_ABOVE: Final = frozenset({"Quand", "Où", "Participation", "Territoire"})
"""Facts of the edition (`text.edition_facts`) told under the title."""
TOLD_BELOW: Final = frozenset({"Publié par", "Édition", "Date", "Ce qui change", "Adresse", "Empreinte"})
"""Those told at the end."""


def eyebrow(report: Report) -> str:
    """« Atelier · Contrat de ville », above the title."""
    return " · ".join(part for part in (one_line(report.meeting_kind), one_line(report.consultation)) if part)


def item_label(item: ReportItem) -> str:
    """What stands before an item: an arrow for a conclusion, its number as published, a dash when it has none."""
    number = one_line(item.number or "")
    return "→" if item.conclusion and not item.hidden else f"{number}." if number else "–"


def previous_editions(report: Report) -> list[str]:
    """« Édition 1 : 15 mars 2026. Première édition. », the newest first."""
    return [
        f"Édition {number} : {french_date(day.year, day.month, day.day)}. {one_line(note)}".strip()
        for number, day, note in report.previous_notes
    ]


def by_family(items: Iterable[ReportItem]) -> Iterator[tuple[str, ReportItem]]:
    """Each item with the heading of the family that it opens, or with nothing."""
    last = ""
    for item in items:
        yield (item.family if item.family != last else ""), item
        last = item.family


def with_dots(item: ReportItem) -> str:
    """The words of an item, and its dots where it has some."""
    return f"{item.text} ({item.dots} gommette{'s' if item.dots > 1 else ''})" if item.dots else item.text
