"""Tables typed as text: a row of titles that names kinds, cells between tabs (from Word) or bars (Markdown)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parvis.reading.kind_headings import kind_heading
from parvis.reading.runs import Run

_TAB_CELL: Final = re.compile(r"[^\t]+")
_BAR_CELL: Final = re.compile(r"[^|]+")
# A line with more cells than this is no table that people typed: it is read as a plain line.
_MOST_CELLS: Final = 100


def split_tabs(lines: list[str]) -> dict[int, list[Run]]:
    """The runs of the lines that are rows of a table of kinds, by index of line."""
    return _split(lines, "\t", _TAB_CELL)


def split_bars(lines: list[str]) -> dict[int, list[Run]]:
    """The same for the tables of Markdown; bars and drawn lines are furniture."""
    return _split(lines, "|", _BAR_CELL)


def _split(lines: list[str], bar: str, cell: re.Pattern[str]) -> dict[int, list[Run]]:
    rows: dict[int, list[Run]] = {}
    heads: list[str] = []
    theme = ""
    for index, line in enumerate(lines):
        if not 0 < line.count(bar) <= _MOST_CELLS:
            heads = []
            continue
        cells = line.strip("|").split("|") if bar == "|" else line.split("\t")
        texts = [text.strip() for text in cells]
        kinds = sum(kind_heading(text) is not None for text in texts)
        if kinds >= 2 and all(not text or len(text) <= 60 for text in texts):
            heads, theme = texts, ""
            rows[index] = list(_row(index, line, bar, cell, [], theme, head=True))
        elif heads and len(texts) <= len(heads):
            if texts[0].strip("-: ") and kind_heading(heads[0]) is None:
                theme = texts[0]
            rows[index] = list(_row(index, line, bar, cell, heads, theme, head=False))
        else:
            heads = []
    return rows


def _row(
    index: int, line: str, bar: str, cell: re.Pattern[str], heads: list[str], theme: str, *, head: bool
) -> Iterator[Run]:
    """The runs of a row; `theme` is its own, or that of the rows above when it leaves it out."""
    position = 0
    first = 1 if bar == "|" and line.lstrip().startswith("|") else 0
    for match in cell.finditer(line):
        if bar == "|" and match.start() > position:
            yield Run(index + 1, position + 1, line[position : match.start()], fixed="furniture")
        position = match.end()
        text = match.group().strip()
        if not text:
            continue
        column = match.start() + 1 + match.group().index(text[0])
        rank = line.count(bar, 0, match.start()) - first
        if head:
            yield Run(index + 1, column, text, after_blank=True, fixed="heading")
        elif not text.strip("-: "):
            yield Run(index + 1, column, text, fixed="furniture")
        elif rank < len(heads) and kind_heading(heads[rank]) is not None:
            yield Run(index + 1, column, text, after_blank=True, column_head=heads[rank], row_head=theme)
        else:
            yield Run(index + 1, column, text, after_blank=True, fixed="heading" if rank == 0 else "prose")
    if bar == "|" and position < len(line) and line[position:].strip():
        yield Run(index + 1, position + 1, line[position:].strip(), fixed="furniture")
