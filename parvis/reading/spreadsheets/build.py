"""A sheet → a grid: merged cells given to each of their rows, the header found, the rest as rows of one width."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from parvis.reading.formats.zip_parts import damaged
from parvis.reading.spreadsheets import limits
from parvis.reading.spreadsheets.header import find_header
from parvis.reading.spreadsheets.model import Grid, GridRow
from parvis.reading.spreadsheets.sheet import Merge, Sheet, listed

_MOST_NAMED: Final = 8
_QUOTED: Final = 60
# Merged ranges never overlap: together they cover a sheet once.
_MOST_COVERED: Final = 2 * limits.MAX_ROWS * limits.MAX_COLUMNS


def make_grid(sheet: Sheet, name: str, sheet_names: tuple[str, ...], warnings: Iterable[str]) -> Grid | None:
    """The grid of a sheet, None when no row of it holds titles. The rows of `sheet` are changed."""
    merges = sorted(sheet.merges, key=lambda merge: (merge.top, merge.left))
    grouped = {merge.top for merge in merges if merge.right > merge.left and len(sheet.rows.get(merge.top, ())) > 1}
    spread = _spread(sheet, merges)
    header_line = find_header(sheet.rows, grouped)
    if header_line is None:
        return None
    head = sheet.rows[header_line]
    body = [(line, row) for line, row in sheet.rows.items() if line > header_line]
    for merge, lines in spread:
        if merge.top <= header_line:
            # A title merged downwards over the first rows is no value of theirs.
            for line in lines:
                if line > header_line:
                    sheet.rows[line].pop(merge.left, None)
    body = [(line, row) for line, row in body if row]
    width = max(max(head), max((max(row) for _, row in body), default=0))
    all_warnings = [*warnings]
    all_warnings += _passed_over(sheet, header_line)
    all_warnings += _repeated(lines for merge, lines in spread if merge.top > header_line)
    return Grid(
        name=name,
        sheet_names=sheet_names,
        header=tuple(" ".join(head.get(column, "").split()) for column in range(1, width + 1)),
        header_line=header_line,
        rows=tuple(GridRow(line, tuple(row.get(column, "") for column in range(1, width + 1))) for line, row in body),
        warnings=(*all_warnings, *sheet.warnings()),
        sheet=sheet.name,
    )


def _spread(sheet: Sheet, merges: list[Merge]) -> list[tuple[Merge, list[int]]]:
    """Gives the value of a merged range to its rows and drops what it hides. Returns the ranges and the rows filled."""
    lines = list(sheet.rows)
    repeated: list[tuple[Merge, list[int]]] = []
    covered = given = 0
    for merge in merges:
        right = min(merge.right, limits.MAX_COLUMNS)
        under = lines[bisect_left(lines, merge.top) : bisect_right(lines, merge.bottom)]
        covered += len(under) * max(1, right - merge.left + 1)
        if covered > _MOST_COVERED:
            raise damaged()
        value = sheet.rows[merge.top].get(merge.left, "") if under and under[0] == merge.top else ""
        for line in under:
            row = sheet.rows[line]
            for column in range(merge.left, right + 1):
                if (line, column) != (merge.top, merge.left):
                    row.pop(column, None)
        below = [line for line in under if line > merge.top]
        if value and below:
            given += len(value) * len(below)
            limits.check_characters(given)
            for line in below:
                sheet.rows[line][merge.left] = value
            repeated.append((merge, below))
    return repeated


def _passed_over(sheet: Sheet, header_line: int) -> list[str]:
    """The warning for the rows above the header, which are not read."""
    if header_line == 1:
        return []
    passed = [row for line, row in sheet.rows.items() if line < header_line and row]
    above = " ".join(" / ".join(" | ".join(row[column] for column in sorted(row)) for row in passed).split())
    quoted = f" : « {above[:_QUOTED]}{'…' if len(above) > _QUOTED else ''} »" if above else ""
    if header_line == 2:
        return [f"Les titres des colonnes sont à la ligne 2 : la ligne 1 n'a pas été lue{quoted}."]
    lines = f"les lignes 1 {'et' if header_line == 3 else 'à'} {header_line - 1} n'ont pas été lues"
    return [f"Les titres des colonnes sont à la ligne {header_line} : {lines}{quoted}."]


def _repeated(repeats: Iterable[list[int]]) -> list[str]:
    ranges = sorted({(lines[0], lines[-1]) for lines in repeats})
    if not ranges:
        return []
    named = [str(first) if first == last else f"{first} à {last}" for first, last in ranges[:_MOST_NAMED]]
    one = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
    where = f"{'à la ligne' if one else 'aux lignes'} {listed(named, len(ranges))}"
    return [f"Des cellules sont fusionnées : leur valeur a été répétée {where}. Vérifiez ces lignes."]
