"""Tables that list one field of a sheet, its columns titled: partners and their roles, indicators and targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from parvis.reading.sheet_files.label_match import Label, Shape, field_of
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.money import amounts
from parvis.reading.sheet_files.money_rows import MoneyRows
from parvis.reading.sheet_files.tables import Row, money_columns
from parvis.reading.sheet_files.tokens import COLUMNS, Kind, Token

_NAMES_FIRST: Final[frozenset[FieldName]] = frozenset({"partners", "indicators"})
"""What the first column names: the others say more of it. Elsewhere a row is read whole."""
_LISTED: Final[frozenset[FieldName]] = frozenset({*_NAMES_FIRST, "since", "contact"})
_WIDEST: Final = 6
_LONG_TITLE: Final = 40
_FEW: Final = 2


def listed_field(rows: Sequence[Row], under: FieldName | None) -> FieldName | None:
    """The field that a table lists, row by row below its titles; None when it is no such table.

    `under` is the field of the label right above it, if any: a table without such a label must have its first title
    name the field, and no other title name another.
    """
    titles, body = rows[0].cells, rows[1:]
    shaped = _FEW <= len(titles) <= _WIDEST and all(row.cells[0].rank == titles[0].rank for row in body)
    if not (shaped and body) or any(len(cell.text) > _LONG_TITLE or ":" in cell.text for cell in titles):
        return None
    if money_columns(rows, 0) is not None or any(amounts(cell.text) for cell in titles):
        return None
    named = [field[0] if (field := field_of(cell.text)) is not None else None for cell in titles]
    known = sum(row.cells[0].known for row in body)
    if under in _LISTED and 2 * known <= len(body):
        return under if named[0] in (None, under) or under == "contact" else None
    others = {name for name in named[1:] if name not in (None, "text", named[0])}
    alone = named[0] in _NAMES_FIRST and not others and len(body) >= _FEW and 2 * known <= len(body)
    return named[0] if alone else None


def listed_rows(rows: Sequence[Row], name: FieldName, under: FieldName | None, money: MoneyRows) -> Iterator[Token]:
    """The rows of a table that lists a field: their first cell, or all of them."""
    titles = [bit for cell in rows[0].cells for bit in cell.bits]
    if under is None:
        yield Token("label", titles[0], Label(name, 0, len(titles[0].text), Shape("cell")))
        titles = titles[1:]
    yield from (Token("aside", bit) for bit in titles)
    for row in rows[1:]:
        number = money.next_row()
        for cell in row.cells:
            beside = name in _NAMES_FIRST and cell.rank > row.cells[0].rank
            kind: Kind = "aside" if beside else "value"
            line = 0 if name in _NAMES_FIRST else number
            yield from (Token(kind, bit, row=COLUMNS if beside else line) for bit in cell.bits)
