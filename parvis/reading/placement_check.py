"""Checks that nothing was lost or invented: every non-blank character of a source is in exactly one place.

It knows nothing of how a report was read: it compares the source lines with the report, character by character.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from parvis.reading.model import Report


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A stretch of source lines whose characters are not all in exactly one place.

    `missing` are characters of the source found nowhere, `added` characters found too often or out of nowhere,
    `displaced` the texts of the report that do not stand in these lines as written.
    """

    line: int
    last_line: int
    missing: str
    added: str
    displaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    line: int
    last_line: int
    text: str


def unplaced(report: Report) -> list[Unplaced]:
    """The stretches of the source that are not placed exactly; empty when all is."""
    pieces = _pieces(report)
    outside = [piece for piece in pieces if not 1 <= piece.line <= piece.last_line <= len(report.lines)]
    faults = [Unplaced(piece.line, piece.last_line, "", _ink(piece.text), (piece.text,)) for piece in outside]
    inside = sorted((piece for piece in pieces if piece not in outside), key=lambda piece: piece.line)
    position = 0
    for first, last in _stretches(report, inside):
        start = position
        while position < len(inside) and inside[position].line <= last:
            position += 1
        fault = _check(report.lines[first - 1 : last], inside[start:position], first, last)
        if fault is not None:
            faults.append(fault)
    return [*faults, *_columns(report)]


def _pieces(report: Report) -> list[_Piece]:
    pieces: list[_Piece] = []
    for item in report.contributions:
        pieces += [_Piece(item.line, item.line, item.marker), _Piece(item.line, item.last_line, item.text)]
        for child in item.children:
            pieces += [_Piece(child.line, child.line, child.marker), _Piece(child.line, child.last_line, child.text)]
    pieces += [_Piece(entry.line, entry.line, entry.text) for entry in report.unassigned]
    return [piece for piece in pieces if _ink(piece.text)]


def _ink(text: str) -> str:
    return "".join(text.split())


def _stretches(report: Report, pieces: list[_Piece]) -> list[tuple[int, int]]:
    """The source cut between lines that no piece joins."""
    reach = list(range(len(report.lines) + 1))
    for piece in pieces:
        reach[piece.line] = max(reach[piece.line], piece.last_line)
    stretches: list[tuple[int, int]] = []
    line = 1
    while line <= len(report.lines):
        last, cursor = line, line
        while cursor <= last:
            last = max(last, reach[cursor])
            cursor += 1
        stretches.append((line, last))
        line = last + 1
    return stretches


def _check(lines: tuple[str, ...], pieces: list[_Piece], first: int, last: int) -> Unplaced | None:
    ink = _ink(" ".join(lines))
    source, placed = Counter(ink), Counter("".join(_ink(piece.text) for piece in pieces))
    missing, added = source - placed, placed - source
    displaced = tuple(piece.text for piece in pieces if not _stands(_ink(piece.text), ink, whole=first == last))
    if not missing and not added and not displaced:
        return None
    return Unplaced(first, last, "".join(missing.elements()), "".join(added.elements()), displaced)


def _stands(text: str, ink: str, *, whole: bool) -> bool:
    """Whether a text stands in one line as a whole, or over several lines in order (furniture may part it)."""
    if text in ink:
        return True
    if whole:
        return False
    position = 0
    for char in text:
        position = ink.find(char, position) + 1
        if not position:
            return False
    return True


def _columns(report: Report) -> list[Unplaced]:
    """Items that are not where their column says."""
    faults: list[Unplaced] = []
    for item in report.contributions:
        if not 1 <= item.line <= len(report.lines):
            continue
        line = report.lines[item.line - 1]
        expected = _ink(item.marker) or _ink(item.text)[:1]
        start = item.column - 1
        # Twice the marker and some blanks are enough to find it, and a line may hold thousands of items.
        actual = _ink(line[start : start + 2 * len(expected) + 40]) if start >= 0 else ""
        if not actual.lstrip("*_").startswith(expected.lstrip("*_")):
            faults.append(Unplaced(item.line, item.line, "", "", (item.marker + item.text,)))
    return faults
