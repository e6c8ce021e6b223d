"""First pass: a row for each run, its marker separated from its text, emphasis signs removed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from parvis.reading.limits import check_rows
from parvis.reading.markers import Marker, counted, split_inner, split_marker, value_of
from parvis.reading.model import Kind, Role, Unassigned
from parvis.reading.runs import Run, SourceRuns

_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_)(?=[^\s*_])([^*_]{1,400})(?<=[^\s*_])\1")


@dataclass(slots=True)
class Row:
    """One run under study. `role` is set once it is known to be no contribution."""

    run: Run
    marker: Marker | None
    text: str
    column: int
    role: Role | None = None
    kind: Kind | None = None
    theme: str | None = None
    doubts: list[str] = field(default_factory=list)
    shared: bool = False
    after_furniture: bool = False

    @property
    def line(self) -> int:
        return self.run.number

    @property
    def whole(self) -> str:
        """The text with its marker, as printed."""
        marker = self.marker.text if self.marker else ""
        return f"{marker} {self.text}" if marker and self.text else marker or self.text


def rows_of(source_runs: SourceRuns) -> tuple[list[Row], list[Unassigned]]:
    """The rows of a source, and the signs of emphasis that were taken off whole texts."""
    rows: list[Row] = []
    signs: list[Unassigned] = []
    for run in source_runs.runs:
        if run.fixed:
            rows.append(Row(run, None, run.text, run.column, role=run.fixed))
            continue
        row = row_of(run)
        if source_runs.format == "md":
            row.text = _plain(row.text, run.number, signs)
        rows.append(row)
    _confirm(rows)
    parts: list[Row] = []
    for row in rows:
        parts.extend(parts_of(row))
        check_rows(len(parts))
    return parts, signs


def row_of(run: Run) -> Row:
    """The row of a run, marker and text. A heading's number is part of its name until a theme is made of it."""
    marker, text = (None, run.text) if run.continues else split_marker(run.text)
    if marker is None and run.depth and not run.continues:
        marker = Marker("", "bullet", "") if run.ordinal is None else counted(run.ordinal)
    return Row(run, marker, text, run.column)


def _plain(text: str, line: int, signs: list[Unassigned]) -> str:
    """`text` without the emphasis that wraps all of it; the signs go to furniture."""
    match = _EMPHASIS.fullmatch(text)
    if match is None:
        return text
    signs.extend(Unassigned(line, match.group(1), "furniture") for _ in range(2))
    return match.group(2)


def parts_of(row: Row) -> list[Row]:
    """A row, or one for each item when several share its line."""
    if row.marker is None or row.role is not None:
        return [row]
    inner = split_inner(row.marker, row.text)
    if not inner:
        return [row]
    start = row.column + row.run.text.rindex(row.text)
    parts = [Row(row.run, row.marker, row.text[: inner[0][2]].rstrip(), row.column, shared=True)]
    parts += [Row(row.run, marker, text, start + offset, shared=True) for marker, text, offset in inner]
    return parts


def _confirm(rows: list[Row]) -> None:
    """Gives a weak marker back to its text unless its neighbours bear it out."""
    lost = sum(row.marker is not None and row.marker.text == "?" for row in rows)
    borne = _sequences(rows, "letter") | _sequences(rows, "roman")
    number: int | None = None
    for index, row in enumerate(rows):
        marker = row.marker
        if marker is not None and marker.shape == "number":
            if marker.weak and not _follows(rows, index, number):
                row.marker, row.text = None, row.run.text
                continue
            # Several numbers may share the line: the last one counts.
            inner = split_inner(marker, row.text) if marker.text else []
            number = value_of(inner[-1][0] if inner else marker)
        if marker is None or not marker.weak:
            continue
        if marker.shape == "arrow":
            row.doubts.append("« à » en début de ligne a été lu comme une flèche : est-ce bien une conclusion ?")
        elif (marker.text == "?" and lost < 2) or (marker.shape in ("letter", "roman") and index not in borne):
            row.marker, row.text = None, row.run.text


def _follows(rows: list[Row], index: int, number: int | None) -> bool:
    """Whether a doubtful number goes on from the one before, or the next one goes on from it."""
    marker = rows[index].marker
    rank = value_of(marker)
    if rank is None or marker is None:
        return False
    if number is not None and rank == number + 1:
        return True
    near = rows[index + 1].marker if index + 1 < len(rows) else None
    return near is not None and not near.weak and near.glyph == marker.glyph and value_of(near) == rank + 1


def _sequences(rows: list[Row], shape: str) -> set[int]:
    """The rows whose letters (or roman numbers) follow one another from A: A. B. C., others between them at will."""
    kept: set[int] = set()
    chain: list[int] = []
    for index, row in enumerate(rows):
        if row.marker is None:
            continue
        if shape == "letter" and _is_letter_after_all(row.marker, len(chain)):
            row.marker = replace(row.marker, shape="letter")
        if row.marker.shape != shape:
            continue
        rank = value_of(row.marker)
        if rank == 1:
            chain = [index]
        elif chain and rank == len(chain) + 1:
            chain.append(index)
            kept.update(chain)
        else:
            chain = []
    return kept


def _is_letter_after_all(marker: Marker, length: int) -> bool:
    """Whether "i." comes after "h.": the ninth letter, rather than the first roman number."""
    value = marker.value or ""
    return marker.shape == "roman" and len(value) == 1 and length > 0 and ord(value.lower()) - 96 == length + 1
