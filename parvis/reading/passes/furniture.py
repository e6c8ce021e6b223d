"""What a page prints around its content: buttons, page numbers, running heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Final

from parvis.reading.kind_headings import kind_heading
from parvis.reading.line_roles import is_furniture, is_void
from parvis.reading.passes.rows import Row
from parvis.reading.theme_names import is_theme
from parvis.reading.word_match import key_of

_PAGE: Final = re.compile(
    r"(page|p\.)\s?\d{1,4}(\s?(/|sur|de)\s?\d{1,4})?|\d{1,4}\s?(/|sur)\s?\d{1,4}|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}|\|\s?\d{1,4}",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d+")
_BLANK: Final = re.compile(r"[._…]{8,}")
_BOX: Final = re.compile(r"[☐□❏❑▢]")
# As many blanks or rows of boxes make a form.
_FORM: Final = 3
# How many rows at the top and at the bottom of a page may be running heads.
_EDGE: Final = 2


def mark_furniture(rows: list[Row]) -> None:
    """Gives their role to the rows that are furniture."""
    for row in rows:
        if row.role is None and _is_furniture(row):
            row.role = "furniture"
    heads = _running_heads(rows)
    for index in heads:
        rows[index].role = "furniture"
    for before, row in pairwise(rows):
        row.after_furniture = before.role == "furniture"


def _is_furniture(row: Row) -> bool:
    """A rule, a page number, a button, a cell that means nothing (« RAS »)."""
    text = row.run.text
    if not any(map(str.isalnum, text)) or is_void(row.text):
        return True
    return _PAGE.fullmatch(text) is not None or is_furniture(text)


def is_blank_form(rows: list[Row]) -> bool:
    """Whether a document is a form to fill in: blanks to write on, boxes to tick several on a line."""
    blanks = sum(len(_BLANK.findall(row.run.text)) for row in rows)
    boxes = sum(len(_BOX.findall(row.run.text)) > 1 for row in rows)
    return blanks >= _FORM or boxes >= _FORM or (blanks > 0 and boxes > 0 and blanks + boxes >= _FORM)


def _key(row: Row) -> str:
    return _DIGITS.sub("0", key_of(row.run.text))


def _running_heads(rows: list[Row]) -> set[int]:
    """Rows printed again at the edge of pages, or beside page numbers; the first one, on page 1, stays."""
    edges: defaultdict[str, list[int]] = defaultdict(list)
    for index in _page_edges(rows) | _beside_numbers(rows):
        row = rows[index]
        key = _key(row)
        if row.role is None and len(key) >= 4 and not _names(row.run.text):
            edges[key].append(index)
    pages = max((row.run.page for row in rows), default=0)
    opening = next((_key(row) for row in rows if row.role is None), "")
    total = Counter(_key(row) for row in rows)
    repeated: set[int] = set()
    for key, places in edges.items():
        wanted = max(2, pages // 2)
        if len(places) >= wanted or (len(places) >= 2 and total[key] >= 3) or (key == opening and total[key] >= 2):
            places.sort()
            keep = 1 if places[0] < _EDGE and rows[places[0]].run.page <= 1 else 0
            repeated.update(places[keep:])
    return repeated


def _names(text: str) -> bool:
    """Whether a repeated text names a kind or a theme: it heads several tables, and is no running head."""
    return kind_heading(text) is not None or is_theme(text)


def _page_edges(rows: list[Row]) -> set[int]:
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.role is None and row.run.page:
            pages[row.run.page].append(index)
    if len(pages) < 2:
        return set()
    return {index for places in pages.values() for index in places[:_EDGE] + places[-_EDGE:]}


def _beside_numbers(rows: list[Row]) -> set[int]:
    beside: set[int] = set()
    for index, row in enumerate(rows):
        if row.role == "furniture" and _PAGE.fullmatch(row.run.text):
            beside.update(place for place in (index - 1, index + 1) if 0 <= place < len(rows))
    return beside
