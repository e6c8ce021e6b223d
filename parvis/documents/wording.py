"""The few words that the pdf, docx and odt of a report share, so that they say the same thing in the same order."""

from __future__ import annotations

from typing import Final

from parvis.documents.report import Report, ReportItem
from parvis.documents.text import one_line
from parvis.french.counts import dots
from parvis.french.kinds import KINDS

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
    return "→" if item.concludes else f"{number}." if number else "–"


def kind_colour(kind: str) -> str:
    """The colour of the headings of a kind, as RRGGBB; empty for that of the text."""
    return KINDS[kind].colour if kind in KINDS else ""


def previous_editions(report: Report) -> list[str]:
    """« Édition 1 : 15 mars 2026. Première édition. », the newest first."""
    return [
        f"Édition {edition.number} : {edition.day}. {one_line(edition.note)}".strip()
        for edition in report.former_editions
    ]


def with_dots(item: ReportItem) -> str:
    """The words of an item, and its dots where it has some."""
    return f"{item.text} ({dots(item.dots)})" if item.dots else item.text
