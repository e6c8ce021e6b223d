"""Tables as ods: every text is typed as text, never as a formula, whatever it starts with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from parvis.documents.opendocument import add, meta, package, part
from parvis.documents.report import Report
from parvis.documents.tables import Table, plain, report_workbook
from parvis.documents.text import clean, one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def table_ods(table: Table, *, author: str = "", made_on: date = date(1980, 1, 1), language: str = "fr") -> bytes:
    """The table on a first sheet, notes and data dictionary on a second. Same table, same bytes."""
    content = part("document-content")
    _column_styles(add(content, "office:automatic-styles"))
    book = add(add(content, "office:body"), "office:spreadsheet")
    for one in (table, *table.others):
        _fill(book, one)
    _guide(book, table)
    title, writer = one_line(table.name), one_line(author)
    properties = meta(title=title, author=writer, subject="", language=language, made_on=made_on)
    return package("spreadsheet", content, _styles(language), properties)


def report_ods(report: Report) -> bytes:
    """The lines of the report, one per row, and what identifies the edition."""
    return table_ods(
        report_workbook(report), author=report.authority, made_on=report.published_on, language=report.language
    )


def _fill(book: Element, table: Table) -> None:
    sheet = add(book, "table:table", {"table:name": _sheet_name(table.name), "table:print": "true"})
    for column in table.columns:
        wide = column.key in {"text", "children"} or len(column.description) > 200
        add(sheet, "table:table-column", {"table:style-name": "wide" if wide else "medium"})
    head = add(add(sheet, "table:table-header-rows"), "table:table-row")
    _cells(head, [clean(column.label) for column in table.columns], "head")
    for row in table.rows:
        _cells(add(sheet, "table:table-row"), [plain(value) for value in row], "cell")


def _cells(line: Element, values: Sequence[str | int | float | date | None], style: str) -> None:
    if not values:
        add(line, "table:table-cell")
    for value in values:
        cell = add(line, "table:table-cell", {"table:style-name": style})
        if value is None or value == "":
            continue
        if isinstance(value, str):
            cell.set("office:value-type", "string")
            for paragraph in value.split("\n"):
                add(cell, "text:p", text=paragraph)
        elif isinstance(value, date):
            cell.set("table:style-name", "day")
            cell.set("office:value-type", "date")
            cell.set("office:date-value", value.isoformat())
            add(cell, "text:p", text=value.strftime("%d/%m/%Y"))
        else:
            cell.set("office:value-type", "float")
            cell.set("office:value", repr(value))
            add(cell, "text:p", text=repr(value))


def _guide(book: Element, table: Table) -> None:
    """The facts first, then what each column holds: the file explains itself."""
    sheet = add(book, "table:table", {"table:name": "Lisez-moi", "table:print": "true"})
    add(sheet, "table:table-column", {"table:style-name": "medium"})
    add(sheet, "table:table-column", {"table:style-name": "wide"})
    lines = [*table.notes, ("", ""), ("Colonne", "Ce qu'elle contient")]
    lines += [(column.label, column.description) for one in (table, *table.others) for column in one.columns]
    for label, value in lines:
        row = add(sheet, "table:table-row")
        _cells(row, [clean(label)], "bold")
        _cells(row, [clean(value)], "cell")


def _column_styles(parent: Element) -> None:
    for name, width in (("medium", "4cm"), ("wide", "12cm")):
        style = add(parent, "style:style", {"style:name": name, "style:family": "table-column"})
        add(style, "style:table-column-properties", {"style:column-width": width})


def _styles(language: str) -> Element:
    root = part("document-styles")
    styles = add(root, "office:styles")
    default = add(styles, "style:default-style", {"style:family": "table-cell"})
    add(
        default,
        "style:text-properties",
        {"fo:language": language, "fo:country": "FR", "fo:font-size": "11pt"},
    )
    day = add(styles, "number:date-style", {"style:name": "French-day"})
    add(day, "number:day", {"number:style": "long"})
    add(day, "number:text", text="/")
    add(day, "number:month", {"number:style": "long"})
    add(day, "number:text", text="/")
    add(day, "number:year", {"number:style": "long"})
    looks = {
        "cell": {},
        "bold": {"fo:font-weight": "bold"},
        "head": {"fo:font-weight": "bold", "fo:color": "#FFFFFF"},
        "day": {},
    }
    for name, letters in looks.items():
        attributes = {"style:name": name, "style:family": "table-cell"}
        if name == "day":
            attributes["style:data-style-name"] = "French-day"
        style = add(styles, "style:style", attributes)
        box = add(style, "style:table-cell-properties", {"fo:wrap-option": "wrap", "style:vertical-align": "top"})
        if name == "head":
            box.set("fo:background-color", "#0E5A63")
        add(style, "style:text-properties", letters)
    automatic = add(root, "office:automatic-styles")
    layout = add(automatic, "style:page-layout", {"style:name": "landscape"})
    add(
        layout,
        "style:page-layout-properties",
        {
            "fo:page-width": "29.7cm",
            "fo:page-height": "21cm",
            "style:print-orientation": "landscape",
            "fo:margin": "1.5cm",
            "style:scale-to-X": "1",
        },
    )
    masters = add(root, "office:master-styles")
    add(masters, "style:master-page", {"style:name": "Default", "style:page-layout-name": "landscape"})
    return root


def _sheet_name(name: str) -> str:
    return one_line(name).translate(str.maketrans("\\/*?:[]'", "        ")).strip()[:31] or "Tableau"
