"""A workbook of action sheets → its blocks: the tabs that show, one after the other, their cells as they print.

Rows of one cell above a table or under it are lines; columns where nothing stands are none. A tab that says how to
fill the others is kept as notes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from parvis.reading.formats.office_blocks import Block, Mark, Opened, Paragraph, Table, set_paragraph
from parvis.reading.formats.zip_parts import damaged
from parvis.reading.sheet_files.tabs import forms_again, is_guidance_tab
from parvis.reading.spreadsheets.reader import Book
from parvis.reading.spreadsheets.sheet import Sheet

_MOST_TABS: Final = 200
# Merged ranges never overlap: together they cover the rows of a sheet a few times at most.
_MOST_COVERED: Final = 1_000_000


def blocks_of(book: Book, format_name: str) -> Opened:
    """The blocks of a workbook whose cells are read as they print."""
    tabs = [book.read(name) for name in book.names[:_MOST_TABS]]
    sheets = [tab for tab in tabs if not is_guidance_tab(tab.name)]
    again = forms_again([list(_first_cells(tab)) for tab in sheets])
    blocks: list[Block] = []
    starts: set[int] = set()
    for rank, sheet in enumerate(sheets):
        if rank in again:
            starts.add(len(blocks))
        blocks += _tab(sheet)
    notes = (note for tab in tabs if is_guidance_tab(tab.name) for note in _lone(tab, sorted(tab.rows)))
    return Opened(format_name, tuple(blocks), tuple(notes), frozenset(starts))


def _first_cells(sheet: Sheet) -> Iterator[str]:
    """The leftmost cell of each row: where a form has its labels."""
    for row in sheet.rows.values():
        if row:
            yield row[min(row)]


def _tab(sheet: Sheet) -> Iterator[Block]:
    lines = [line for line in sorted(sheet.rows) if sheet.rows[line]]
    wide = [place for place, line in enumerate(lines) if len(sheet.rows[line]) > 1]
    first = last = len(lines)
    if wide:
        left = min(min(sheet.rows[lines[place]]) for place in wide)
        first, last = wide[0], wide[-1] + 1
        while last < len(lines) and min(sheet.rows[lines[last]]) > left:
            last += 1  # one more value of the last label, beside it
    yield from _lone(sheet, lines[:first])
    if wide:
        yield _table(sheet, lines[first:last])
    yield from _lone(sheet, lines[last:])


def _lone(sheet: Sheet, lines: list[int]) -> Iterator[Paragraph]:
    for line in lines:
        yield from (_paragraph(text) for text in sheet.rows[line].values())


def _table(sheet: Sheet, lines: list[int]) -> Table:
    columns = sorted({column for line in lines for column in sheet.rows[line]})
    table = Table()
    for line in lines:
        row = sheet.rows[line]
        cells = [[*map(_paragraph, row[column].split("\n"))] if column in row else [] for column in columns]
        table.rows.append(list(enumerate(cells)))
    table.merged = set(_merged(sheet, lines, {column: rank for rank, column in enumerate(columns)}))
    return table


def _merged(sheet: Sheet, lines: list[int], ranks: dict[int, int]) -> Iterator[tuple[int, int]]:
    """The places, as (rank of the row, rank of the column), that continue the cell above them."""
    covered = 0
    for merge in sheet.merges:
        if merge.left in ranks:
            rows = range(bisect_right(lines, merge.top), bisect_right(lines, merge.bottom))
            covered += len(rows)
            if covered > _MOST_COVERED:
                raise damaged()
            yield from ((row, ranks[merge.left]) for row in rows)


def _paragraph(text: str) -> Paragraph:
    return set_paragraph([(text, Mark.PLAIN)])
