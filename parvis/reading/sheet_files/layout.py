"""An office file → its lines and its grids of cells, as bits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.office_blocks import Block, Opened, Paragraph, Table
from parvis.reading.limits import MAX_CHARACTERS, MAX_LINES
from parvis.reading.sheet_files.bits import Bit, bits_of, copied
from parvis.reading.sheet_files.model import Piece
from parvis.reading.sheet_files.tables import Cell, Row

_MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph outside tables."""

    bits: tuple[Bit, ...]

    def all_bits(self) -> Iterator[Bit]:
        yield from self.bits


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, without its empty rows."""

    rows: tuple[Row, ...]

    def all_bits(self) -> Iterator[Bit]:
        for row in self.rows:
            for cell in row.cells:
                yield from cell.bits


@dataclass(frozen=True, slots=True)
class Layout:
    """The source lines, the blocks made of them, and the notes, which no field holds."""

    lines: tuple[str, ...]
    blocks: tuple[Lines | Grid, ...]
    notes: tuple[Piece, ...]


def lay_out(opened: Opened) -> Layout:
    """Reads the blocks of a file. Raises `RefusedInput` when they are far too many."""
    lines: list[str] = []

    def to_bits(paragraphs: Iterable[Paragraph]) -> tuple[Bit, ...]:
        bits: list[Bit] = []
        for paragraph in paragraphs:
            lines.append(paragraph.text)
            if len(lines) > MAX_LINES:
                raise RefusedInput(f"Le fichier a plus de {MAX_LINES} lignes : coupez-le en plusieurs fichiers.")
            bits += bits_of(paragraph, len(lines))
        return tuple(bits)

    blocks = tuple(_bits_of_block(block, to_bits) for block in opened.blocks)
    notes = tuple(bit.piece for bit in to_bits(opened.notes))
    if not any(line.strip() for line in lines):
        raise RefusedInput("Ce fichier ne contient pas de texte à lire : s'il montre une image, recopiez son texte.")
    if sum(map(len, lines)) > MAX_CHARACTERS:
        raise RefusedInput("Le texte est bien trop long pour des fiches : coupez-le en plusieurs fichiers.")
    return Layout(tuple(lines), blocks, notes)


def _bits_of_block(block: Block, to_bits: Callable[[Iterable[Paragraph]], tuple[Bit, ...]]) -> Lines | Grid:
    if not isinstance(block, Table):
        return Lines(to_bits([block]))
    rows = []
    above: dict[int, Cell] = {}
    for place, row in enumerate(block.rows[:_MOST_ROWS]):
        cells = [Cell(rank, to_bits(paragraphs)) for rank, paragraphs in row]
        merged = tuple(above[cell.rank] for cell in cells if (place, cell.rank) in block.merged and cell.rank in above)
        above = {cell.rank: cell for cell in merged}
        above.update({cell.rank: Cell(cell.rank, tuple(map(copied, cell.bits))) for cell in cells if cell.bits})
        rows.append(Row(tuple(cell for cell in cells if cell.bits), len(cells), merged))
    return Grid(tuple(row for row in rows if row.cells))
