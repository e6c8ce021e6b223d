"""Rows of a table that say who pays, and how much → tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import Label
from parvis.reading.sheet_files.money import amounts, is_amount, is_total
from parvis.reading.sheet_files.tables import Cell, MoneyColumns, Row
from parvis.reading.sheet_files.tokens import FUNDING, TOTAL, Kind, Token
from parvis.reading.sheet_files.vocabulary import is_void


class MoneyRows:
    """Numbers the rows it reads, so that who pays and how much are read together."""

    def __init__(self) -> None:
        self._row = 0

    def next_row(self) -> int:
        """The number of one more row."""
        self._row += 1
        return self._row

    def heads(self, row: Row) -> Iterator[Token]:
        first: Label | None = FUNDING
        for cell in row.cells:
            for bit in cell.bits:
                yield Token("label", bit, first)
                first = None

    def pair(self, bits: Iterable[Bit], label: Label) -> Iterator[Token]:
        """Who pays, then how much."""
        self._row += 1
        yield from (Token("value", bit, label, row=self._row) for bit in bits)

    def paid(self, cells: Sequence[Cell]) -> Iterator[Token]:
        total = is_total(cells[0].text)
        yield from self.pair((bit for cell in cells for bit in cell.bits), TOTAL if total else FUNDING)

    def line(self, row: Row, columns: MoneyColumns) -> Iterator[Token]:
        """A line of money: source, amount, then the rest of the line. A line of expenses is no funding."""
        cells = {cell.rank: cell for cell in row.cells}
        paired = {rank for pair in columns.pairs for rank in pair}
        sources = sorted(source for source, _ in columns.pairs)
        for source, amount in columns.pairs:
            bits = [bit for rank in (source, amount) if rank in cells for bit in cells[rank].bits]
            total = source in cells and is_total(cells[source].text)
            if source in columns.spent and not total:
                yield from (Token("aside", bit, FUNDING) for bit in bits)
            else:
                yield from self.pair(bits, TOTAL if total else FUNDING)
        total = any(source in cells and is_total(cells[source].text) for source in sources)
        for rank, cell in cells.items():
            if rank not in paired:
                # Beside a total or an expense, what other columns say is nothing more.
                spent = max((source for source in sources if source < rank), default=-1) in columns.spent
                kind: Kind = "aside" if total or spent else "value"
                yield from (Token(kind, bit, TOTAL if total else FUNDING, row=self._row) for bit in cell.bits)


def is_money(row: Row, columns: MoneyColumns) -> bool:
    ranks = {rank for pair in columns.pairs for rank in pair}
    inside = [cell for cell in row.cells if cell.rank in ranks]
    if not inside:
        return False
    return any(is_amount(cell.text) or amounts(cell.text) or is_void(cell.text) for cell in inside[1:]) or (
        len(row.cells) == len(inside) == 1 and not inside[0].known
    )
