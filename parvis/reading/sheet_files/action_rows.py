"""A table with an action in each row → tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parvis.reading.sheet_files.bits import Bit, copied
from parvis.reading.sheet_files.cell_labels import as_label
from parvis.reading.sheet_files.label_shapes import LabelShapes
from parvis.reading.sheet_files.money_rows import MoneyRows
from parvis.reading.sheet_files.part_titles import field_of_part, theme_tokens
from parvis.reading.sheet_files.ranks import GUESSED
from parvis.reading.sheet_files.row_tables import RowTable
from parvis.reading.sheet_files.tokens import FUNDING, NOWHERE, Token


def action_rows(table: RowTable, shapes: LabelShapes, money: MoneyRows) -> Iterator[Token]:
    """A sheet for each row. The title of a part above rows is their theme, unless a column names it."""
    for row in table.heads:
        yield from (Token("section", bit) for cell in row.cells for bit in cell.bits)
    theme: list[Bit] = []
    for row in table.rows:
        if not table.is_action(row):
            yield from _left_out(theme)
            theme = [bit for cell in row.cells for bit in cell.bits]
            if len(row.cells) > 1 or table.names(field_of_part([bit.text for bit in theme])):
                yield from _left_out(theme)
                theme = []
            continue
        yield Token("row", NOWHERE)
        if theme:
            for bit in theme:
                yield from theme_tokens(bit, GUESSED)
            theme = [copied(bit) for bit in theme]
        for cell in sorted((*row.cells, *row.merged), key=lambda cell: cell.rank):
            above = table.labels.get(cell.rank)
            named = tuple(copied(bit) for bit in above.bits) if above is not None else ()
            if cell.rank in table.funders:
                yield from money.pair((*named, *cell.bits), FUNDING)
                continue
            yield Token("close", NOWHERE)
            if above is not None:
                yield from as_label(replace(above, bits=named), shapes)
            yield from (Token("value", bit) for bit in cell.bits)
    yield from _left_out(theme)
    yield Token("row", NOWHERE)


def _left_out(bits: Sequence[Bit]) -> Iterator[Token]:
    """Words of a table of actions that are in none of them."""
    if any(bit.piece.line for bit in bits):
        yield Token("row", NOWHERE)
        yield from (Token("section", bit) for bit in bits)
