"""What each format gives: runs of text, with its hints on each (heading, bold, list, cell).

One source line makes one run, or several where the format itself says so (the cells of a table, a heading and its
anchor). The runs of a line cover all its non-blank characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Fixed = Literal["", "title", "preamble", "heading", "prose", "furniture"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a source line, stripped, and what its format says of it.

    number, column  where it starts, from 1.
    indent          width of the white space before it.
    after_blank     an empty line (or a paragraph's end) comes before.
    heading         0, or the level of a heading.
    bold            the whole run is bold.
    depth           0, or how deep in lists the run is an item.
    ordinal         the number a list gives it, when it is not in the text.
    continues       belongs to the same paragraph or list item as the run before.
    page            page on which it is printed, 0 when unknown.
    column_head, row_head   texts that head its column and row in a table.
    fixed           a role the format imposes.
    """

    number: int
    column: int
    text: str
    indent: int = 0
    after_blank: bool = False
    heading: int = 0
    bold: bool = False
    depth: int = 0
    ordinal: str | None = None
    continues: bool = False
    page: int = 0
    column_head: str = ""
    row_head: str = ""
    fixed: Fixed = ""


@dataclass(frozen=True, slots=True)
class SourceRuns:
    """A source as its format gives it: its lines, and the runs that cover them."""

    format: str
    lines: tuple[str, ...]
    runs: tuple[Run, ...]
    title: str | None = None
    warnings: tuple[str, ...] = field(default=())
