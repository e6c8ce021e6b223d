"""What a table becomes: its header, and its rows with the number a person sees beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row that holds something. `line` is its number in the spreadsheet, or its first line in a text."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, read. `header` and every row have the same number of cells; a column without a title is "".

    `sheet_names` are those a person may choose from, `sheet` the one that was read; a text has none.
    """

    name: str
    sheet_names: tuple[str, ...]
    header: tuple[str, ...]
    header_line: int
    rows: tuple[GridRow, ...]
    warnings: tuple[str, ...]
    sheet: str = ""

    def retitled(self, titles: Mapping[int, str]) -> Grid:
        """The same table, the columns of these places (from 0) bearing other titles."""
        return replace(self, header=tuple(titles.get(place, title) for place, title in enumerate(self.header)))

    def numbered(self, lines: Sequence[int]) -> Grid:
        """The same table, its rows bearing these numbers, as in a file; as it is when they are not as many."""
        if len(lines) != len(self.rows):
            return self
        return replace(self, rows=tuple(replace(row, line=line) for row, line in zip(self.rows, lines, strict=True)))

    def with_column(self, title: str, place: int | None, cells: Sequence[str | None]) -> Grid:
        """The same table with these cells, one for each row, at `place`, or in a new last column of this `title`.

        None leaves what is there.
        """
        at = len(self.header) if place is None else place
        blank, header = (("",), (*self.header, title)) if place is None else ((), self.header)
        rows = []
        for row, cell in zip(self.rows, cells, strict=True):
            whole = [*row.cells, *blank]
            whole[at] = whole[at] if cell is None else cell
            rows.append(replace(row, cells=tuple(whole)))
        return replace(self, header=header, rows=tuple(rows))

    def as_text(self) -> str:
        """The table as text, titles first, that `read_pasted` reads back the same."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(row.cells for row in self.rows)
        return out.getvalue()
