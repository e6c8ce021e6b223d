"""Results published before the two questions: masked tables by college, read as their edition holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from parvis.french.counts import plural
from parvis.gathering.results.labels import label_of
from parvis.insight.opinion_rows import CATEGORIES
from parvis.people.enums import college_name

Table = list[list[int | None]]
"""Rows of colleges then their total, columns of answers then their total; None where a number is hidden."""
_COLLEGES: Final = ("state", "local_authorities", "social_and_health", "housing_and_employment", "civil_society")
"""The rows of those tables: there were five."""
HIDDEN_MARK: Final = "•"


@dataclass(frozen=True, slots=True)
class OldRow:
    """A college, or all: what its organisations answered; the mark where a number is hidden."""

    label: str
    cells: tuple[str, ...]


def old_columns() -> tuple[str, ...]:
    return (*(label_of(name) for name in CATEGORIES), "Ensemble")


def old_rows(table: Table) -> tuple[OldRow, ...]:
    labels = [*(college_name(college) for college in _COLLEGES), "Ensemble"]
    return tuple(
        OldRow(label, tuple(HIDDEN_MARK if cell is None else str(cell) for cell in cells))
        for label, cells in zip(labels, table, strict=True)
    )


def old_known(table: Table) -> str:
    """« 7 organismes sur 12 connaissent cette action », unless one of the two numbers is hidden."""
    answered, unknown = table[-1][-1], table[-1][CATEGORIES.index("unknown")]
    if answered is None or unknown is None or not answered:
        return ""
    knows = answered - unknown
    verb = "connaissent" if knows > 1 else "connaît"
    return f"{plural(knows, 'organisme', 'organismes')} sur {answered} {verb} cette action"
