"""The columns of a table that the import does not know: shown with a value, and given a meaning by the agent."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from parvis.consultations.operations.partner_cells import COLUMNS
from parvis.reading.spreadsheets import Grid, columns

_NOT_READ = ("college", "reason")
_MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """`name` of its field in the form, its `title` in the table, the first value under it."""

    name: str
    title: str
    example: str


def choices_left(grid: Grid) -> list[tuple[str, str]]:
    """What no column of `grid` says yet, and the title that says it."""
    missing = columns(grid, COLUMNS).missing
    return [(field, COLUMNS[field][0]) for field in missing if field not in _NOT_READ]


def unknown_columns(grid: Grid) -> list[UnknownColumn]:
    """Those that hold something and whose title says nothing, or is missing."""
    unknown = {"", *columns(grid, COLUMNS).unknown}
    rows = []
    for place, title in enumerate(grid.header):
        example = next((row.cells[place] for row in grid.rows if row.cells[place]), "")
        if title in unknown and example:
            rows.append(UnknownColumn(_name(place), title, example[:_MOST_QUOTED]))
    return rows


def retitle_columns(grid: Grid, chosen: QueryDict) -> Grid:
    """The table under the titles that the agent chose for columns unknown until then."""
    fields = {place: chosen.get(_name(place), "") for place in range(len(grid.header))}
    return grid.retitled({place: COLUMNS[field][0] for place, field in fields.items() if field in COLUMNS})


def _name(place: int) -> str:
    return f"column-{place}"
