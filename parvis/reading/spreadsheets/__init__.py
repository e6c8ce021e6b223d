"""Tables that agents keep in a spreadsheet → rows of text, for imports. Pure.

    grid = read_table(Path("partenaires.xlsx").read_bytes(), "partenaires.xlsx")
    found = columns(grid, {"name": ("Organisme", "Structure"), "email": ("E-mail", "Courriel", "Mail")})
    for row in grid.rows:
        print(row.line, found.value(row, "name"))

Nothing is guessed beyond the header: what was skipped, repeated, cut or lost is in `grid.warnings`, in French.
"""

from __future__ import annotations

from parvis.reading.spreadsheets.column_match import LEFT_OUT, Mapped, columns
from parvis.reading.spreadsheets.model import Grid, GridRow
from parvis.reading.spreadsheets.reader import read_pasted, read_table

__all__ = ["LEFT_OUT", "Grid", "GridRow", "Mapped", "columns", "read_pasted", "read_table"]
