"""Tables as csv, for French Excel first, and back.

- UTF-8 with a byte order mark and semicolons: it is what Excel opens by a double click on a French machine,
  where the comma is the decimal mark; without the mark it reads the accents as cp1252.
- Every text is between quotes: a reader that expects commas cannot cut a cell and find a formula inside.
- A text that a spreadsheet could take for a formula is led by an apostrophe. `read_csv` takes off exactly the
  apostrophes that `table_csv` put: « +33 6 … », « @mairie », « '=x » come back whole. The library defusedcsv is
  not used: it cannot be undone (« | » becomes « \\| ») and lets tabs, returns and full-width signs by.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Final

from parvis.documents.report import Report
from parvis.documents.tables import Table, plain, report_table
from parvis.documents.text import clean

_FORMULA_STARTS: Final = frozenset("=+-@|%＝＋－＠﹦﹢﹣﹫")
_INVISIBLE: Final = " \u00a0\u202f\u2007\u3000\u200b\u2060\ufeff"


def _starts_like_a_formula(text: str) -> bool:
    """Spreadsheets differ on what they skip before a sign: blanks and the invisible are skipped here too."""
    rest = text.lstrip("'")
    if rest[:1] in {"\t", "\r", "\n"}:
        return True
    return rest.lstrip(_INVISIBLE)[:1] in _FORMULA_STARTS


def escape_cell(text: str) -> str:
    """The text, led by an apostrophe if a spreadsheet could run it. `unescape_cell` undoes it."""
    return f"'{text}" if _starts_like_a_formula(text) else text


def unescape_cell(cell: str) -> str:
    """The text that `escape_cell` was given."""
    return cell[1:] if cell.startswith("'") and _starts_like_a_formula(cell[1:]) else cell


def table_csv(table: Table) -> bytes:
    """The table as bytes: byte order mark, semicolons, CRLF, quotes around every text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([escape_cell(clean(column.label)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(plain(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | int | float | date | None) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return escape_cell(value)
    return value.isoformat() if isinstance(value, date) else value


def read_csv(data: bytes) -> list[list[str]]:
    """The rows of a file made by `table_csv`, labels first, every text as it was before it was defused."""
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return [[unescape_cell(cell) for cell in row] for row in csv.reader(text, delimiter=";")]


def report_csv(report: Report) -> bytes:
    """The lines of the report, one per row."""
    return table_csv(report_table(report))
