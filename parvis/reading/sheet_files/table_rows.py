"""Tables → tokens: labels beside their values or above them, lists, money, an action in each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from parvis.reading.sheet_files.action_rows import action_rows
from parvis.reading.sheet_files.cell_labels import as_label, card_tokens, under_label
from parvis.reading.sheet_files.heads import is_banner
from parvis.reading.sheet_files.label_match import find_label, is_section
from parvis.reading.sheet_files.label_shapes import LabelShapes
from parvis.reading.sheet_files.list_tables import listed_field, listed_rows
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.money_rows import MoneyRows, is_money
from parvis.reading.sheet_files.printed_lines import printed
from parvis.reading.sheet_files.row_tables import row_table
from parvis.reading.sheet_files.section_columns import without_sections
from parvis.reading.sheet_files.tables import (
    Cell,
    MoneyColumns,
    Row,
    bare_money,
    continues,
    guidance_ranks,
    is_columnar,
    is_of_cards,
    is_paid,
    labels_above,
    money_columns,
)
from parvis.reading.sheet_files.tokens import NOWHERE, Token
from parvis.reading.sheet_files.turned_tables import turned_table

_LONG_LABEL: Final = 90
_MOST_ROWS: Final = 20_000


class TableRows:
    """Reads the tables of one document, whose labels are set as `shapes` knows."""

    def __init__(self, shapes: LabelShapes) -> None:
        self._shapes = shapes
        self._money = MoneyRows()

    def tokens(self, rows: Sequence[Row], under: FieldName | None) -> Iterator[Token]:
        """The tokens of a table. `under` is the field of the label right above it, if any."""
        listed = listed_field(rows, under) if rows else None
        yield from self._table(rows) if listed is None else listed_rows(rows, listed, under, self._money)

    def _table(self, rows: Sequence[Row]) -> Iterator[Token]:
        guidance = guidance_ranks(rows) if len(rows) > 1 else None
        actions = row_table(rows) or (turned_table(rows) if guidance is None else None)
        if actions is not None:
            yield from action_rows(actions, self._shapes, self._money)
            return
        if guidance is not None:
            yield from (Token("section", bit) for cell in rows[0].cells for bit in cell.bits)
            rows = rows[1:]
        if is_of_cards(rows):
            yield from self._cards(rows)
            return
        parts, rows = ({}, rows) if guidance is not None else without_sections(rows)
        columnar = guidance is not None or bool(parts) or is_columnar(rows)
        money: MoneyColumns | None = bare_money(rows)
        rank, before, paying = 0, "", False
        while rank < len(rows):
            row = rows[rank]
            following = rows[rank + 1] if rank + 1 < len(rows) else None
            if rank in parts:
                yield from (Token("section", bit) for cell in parts[rank] for bit in cell.bits)
                before = ""
            if is_banner(row):
                yield from self._banner(row)
                rank += 1
                continue
            if columnar and _is_part(row, following):
                yield from (Token("section", bit) for bit in row.cells[0].bits)
                rank, before, paying = rank + 1, "", False
                continue
            heads = money_columns(rows, rank)
            paid = heads is None and money is not None and is_money(row, money)
            continued = columnar and before == "beside" and continues(row)
            if before and not (continued or (paid and before == "money")):
                yield Token("close", NOWHERE)
            before = ""
            paying = paying and (is_paid(row.cells) or not row.cells[0].known)
            if paying and is_paid(row.cells):
                yield from self._money.paid(row.cells)
            elif heads is not None:
                money = heads
                yield from self._money.heads(row)
            elif paid and money is not None:
                yield from self._money.line(row, money)
                before = "money"
            elif continued:
                yield from self._continued(row)
                before = "beside"
            elif columnar and (len(row.cells) > 1 or (row.width > 1 and row.cells[0].known)):
                yield from self._beside(row, guidance or frozenset())
                before, paying = "beside", _opens_money(row)
            elif labels_above(row, following) and following is not None:
                yield from (Token("section", bit) for cell in parts.get(rank + 1, ()) for bit in cell.bits)
                yield from self._above(row, following)
                rank += 1
            else:
                for cell in row.cells:
                    yield from as_label(cell, self._shapes) if cell.known else self._own_labels(cell)
            rank += 1

    def _cards(self, rows: Sequence[Row]) -> Iterator[Token]:
        for row in rows:
            for cell in row.cells:
                if cell.card or (len(row.cells) > 1 and cell.strong):
                    yield from card_tokens(cell, self._shapes, self._money)
                else:
                    yield from self._own_labels(cell)

    def _own_labels(self, cell: Cell) -> Iterator[Token]:
        """A cell read by itself: a label that has its value there names nothing in the next cell."""
        yield from printed(cell.bits, self._shapes)
        label = find_label(cell.bits[0])
        if label is not None and (label.end < len(cell.bits[0].text) or len(cell.bits) > 1):
            yield Token("close", NOWHERE)

    def _banner(self, row: Row) -> Iterator[Token]:
        announcement, title = row.cells
        yield Token("head", announcement.bits[0], end=len(announcement.text))
        yield from (Token("title", bit) for bit in title.bits)

    def _beside(self, row: Row, guidance: frozenset[int]) -> Iterator[Token]:
        """« Porteur | X », « Porteur | X | Depuis | 2019 ». The last label holds until the next row."""
        waiting = False
        cells = row.cells
        for place, cell in enumerate(cells):
            if cell.rank in guidance:
                yield from (Token("aside", bit) for bit in cell.bits)
                continue
            if waiting and cell.known and place + 1 < len(cells) and cell.rank > cells[place - 1].rank + 1:
                waiting = False  # the cell of the value before is empty
            if waiting and is_paid(cells[place:]):
                yield from self._money.paid(cells[place:])
                return
            is_label = not waiting and (
                cell.known
                or (place == 0 and cell.rank == 0)
                or (cell.strong and place + 1 < len(cells) and len(cell.text) <= _LONG_LABEL)
                or _has_no_value(row, place)
                or (place > 0 and is_paid(cells[place : place + 2]) and len(cell.text) <= _LONG_LABEL)
            )
            if is_label:
                yield from as_label(cell, self._shapes)
            else:
                yield from under_label(cell, self._money)
            waiting = is_label

    def _continued(self, row: Row) -> Iterator[Token]:
        """A row without label, under that of the row above: one value more, or « Ville | 48 000 € »."""
        if is_paid(row.cells):
            yield from self._money.paid(row.cells)
            return
        for cell in row.cells:
            yield from under_label(cell, self._money)

    def _above(self, row: Row, following: Row) -> Iterator[Token]:
        """Each label, then the cells that stand under it."""
        cells = row.cells
        for place, cell in enumerate(cells):
            yield from as_label(cell, self._shapes)
            until = cells[place + 1].rank if place + 1 < len(cells) else _MOST_ROWS
            start = cell.rank if place else 0
            for below in following.cells:
                if start <= below.rank < until:
                    yield from under_label(below, self._money)
        yield Token("close", NOWHERE)


def _is_part(row: Row, following: Row | None) -> bool:
    """Whether a cell alone above labels that have their values beside them only names a part of the sheet."""
    if len(row.cells) > 1 or following is None or len(following.cells) < 2 or is_paid(following.cells):
        return False
    cell = row.cells[0]
    named = len(cell.bits) == 1 and (cell.known or is_section(cell.text))
    return cell.rank == 0 and named and following.cells[0].known and not following.cells[1].known


def _opens_money(row: Row) -> bool:
    """Whether a label of funding has no value beside it: who pays is said in the rows below."""
    label = find_label(row.cells[0].bits[0])
    return len(row.cells) == 1 and label is not None and label.name == "funding"


def _has_no_value(row: Row, place: int) -> bool:
    """Whether the last cell is a label as the first is, above nothing: the cell beside it is empty."""
    cells = row.cells
    last = place == len(cells) - 1 > 1 and cells[place].rank + 1 < row.width
    return last and cells[0].strong and cells[place].strong and not cells[place - 1].strong
