"""Items that follow one another in a paragraph, parted by signs: "un jardin ; une école ; un gymnase"."""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.markers import Marker
from parvis.reading.passes.rows import Row

# The sign, and how many of it a line must hold before it is taken for a list.
_SIGNS: Final = ((";", 1), ("/", 2))
_BRACKETED: Final = re.compile(r"\([^()]{0,200}\)|«[^«»]{0,200}»")
_SEPARATOR: Final = {sign: re.compile(rf"\s{{0,9}}{sign}\s{{1,9}}(?=\S)") for sign in ";"} | {
    "/": re.compile(r"\s{1,9}/\s{1,9}(?=\S)")
}


def split_running_lists(rows: list[Row]) -> list[list[Row]]:
    """For each row of a list without markers, its parts, cut at the sign between items; nothing for any other list.

    Most of its lines must hold the sign: one line with a semicolon among many others is a sentence.
    """
    for sign, wanted in _SIGNS:
        cuts = [_cuts(row.text, sign) for row in rows]
        holding = sum(len(places) >= wanted for places in cuts)
        if holding and holding * 2 >= len(rows):
            parts = [_parts(row, places, sign) for row, places in zip(rows, cuts, strict=True)]
            for before, row, cut in zip(rows, rows[1:], parts[1:], strict=False):
                if _goes_on(before, row, sign):
                    cut[0].marker = None
            return parts
    return []


def _goes_on(before: Row, row: Row, sign: str) -> bool:
    """Whether a line begins in the middle of an item that the margin cut."""
    if row.run.after_blank or before.text.endswith((sign, ".", "!", "?")):
        return False
    return row.run.continues or row.text[:1].islower() or before.text.endswith((",", "(", "’", "'"))


def _cuts(text: str, sign: str) -> list[tuple[int, int]]:
    """Where the sign parts two items, outside brackets and quotes."""
    bare = _BRACKETED.sub(lambda match: "x" * len(match.group()), text)
    spans = [match.span() for match in _SEPARATOR[sign].finditer(bare)]
    first = next((index for index, char in enumerate(text) if char.isalpha()), len(text))
    return [(start, end) for start, end in spans if start > first]


def _parts(row: Row, cuts: list[tuple[int, int]], sign: str) -> list[Row]:
    """One row for each item of a line: the sign is the marker of the item it opens."""
    starts = [0, *(end for _, end in cuts)]
    stops = [*(start for start, _ in cuts), len(row.text)]
    offset = row.column + row.run.text.rindex(row.text)
    parts: list[Row] = []
    for rank, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        column = offset + (row.text.index(sign, cuts[rank - 1][0]) if rank else 0)
        marker = Marker(sign if rank else "", "bullet", sign)
        text = row.text[start:stop].strip()
        part = Row(row.run, marker, text, column, kind=row.kind, theme=row.theme, doubts=list(row.doubts), shared=True)
        parts.append(part)
    return parts
