"""Paragraphs and tables as office files hold them, made into runs: what docx and odt share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Final

from parvis.reading.kind_headings import kind_heading
from parvis.reading.limits import check_characters, check_rows
from parvis.reading.runs import Fixed, Run, SourceRuns

_MOST_COLUMNS: Final = 100
_HEAD: Final = 60


class Mark(IntFlag):
    """How letters are set: `HINT` is what a form shows in a field where nothing was typed."""

    PLAIN = 0
    BOLD = 1
    UNDERLINED = 2
    ITALIC = 4
    HINT = 8


Letters = tuple[str, Mark]
"""A stretch of text set in one way."""


@dataclass(slots=True)
class Paragraph:
    """One paragraph. `text` keeps its inner breaks as new lines; `letters` is the same text, as it is set.

    `label` is the number its list prints, None for a bullet; `depth` 0 outside lists. `row` is the row it is in, of a
    table inside a cell; 0 elsewhere.
    """

    text: str
    heading: int = 0
    bold: bool = False
    depth: int = 0
    label: str | None = None
    title: bool = False
    letters: tuple[Letters, ...] = ()
    row: int = 0


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell is (rank of its column, its paragraphs).

    `merged` are the cells, as (rank of the row, rank of the column), that continue the one above them.
    """

    rows: list[list[tuple[int, list[Paragraph]]]] = field(default_factory=list)
    merged: set[tuple[int, int]] = field(default_factory=set)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Opened:
    """An office file, its blocks in order and its notes. `starts` are the ranks of blocks that begin a form again."""

    format: str
    blocks: tuple[Block, ...]
    notes: tuple[Paragraph, ...]
    starts: frozenset[int] = frozenset()


def set_paragraph(letters: Iterable[Letters]) -> Paragraph:
    """A paragraph of these letters, soft hyphens left out; bold when every word of it is."""
    kept = tuple((text.replace("\u00ad", ""), mark) for text, mark in letters)
    marks = [mark for text, mark in kept if text.strip()]
    return Paragraph(
        "".join(text for text, _ in kept), bold=bool(marks) and all(Mark.BOLD in mark for mark in marks), letters=kept
    )


def flatten(blocks: Iterator[Block]) -> Iterator[Paragraph]:
    """The paragraphs of a cell; a table inside it is read cell after cell."""
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                number += 1
                for _, paragraphs in row:
                    for paragraph in paragraphs:
                        paragraph.row = number
                        yield paragraph


class Layout:
    """Gathers the lines and the runs of a document, paragraph after paragraph."""

    def __init__(self, format_name: str) -> None:
        self._format = format_name
        self._lines: list[str] = []
        self._runs: list[Run] = []
        self._blank = True
        self._size = 0
        self._title: str | None = None

    def add(self, blocks: Iterator[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)

    def source_runs(self, warnings: tuple[str, ...] = ()) -> SourceRuns:
        check_characters("\n".join(self._lines) or " ")
        return SourceRuns(self._format, tuple(self._lines), tuple(self._runs), self._title, warnings)

    def _paragraph(self, paragraph: Paragraph, head: str = "", row_head: str = "", fixed: Fixed = "") -> None:
        """One source line; several runs when the paragraph holds line breaks."""
        self._lines.append(paragraph.text)
        self._size += len(paragraph.text)
        check_rows(len(self._lines))
        if not paragraph.text.strip():
            self._blank = True
            return
        if paragraph.title and self._title is None and not self._runs:
            self._title, fixed = " ".join(paragraph.text.split()), "title"
        start = 0
        for rank, piece in enumerate(paragraph.text.split("\n")):
            text = piece.strip()
            if text:
                self._runs.append(
                    Run(
                        number=len(self._lines),
                        column=start + piece.index(text[0]) + 1,
                        text=text,
                        after_blank=(self._blank and rank == 0) or bool(head),
                        heading=paragraph.heading if rank == 0 else 0,
                        bold=paragraph.bold,
                        depth=paragraph.depth if rank == 0 else 0,
                        ordinal=paragraph.label if rank == 0 else None,
                        column_head=head,
                        row_head=row_head,
                        fixed=fixed,
                    )
                )
            start += len(piece) + 1
        self._blank = False

    def add_notes(self, paragraphs: Iterable[Paragraph]) -> None:
        """Footnotes, after all the rest: kept, and never contributions."""
        self._cell(list(paragraphs), fixed="prose")

    def _table(self, table: Table) -> None:
        """From a row that names kinds on, a table is read by columns; above it, cell after cell.

        A theme holds until the next: cells merged downwards, and a row that is nothing but one.
        """
        heads: dict[int, str] = {}
        row_head = ""
        self._blank = True
        for row in table.rows:
            if fresh := _heads(row):
                heads, row_head = fresh, row_head if kind_heading(fresh.get(0, "")) is not None else ""
            for rank, paragraphs in row:
                text = _one_line(paragraphs)
                if fresh:
                    self._cell(paragraphs, fixed="heading")
                elif heads and (len(row) == 1 < len(heads) and len(text) <= _HEAD):
                    row_head = text or row_head
                    self._cell(paragraphs, fixed="heading")
                elif heads and kind_heading(heads.get(rank, "")) is not None:
                    self._cell(paragraphs, head=heads[rank], row_head=row_head)
                elif heads and rank == 0:
                    row_head = text[:200] or row_head
                    self._cell(paragraphs, fixed="heading")
                elif heads:
                    self._cell(paragraphs, fixed="prose")
                else:
                    self._cell(paragraphs)
        self._blank = True

    def _cell(self, paragraphs: list[Paragraph], head: str = "", row_head: str = "", fixed: Fixed = "") -> None:
        self._blank = True
        for paragraph in paragraphs:
            self._paragraph(paragraph, head, row_head, fixed)


def _one_line(paragraphs: list[Paragraph]) -> str:
    return " ".join(paragraph.text.strip() for paragraph in paragraphs if paragraph.text.strip())


def _heads(row: list[tuple[int, list[Paragraph]]]) -> dict[int, str]:
    """The texts of a row when two of them at least name kinds; else nothing."""
    if not 2 <= len(row) <= _MOST_COLUMNS:
        return {}
    heads = {rank: _one_line(paragraphs) for rank, paragraphs in row}
    if any(len(text) > _HEAD for text in heads.values()):
        return {}
    return heads if sum(kind_heading(text) is not None for text in heads.values()) >= 2 else {}


def roman(value: int) -> str:
    """
    >>> roman(14)
    'xiv'
    """
    signs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
             (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    numeral = ""
    for worth, sign in signs:
        numeral += sign * (value // worth)
        value %= worth
    return numeral


def letters(value: int) -> str:
    """
    >>> letters(1), letters(27)
    ('a', 'aa')
    """
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
