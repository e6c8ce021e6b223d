"""What the results publish: for each sheet that anyone may read, its masked table, and the reply of its lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from parvis.insight.masking import MINIMUM, TOTAL, MaskedTable, mask
from parvis.insight.opinion_rows import CATEGORIES, COLLEGES
from parvis.publishing.content import Content, FrozenLine
from parvis.sheets.enums import ResultsRole
from parvis.sheets.results import ResultsRows, SheetResults, count_results

COLUMNS: Final = CATEGORIES


@dataclass(frozen=True, slots=True)
class ResultsSource:
    """All that an edition of results is built from. `replies`: code of the sheet → text."""

    consultation: str
    title: str
    rows: ResultsRows
    replies: dict[str, str]


def figures_reference(sheet_code: str) -> str:
    """The name of the figures of a sheet among the lines of an edition."""
    return f"results:{sheet_code}"


def reply_reference(sheet_code: str) -> str:
    """The name of the reply of its lead among the lines of an edition."""
    return f"lead_reply:{sheet_code}"


def results_content(source: ResultsSource) -> Content:
    """Header and lines of the edition. Pure, and long where there are many sheets: built before the transaction."""
    lines = []
    for sheet in count_results(source.rows).sheets:
        lines.append(FrozenLine(ResultsRole.FIGURES, figures_reference(sheet.code), figures_content(sheet)))
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


def figures_content(sheet: SheetResults) -> dict[str, Any]:
    """The frozen figures of one sheet."""
    colleges = sheet.figures.colleges
    return {
        "sheet": sheet.code,
        "number": sheet.number,
        "title": sheet.title,
        "theme": sheet.theme,
        "lead": sheet.lead,
        "table": _frozen_table(mask([[colleges[college].counts[name] for name in COLUMNS] for college in COLLEGES])),
    }


def _frozen_table(masked: MaskedTable) -> list[list[int | None]]:
    """Rows then the total; columns then the total; None where a number is hidden."""
    rows, columns = [*range(masked.rows), TOTAL], [*range(masked.columns), TOTAL]
    return [[masked.numbers[row, column] for column in columns] for row in rows]
