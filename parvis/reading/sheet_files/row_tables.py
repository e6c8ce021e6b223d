"""Tables with an action in each row, under one row of labels or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from parvis.reading.sheet_files.label_match import field_of, numbering
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.money import amounts, is_amount, is_total
from parvis.reading.sheet_files.payers import names_payer
from parvis.reading.sheet_files.tables import Cell, Row
from parvis.reading.sheet_files.vocabulary import is_void

_LABELS: Final = 3
_DEEPEST: Final = 3
_MOST_COLUMNS: Final = 1_000


@dataclass(frozen=True, slots=True)
class RowTable:
    """`heads` are the rows above the actions; `labels` the cell that names each column, `funders` those who pay."""

    heads: tuple[Row, ...]
    labels: dict[int, Cell]
    title: int
    rows: tuple[Row, ...]
    funders: frozenset[int] = frozenset()

    def names(self, field: FieldName) -> bool:
        """Whether a column holds this field."""
        return any(_field(cell) == field for cell in self.labels.values())

    def is_action(self, row: Row) -> bool:
        """Whether a row names an action, and something of it: a total does not, nor does the title of a part."""
        named = next((cell.text for cell in row.cells if cell.rank == self.title), "")
        return len(row.cells) > 1 and bool(named) and not any(is_total(cell.text) for cell in row.cells[:2])


def row_table(rows: Sequence[Row]) -> RowTable | None:
    """The table as one with an action in each row; None when it is no such table.

    A row of labels names the action and two other fields at least, and two rows below it are no labels.
    """
    for depth, row in enumerate(rows[:_DEEPEST]):
        named = {cell.rank: field for cell in row.cells if (field := _field(cell)) is not None}
        title = next((rank for rank, name in named.items() if name == "title"), None)
        if title is None or len(set(named.values())) < _LABELS or 2 * len(named) <= len(row.cells):
            continue
        labels = {cell.rank: cell for cell in row.cells}
        below = rows[depth + 1 :]
        funders = _funders(row, below[0]) if below else frozenset()
        deeper = 1 if below and (funders or _names_parts(below[0])) else 0
        funders |= _paying_columns(row, below) if not deeper else frozenset()
        labels.update({cell.rank: cell for row in below[:deeper] for cell in row.cells})
        made = RowTable(tuple(rows[: depth + 1 + deeper]), labels, title, tuple(below[deeper:]), funders)
        actions = [row for row in made.rows if made.is_action(row)]
        if len(actions) > 1 and not any(_names_parts(row) for row in actions):
            return made
    return None


def _funders(row: Row, below: Row) -> frozenset[int]:
    """Ranks of the columns that each name who pays: all that stands under a label of funding, two of them at least."""
    for cell, following in zip(row.cells, (*row.cells[1:], None), strict=True):
        until = following.rank if following is not None else _MOST_COLUMNS
        within = len(below.cells) > 1 and all(cell.rank <= under.rank < until for under in below.cells)
        if within and _field(cell) == "funding":
            named = any(_field(under) in ("budget", "funding") or amounts(under.text) for under in below.cells)
            return frozenset() if named else frozenset(under.rank for under in below.cells)
    return frozenset()


def _paying_columns(row: Row, below: Sequence[Row]) -> frozenset[int]:
    """Ranks of the columns of nothing but amounts, each headed by who pays, and of those between two of them."""
    columns = [cell.rank for cell in row.cells if _field(cell) not in ("budget", "funding", "since")]
    money = [rank for rank in columns if _only_amounts(rank, below)]
    payers = [cell.rank for cell in row.cells if cell.rank in money and names_payer(cell.text)]
    if not payers:
        return frozenset()
    return frozenset(rank for rank in money if min(payers) <= rank <= max(payers))


def _only_amounts(rank: int, below: Sequence[Row]) -> bool:
    texts = [cell.text for line in below for cell in line.cells if cell.rank == rank]
    return bool(texts) and all(is_amount(text) or is_void(text) for text in texts)


def _field(cell: Cell) -> FieldName | None:
    field = field_of(cell.text[numbering(cell.text) :])
    return field[0] if field is not None else None


def _names_parts(row: Row) -> bool:
    """Whether a row holds nothing but labels, known or in strong letters, one of them known."""
    return any(cell.known for cell in row.cells) and all(cell.known or cell.strong for cell in row.cells)
