"""Tables whose first column only says in which part of the sheet a row is: « Contenu | Constat | … »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.tables import Cell, Row

_FEW: Final = 3


def without_sections(rows: Sequence[Row]) -> tuple[dict[int, tuple[Cell, ...]], Sequence[Row]]:
    """The cells that name a part, by the rank of their row, and the rows without them; none when labels come first."""
    second = [cell for row in rows for cell in row.cells if cell.rank == 1 and cell.known]
    first = [cell for row in rows for cell in row.cells if cell.rank == 0 and cell.known and len(row.cells) > 1]
    beside = sum(row.cells[-1].rank > 1 and not row.cells[-1].known for row in rows)
    if len(second) < _FEW or len(second) < 2 * len(first) or beside < _FEW:
        return {}, rows
    parts: dict[int, tuple[Cell, ...]] = {}
    kept: list[Row] = []
    for place, row in enumerate(rows):
        if row.cells[0].rank == 0 and len(row.cells) > 1:
            parts[place] = row.cells[:1]
            row = Row(row.cells[1:], row.width - 1)
        kept.append(Row(tuple(Cell(max(cell.rank - 1, 0), cell.bits) for cell in row.cells), row.width, ()))
    return parts, kept
