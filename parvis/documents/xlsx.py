"""Tables as xlsx: every text is typed as text, never as a formula, whatever it starts with."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from parvis.documents.report import Report
from parvis.documents.tables import Table, plain, report_workbook
from parvis.documents.text import clean, one_line
from parvis.documents.zips import repack

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_CELL: Final = 32_767  # UTF-16 units: Excel refuses a file that holds more in one cell
CUT_MARK: Final = " […] (suite coupée par le format du tableur ; texte entier en csv ou json)"
_EXCEL_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_ACCENT: Final = "0E5A63"
_SHEET_NAME_FORBIDDEN: Final = re.compile(r"[\\/*?:\[\]]")


def table_xlsx(table: Table, *, author: str = "", made_on: date = date(1980, 1, 1), language: str = "fr") -> bytes:
    """The table on a first sheet, notes and data dictionary on a second. Same table, same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    _fill(sheet, table)
    for other in table.others:
        _fill(book.create_sheet(), other)
    _fill_guide(book.create_sheet("Lisez-moi"), table)
    when = datetime(made_on.year, made_on.month, made_on.day)
    book.properties.title = one_line(table.name)
    book.properties.creator = one_line(author)
    book.properties.lastModifiedBy = one_line(author)
    book.properties.language = language
    book.properties.created = when
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), _fixed_properties(out.getvalue(), when))


def report_xlsx(report: Report) -> bytes:
    """The lines of the report, one per row, and what identifies the edition."""
    return table_xlsx(
        report_workbook(report), author=report.authority, made_on=report.published_on, language=report.language
    )


def _fixed_properties(archive: bytes, when: datetime) -> dict[str, bytes]:
    """openpyxl writes the present hour at each save: put the day of the edition in its place."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        core = source.read("docProps/core.xml")
    stamp = when.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return {"docProps/core.xml": _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", core)}


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.title = _sheet_name(table.name)
    top = Alignment(vertical="top", wrap_text=True)
    for number, column in enumerate(table.columns, start=1):
        cell = _put(sheet, 1, number, clean(column.label))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_ACCENT)
        cell.alignment = top
    widths = [len(column.label) + 2 for column in table.columns]
    for line, row in enumerate(table.rows, start=2):
        for number, value in enumerate(row, start=1):
            shown = plain(value)
            if shown is None:
                continue
            _put(sheet, line, number, shown).alignment = top
            longest = max((len(part) for part in str(shown).split("\n")), default=0)
            widths[number - 1] = max(widths[number - 1], min(longest + 2, 70))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    if table.columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _fill_guide(sheet: Worksheet, table: Table) -> None:
    """The facts first, then what each column holds: the file explains itself."""
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    lines = [*table.notes, ("", ""), ("Colonne", "Ce qu'elle contient")]
    lines += [(column.label, column.description) for one in (table, *table.others) for column in one.columns]
    for line, (label, value) in enumerate(lines, start=1):
        for number, text in ((1, label), (2, value)):
            if text:
                cell = _put(sheet, line, number, clean(text))
                cell.alignment = Alignment(vertical="top", wrap_text=True)
                cell.font = Font(bold=number == 1)


def _put(sheet: Worksheet, line: int, number: int, value: str | int | float | date) -> Cell:
    """Write one value; a text is typed as text even when it reads like a formula or a date."""
    cell: Cell = sheet.cell(line, number)  # type: ignore[assignment]
    if isinstance(value, str):
        cell.value = fit_cell(_EXCEL_ESCAPE.sub("_x005F_", value))
        cell.data_type = "s"
        cell.quotePrefix = False
    else:
        cell.value = value
    return cell


def fit_cell(text: str) -> str:
    """The text if a cell can hold it, or its beginning and a mention that says where the rest is."""
    if len(text.encode("utf-16-le")) // 2 <= MAX_CELL:
        return text
    units = text.encode("utf-16-le")[: 2 * (MAX_CELL - len(CUT_MARK))]
    return units.decode("utf-16-le", errors="ignore") + CUT_MARK


def _sheet_name(name: str) -> str:
    return _SHEET_NAME_FORBIDDEN.sub(" ", one_line(name)).strip(" '")[:31] or "Tableau"
