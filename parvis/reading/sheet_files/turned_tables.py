"""Tables with an action in each column, beside one column of labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.label_match import field_of, numbering
from parvis.reading.sheet_files.row_tables import RowTable
from parvis.reading.sheet_files.tables import Cell, Row

_LABELS: Final = 3
_LONGEST_TITLE: Final = 120


def turned_table(rows: Sequence[Row]) -> RowTable | None:
    """The table as one with an action in each row; None when its columns are no actions.

    Its first cells are labels, one of the action's name; most rows say something of each action, none of which is a
    label.
    """
    if any(cell.known for row in rows for cell in row.cells[1:]):
        return None
    labels = {place: row.cells[0] for place, row in enumerate(rows) if row.cells[0].rank == 0}
    named = {place: field[0] for place, cell in labels.items() if (field := _field(cell)) is not None}
    title = next((place for place, name in named.items() if name == "title"), None)
    if title is None or len(set(named.values())) < _LABELS or 2 * len(named) < len(labels):
        return None
    columns = [cell.rank for cell in rows[title].cells[1:]]
    names = {cell.text for cell in rows[title].cells[1:]}
    if len(names) < 2 or max(map(len, names)) > _LONGEST_TITLE:
        return None
    full = sum(len(row.cells) - 1 == len(columns) for place, row in enumerate(rows) if place in named)
    if 2 * full <= len(named):
        return None
    heads = (*(row for place, row in enumerate(rows) if place not in labels), Row(tuple(labels.values()), len(rows)))
    turned = tuple(Row(_column(rows, labels, rank), len(rows)) for rank in columns)
    return RowTable(heads, labels, title, turned)


def _column(rows: Sequence[Row], labels: dict[int, Cell], rank: int) -> tuple[Cell, ...]:
    cells = ((place, cell) for place in labels for cell in rows[place].cells[1:] if cell.rank == rank)
    return tuple(Cell(place, cell.bits) for place, cell in cells)


def _field(cell: Cell) -> tuple[str, int] | None:
    return field_of(cell.text[numbering(cell.text) :])
