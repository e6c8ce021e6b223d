"""Tables of a PDF, recognised by the titles of their columns: "Proposition | Qui | Échéance", "Thème | Défis | Atouts".

A PDF says nothing of tables: a row of short texts set apart that names a kind and what tables of reports are headed by
opens one; what is printed under its columns is in it, cell after cell, until a text runs across them.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from typing import Final

from parvis.reading.formats.pdf_pieces import Cell, Line, Piece
from parvis.reading.kind_headings import kind_heading
from parvis.reading.markers import split_marker
from parvis.reading.vocabulary import TABLE_HEADS
from parvis.reading.word_match import words_of

_APART: Final = 10.0
_LONGEST: Final = 40
# White space under a table, in heights of its letters.
_END: Final = 2.2


@dataclass(slots=True)
class _Table:
    """A table being read: its heads with their left edges, its rows, the pieces of each cell.

    `column` and `low` are where the last piece stands and how low the table goes, `size` that of its letters.
    """

    heads: list[Piece]
    rows: list[dict[int, list[Piece]]] = field(default_factory=list)
    column: int = 0
    size: float = 0.0
    low: float = 0.0

    def column_of(self, piece: Piece) -> int | None:
        """The column a piece stands in, None when it stands in none or runs over the next one."""
        edges = [head.x - 3 for head in self.heads]
        rank = bisect(edges, piece.x) - 1
        if rank < 0 or (rank + 1 < len(edges) and piece.right > edges[rank + 1] + 8):
            return None
        return rank

    def holds(self, piece: Piece) -> bool:
        """Whether a piece goes on with the table; it is put in its cell then."""
        rank = self.column_of(piece)
        if rank is None or piece.y >= self.heads[0].y:
            return False
        fresh = not self.rows or rank < self.column
        if fresh and kind_heading(piece.text.strip()) is not None:
            return False
        if self.rows and (abs(piece.size - self.size) > 0.6 or self.low - piece.y > _END * piece.size):
            return False
        if fresh:
            self.rows.append({})
        self.rows[-1].setdefault(rank, []).append(piece)
        self.column, self.size = rank, self.size or piece.size
        self.low = min(self.low, piece.y) if len(self.rows) > 1 or len(self.rows[0]) > 1 else piece.y
        return True


def take_tables(page: int, pieces: list[Piece]) -> tuple[list[Piece], list[list[Line]]]:
    """The pieces that are in no table, and the lines of each table, from top to bottom."""
    rest: list[Piece] = []
    tables: list[list[Line]] = []
    index = 0
    while index < len(pieces):
        heads = _heads(pieces, index)
        table = _Table(heads) if heads else None
        stop = index + len(heads)
        while table is not None and stop < len(pieces) and table.holds(pieces[stop]):
            stop += 1
        if table is not None and table.rows:
            tables.append(_lines(page, table))
            index = stop
        else:
            rest.append(pieces[index])
            index += 1
    return rest, tables


def _heads(pieces: list[Piece], start: int) -> list[Piece]:
    """The heads of a table that begins here; empty when none does."""
    heads = [pieces[start]]
    for piece in pieces[start + 1 : start + 12]:
        if abs(piece.y - heads[0].y) > 2 or piece.x - heads[-1].right < _APART:
            break
        heads.append(piece)
    texts = [piece.text.strip() for piece in heads]
    if len(heads) < 2 or any(len(text) > _LONGEST for text in texts):
        return []
    kinds = sum(kind_heading(text) is not None for text in texts)
    known = sum(kind_heading(text) is None and not TABLE_HEADS.isdisjoint(words_of(text)) for text in texts)
    return heads if kinds and known and kinds + known == len(heads) else []


def _lines(page: int, table: _Table) -> list[Line]:
    heads = [head.text.strip() for head in table.heads]
    lines = [_line(page, [head], Cell(fixed="heading")) for head in table.heads]
    kinds = [kind_heading(head) is not None for head in heads]
    theme = ""
    for row in table.rows:
        for rank in sorted(row):
            if rank == 0 and not kinds[0]:
                theme = " ".join(piece.text.strip() for piece in row[0])
            for item in _items(row[rank]):
                cell = Cell(heads[rank], theme) if kinds[rank] else Cell(fixed="heading" if rank == 0 else "prose")
                lines.append(_line(page, item, cell))
    return lines


def _items(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of a cell, parted where a marker opens an item."""
    items: list[list[Piece]] = []
    for piece in pieces:
        if not items or split_marker(piece.text.strip())[0] is not None:
            items.append([])
        items[-1].append(piece)
    return items


def _line(page: int, pieces: list[Piece], cell: Cell) -> Line:
    first, text = pieces[0], " ".join(" ".join(piece.text for piece in pieces).split())
    return Line(page, first.x, first.y, pieces[-1].right, first.size, first.bold, text, cell)
