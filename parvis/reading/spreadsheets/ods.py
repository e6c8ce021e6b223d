"""LibreOffice sheets, parsed as a stream: a row repeated a million times stays one element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parvis.core.errors import RefusedInput
from parvis.reading.spreadsheets.archive import Archive, forget
from parvis.reading.spreadsheets.cell_text import (
    EMPTY,
    ERROR,
    UNCACHED,
    Cell,
    clean,
    plain_date,
    plain_number,
    plain_truth,
)
from parvis.reading.spreadsheets.limits import MAX_COLUMNS, check_columns, check_rows
from parvis.reading.spreadsheets.sheet import Merge, Sheet

if TYPE_CHECKING:
    from lxml.etree import _Element

_BASE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT: Final = f"{{{_BASE}text:1.0}}"
_TABLE: Final = f"{{{_BASE}table:1.0}}"
_OFFICE: Final = f"{{{_BASE}office:1.0}}"
_STYLE: Final = f"{{{_BASE}style:1.0}}"
_DRAW: Final = f"{{{_BASE}drawing:1.0}}"
_EXTENDED: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
# The cells worth a look, found without making an object of each empty one. What lies under a merged cell does not show.
_FILLED: Final = "table:table-cell[* or @office:value-type or @table:formula or @table:number-columns-spanned]"
_SPACES: Final = {"table": f"{_BASE}table:1.0", "office": f"{_BASE}office:1.0"}
_SKIPPED: Final = frozenset({f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note"})
# LibreOffice keeps what it once read of other files in sheets of this style.
_ELSEWHERE: Final = "ta_extref"
_TRUTHS: Final = frozenset({"VRAI", "FAUX", "TRUE", "FALSE"})
_NESTING: Final = 40
_MOST_BLANKS: Final = 200
_MOST_DIGITS: Final = 9


class Document:
    """A LibreOffice workbook, its sheets known by name and not yet read. `as_shown`: each cell is what it prints."""

    def __init__(self, archive: Archive, *, as_shown: bool = False) -> None:
        self._archive = archive
        self._as_shown = as_shown
        self.hidden: list[str] = []
        # The rank of each sheet that shows among all the tables of the file.
        self._ranks: dict[str, int] = {}
        self._index()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._ranks)

    def _index(self) -> None:
        """Which sheets there are: their rows are passed over."""
        unseen: set[str] = set()
        rank, depth, body = -1, 0, False
        tags = (f"{_STYLE}style", f"{_OFFICE}spreadsheet", f"{_TABLE}table", f"{_TABLE}table-row")
        for event, element in self._archive.elements("content.xml", tags, starts=True):
            tag, ended = element.tag, event == "end"
            if tag == f"{_OFFICE}spreadsheet":
                body = True
            elif tag == f"{_TABLE}table":
                depth += -1 if ended else 1
                if not ended and depth == 1:
                    rank += 1
                    self._name(element, rank, unseen)
            elif tag == f"{_STYLE}style" and ended:
                shown = element.find(f"{_STYLE}table-properties")
                if shown is not None and shown.get(f"{_TABLE}display") == "false":
                    unseen.add(element.get(f"{_STYLE}name", ""))
                forget(element)
            elif tag == f"{_TABLE}table-row" and ended and depth == 1:
                forget(element)
        if not body:
            raise RefusedInput("Ce fichier n'est pas un tableau : enregistrez-le en .xlsx, .ods ou .csv.")

    def _name(self, table: _Element, rank: int, unseen: set[str]) -> None:
        parent = table.getparent()
        style = table.get(f"{_TABLE}style-name", "")
        # Links to other programs keep tables of their own, which are no sheets.
        if parent is None or parent.tag != f"{_OFFICE}spreadsheet" or style == _ELSEWHERE:
            return
        name = clean(table.get(f"{_TABLE}name", "")).text or f"Feuille {rank + 1}"
        if style in unseen:
            self.hidden.append(name)
        else:
            self._ranks.setdefault(name, rank)

    def read(self, name: str) -> Sheet:
        """The cells of a sheet. Raises `RefusedInput` when they are too many."""
        from lxml import etree

        filled = etree.XPath(_FILLED, namespaces=_SPACES)
        sheet = Sheet(name)
        wanted, rank, depth, line = self._ranks[name], -1, 0, 1
        tags = (f"{_STYLE}style", f"{_TABLE}table", f"{_TABLE}table-row")
        for event, element in self._archive.elements("content.xml", tags, starts=True):
            ended = event == "end"
            if element.tag == f"{_TABLE}table":
                depth += -1 if ended else 1
                if depth == 1 and not ended:
                    rank += 1
                elif depth == 0 and rank == wanted:
                    break
            elif element.tag == f"{_TABLE}table-row" and ended and depth == 1:
                if rank == wanted:
                    line += _row(sheet, element, line, filled(element), self._as_shown)
                forget(element)
            elif ended and depth == 0:
                forget(element)
        return sheet


def _row(sheet: Sheet, row: _Element, line: int, filled: list[_Element], as_shown: bool) -> int:
    """Puts a row, of which some cells are filled, and returns how many rows it repeats."""
    times = _count(row, "number-rows-repeated")
    column = 1
    row_cells: list[tuple[int, Cell]] = []
    waiting = iter(filled)
    awaited = next(waiting, None)
    for node in row if filled else ():
        wide = _count(node, "number-columns-repeated") if node.tag in _CELLS else 0
        if node is awaited:
            printed = clean(_paragraphs(node)) if as_shown else EMPTY
            cell = printed if printed.text else _cell(node)
            _merge(sheet, node, line, column)
            if cell.text:
                check_columns(column + wide - 1)
                row_cells.extend((place, cell) for place in range(column, column + wide))
            elif cell.note and column <= MAX_COLUMNS:
                sheet.put(line, column, cell)
            awaited = next(waiting, None)
            if awaited is None:
                break
        column += wide
    if row_cells:
        check_rows(len(sheet.rows) + times)
        for place in range(line, line + times):
            for rank, cell in row_cells:
                sheet.put(place, rank, cell)
    return times


def _count(node: _Element, name: str) -> int:
    return max(1, _number_of(node.get(f"{_TABLE}{name}", "1")))


def _merge(sheet: Sheet, node: _Element, line: int, column: int) -> None:
    rows, columns = _count(node, "number-rows-spanned"), _count(node, "number-columns-spanned")
    if (rows > 1 or columns > 1) and column <= MAX_COLUMNS:
        sheet.merges.append(Merge(line, column, line + rows - 1, column + columns - 1))


def _cell(node: _Element) -> Cell:
    kind = node.get(f"{_OFFICE}value-type", "")
    if node.get(_EXTENDED) == "error":
        return ERROR
    if kind in ("float", "currency", "percentage"):
        return _number(node, node.get(f"{_OFFICE}value", "")[:400])
    if kind == "date":
        return clean(plain_date(node.get(f"{_OFFICE}date-value", "")[:40]))
    if kind == "time":
        return clean(_hours(node.get(f"{_OFFICE}time-value", "")[:40]))
    if kind == "boolean":
        return Cell(plain_truth(node.get(f"{_OFFICE}boolean-value") == "true"))
    text = _paragraphs(node)
    if not kind and not text and node.get(f"{_TABLE}formula"):
        return UNCACHED
    return clean(text or node.get(f"{_OFFICE}string-value", ""))


def _number(node: _Element, value: str) -> Cell:
    number = plain_number(value)
    shown = _paragraphs(node).strip()
    # LibreOffice makes a number of what Excel knew as true or false.
    if shown in _TRUTHS and number in ("0", "1"):
        return Cell(plain_truth(number == "1"))
    # A postal code that shows the zeros it does not hold.
    if shown.isascii() and shown.isdigit() and shown.lstrip("0") == number:
        return Cell(shown)
    return clean(number)


def _hours(value: str) -> str:
    """
    >>> _hours("PT14H30M00S")
    '14:30'
    """
    hours, mark, rest = value.removeprefix("PT").partition("H")
    minutes, _, seconds = rest.partition("M")
    if not (mark and hours.isdigit() and minutes.isdigit()):
        return value
    seconds = seconds.rstrip("S").partition(".")[0].partition(",")[0]
    whole = f"{int(hours):02d}:{int(minutes):02d}"
    return f"{whole}:{seconds}" if seconds.strip("0") else whole


def _paragraphs(node: _Element) -> str:
    pieces: list[str] = []
    for rank, paragraph in enumerate(node.iterchildren(f"{_TEXT}p", f"{_TEXT}h")):
        if rank:
            pieces.append("\n")
        _gather(paragraph, pieces, 0)
    return "".join(pieces)


def _gather(node: _Element, pieces: list[str], depth: int) -> None:
    if node.text:
        pieces.append(node.text)
    for child in node:
        tag = child.tag
        if isinstance(tag, str) and depth < _NESTING and tag not in _SKIPPED and not tag.startswith(_DRAW):
            if tag == f"{_TEXT}s":
                pieces.append(" " * min(_number_of(child.get(f"{_TEXT}c", "1")), _MOST_BLANKS))
            elif tag == f"{_TEXT}tab":
                pieces.append("\t")
            elif tag == f"{_TEXT}line-break":
                pieces.append("\n")
            else:
                _gather(child, pieces, depth + 1)
        if child.tail:
            pieces.append(child.tail)


def _number_of(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else 1
