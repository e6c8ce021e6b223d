"""What each column of a table of partners holds, as the import reads it, and as the agent says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from parvis.consultations.operations.partner_cells import COLUMNS, read_cells
from parvis.consultations.operations.partner_rows import read_partner_rows
from parvis.reading.spreadsheets import LEFT_OUT, Grid, columns

NOT_READ: Final = "-"
"""The choice of a column that is left out."""
_WRITTEN_BY_US: Final = ("reason",)
_MOST_QUOTED: Final = 60
_LINES_SHOWN: Final = 4
_TITLES_SHOWN: Final = {
    "organisation": "Organisme", "type": "Type", "name": "Contact", "position": "Fonction", "email": "Courriel",
    "phone": "Téléphone", "address": "Adresse",
}  # fmt: skip
MEANINGS: Final = [(field, titles[0]) for field, titles in COLUMNS.items() if field not in _WRITTEN_BY_US]
"""All that a column may hold."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`name` of its choice in the form, its `title` in the table, the first value under it, what it is read as."""

    name: str
    title: str
    example: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns that hold something: those whose title says nothing, then those that are read, or were left out."""

    unknown: tuple[TableColumn, ...]
    known: tuple[TableColumn, ...]


def table_columns(grid: Grid) -> TableColumns:
    """Those to which an agent may give a meaning."""
    unknown: list[TableColumn] = []
    known: list[TableColumn] = []
    for place, title in enumerate(grid.header):
        example = next((row.cells[place] for row in grid.rows if row.cells[place]), "")
        meaning = _meaning(title)
        if example and meaning not in _WRITTEN_BY_US:
            side = known if meaning or title.startswith(LEFT_OUT) else unknown
            side.append(TableColumn(_name(place), title, example[:_MOST_QUOTED], meaning))
    return TableColumns(tuple(unknown), tuple(known))


def retitle_columns(grid: Grid, chosen: QueryDict) -> Grid:
    """The table under the titles that the agent chose: a column takes its meaning from the one that had it."""
    standing = columns(grid, COLUMNS).columns
    titles: dict[int, str] = {}
    for place, title in enumerate(grid.header):
        choice, meaning = chosen.get(_name(place), ""), _meaning(title)
        if choice == NOT_READ and meaning:
            titles[place] = f"{LEFT_OUT} ({title})"
        elif choice in COLUMNS and choice not in _WRITTEN_BY_US and meaning != choice:
            titles[place] = COLUMNS[choice][0]
            if choice in standing:
                titles.setdefault(standing[choice], f"{LEFT_OUT} ({grid.header[standing[choice]]})")
    return grid.retitled(titles)


def first_lines(grid: Grid) -> tuple[list[str], list[list[str]]]:
    """The first lines as they are understood: titles, then rows, without the columns that say nothing in any."""
    mapped = columns(grid, COLUMNS)
    if "organisation" in mapped.columns:
        cells = [row.cells for row in read_partner_rows(grid, mapped).rows[:_LINES_SHOWN]]
    else:
        cells = [read_cells(grid, mapped, row)[0] for row in grid.rows[:_LINES_SHOWN]]
    fields = [field for field in _TITLES_SHOWN if any(row[field] for row in cells)]
    return [_TITLES_SHOWN[field] for field in fields], [[row[field] for field in fields] for row in cells]


def _meaning(title: str) -> str:
    """What a title says by itself, whatever the others: two columns may say the same of two people."""
    alone = Grid("", (), (title,), 1, (), ())
    return next(iter(columns(alone, COLUMNS).columns), "")


def _name(place: int) -> str:
    return f"column-{place}"
