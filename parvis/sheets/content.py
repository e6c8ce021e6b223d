"""What the results publish: for each sheet that anyone may read, its masked table, and the reply of its lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from parvis.insight.masking import MINIMUM, TOTAL, mask
from parvis.insight.opinion_rows import CATEGORIES, COLLEGES
from parvis.insight.opinions import SheetFigures
from parvis.publishing.content import Content, FrozenLine
from parvis.sheets.enums import ResultsRole
from parvis.sheets.results import CountedSheet

COLUMNS: Final = CATEGORIES
Table = list[list[int | None]]
"""Rows of colleges then their total, columns of answers then their total; None where a number is hidden."""


@dataclass(frozen=True, slots=True)
class ResultsSource:
    """All that an edition of results is built from. `tables`, `replies`: code of the sheet → its table, its text."""

    consultation: str
    title: str
    sheets: tuple[CountedSheet, ...]
    tables: dict[str, Table]
    replies: dict[str, str]


def figures_reference(sheet_code: str) -> str:
    """The name of the figures of a sheet among the lines of an edition."""
    return f"results:{sheet_code}"


def reply_reference(sheet_code: str) -> str:
    """The name of the reply of its lead among the lines of an edition."""
    return f"lead_reply:{sheet_code}"


def results_content(source: ResultsSource) -> Content:
    """Header and lines of the edition."""
    lines = []
    for sheet in source.sheets:
        figures = figures_content(sheet, source.tables[sheet.code])
        lines.append(FrozenLine(ResultsRole.FIGURES, figures_reference(sheet.code), figures))
        if sheet.code in source.replies:
            reply = {"text": source.replies[sheet.code]}
            lines.append(FrozenLine(ResultsRole.REPLY, reply_reference(sheet.code), reply))
    header = {
        "title": f"Ce qu'en pensent les partenaires : {source.title}",
        "consultation": source.consultation,
        "rows": [*COLLEGES, "total"],
        "columns": [*COLUMNS, "total"],
        "unit": "organisations",
        "minimum": MINIMUM,
    }
    return Content(header, tuple(lines))


def figures_content(sheet: CountedSheet, table: Table) -> dict[str, Any]:
    """The figures of one sheet, as its line of the edition has them."""
    return {
        "sheet": sheet.code,
        "number": sheet.number,
        "title": sheet.title,
        "theme": sheet.theme,
        "lead": sheet.lead,
        "table": table,
    }


def masked_table(figures: SheetFigures) -> Table:
    """What anyone may know of the opinions on a sheet. Long where there are many organisations."""
    masked = mask([[figures.colleges[college].counts[name] for name in COLUMNS] for college in COLLEGES])
    rows, columns = [*range(masked.rows), TOTAL], [*range(masked.columns), TOTAL]
    return [[masked.numbers[row, column] for column in columns] for row in rows]
