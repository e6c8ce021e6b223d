"""Headings that are items of a list: a bullet for the theme, one below for the kind, one below for each contribution.

Web pages and quick notes are often built so. Such headings get a heading level deeper than any a format gives, so
that the passes that follow read them as they read every other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from parvis.reading.kind_headings import kind_heading
from parvis.reading.passes.rows import Row

# Below the six levels of formats.
_BASE: Final = 10


def mark_listed_headings(rows: list[Row]) -> None:
    """Makes headings of the kinds that are items of a list with a list below them, and of the items above them."""
    for start, stop in _lists(rows):
        _mark_list(rows[start:stop])


def _lists(rows: list[Row]) -> list[tuple[int, int]]:
    """The stretches of rows that are all in lists."""
    stretches: list[tuple[int, int]] = []
    start: int | None = None
    for index, row in enumerate([*rows, None]):
        listed = row is not None and row.role is None and not row.run.heading and (row.marker or row.run.continues)
        if listed and start is None:
            start = index
        elif not listed and start is not None:
            stretches.append((start, index))
            start = None
    return stretches


def _level(row: Row) -> int:
    return min(row.run.depth * 10 + row.run.indent, 200)


def _mark_list(rows: list[Row]) -> None:
    kinds = [index for index in range(len(rows)) if _is_kind(rows, index)]
    if not kinds:
        return
    levels = [_level(row) for row in rows]
    heads = _with_those_above(levels, kinds)
    floor: int | None = None
    for index, row in enumerate(rows):
        if index in heads:
            row.run = replace(row.run, heading=_BASE + levels[index], depth=0, indent=0)
            floor = levels[index]
        elif floor is not None and levels[index] <= floor and not row.run.continues:
            # Back beside the headings, with nothing below: it belongs to none of them.
            row.role = "prose"


def _is_kind(rows: list[Row], index: int) -> bool:
    """A kind, and nothing else, with deeper rows below it."""
    row = rows[index]
    if row.marker is None or row.marker.shape == "arrow" or kind_heading(row.text) is None:
        return False
    return index + 1 < len(rows) and _level(rows[index + 1]) > _level(row)


def _with_those_above(levels: list[int], kinds: list[int]) -> set[int]:
    """The kinds, and every item that one of them is under."""
    marked: set[int] = set()
    wanted = set(kinds)
    above: list[int] = []
    for index, level in enumerate(levels):
        while above and levels[above[-1]] >= level:
            above.pop()
        if index in wanted:
            marked.update((index, *above))
        above.append(index)
    return marked
