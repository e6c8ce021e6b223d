"""Spreadsheets made for the tests: Excel by openpyxl, LibreOffice by hand. Everything in them is fictional."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from parvis.core.errors import RefusedInput
from parvis.reading.spreadsheets import Grid, read_table

SHEET = "xl/worksheets/sheet1.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def xlsx(fill: Callable[[Worksheet], object], more: Mapping[str, Callable[[Worksheet], object]] | None = None) -> bytes:
    """An Excel file; `fill` fills its first sheet, `more` the others."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    for name, fill_other in (more or {}).items():
        fill_other(book.create_sheet(name))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(*rows: Sequence[object]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(list(row))

    return fill


def changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same archive with some of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, lambda part: part)(source.read(name)))
    return out.getvalue()


def with_rows(data: bytes, more: bytes) -> bytes:
    """The same Excel file with raw rows after those of its first sheet."""
    return changed(data, {SHEET: lambda part: part.replace(b"</sheetData>", more + b"</sheetData>")})


def cell(text: str = "", **attributes: str) -> str:
    """A cell of LibreOffice; `attributes` by their name after the prefix, `_` for `-`."""
    prefixes = {"value": "office", "value_type": "office", "date_value": "office", "time_value": "office",
                "boolean_value": "office", "string_value": "office", "error": "calcext"}  # fmt: skip
    written_attributes = dict(attributes)
    if text and "value_type" not in written_attributes:
        written_attributes["value_type"] = "string"
    if "error" in written_attributes:
        del written_attributes["error"]
        written_attributes["calc"] = "error"
    written = "".join(
        f' calcext:value-type="{value}"'
        if key == "calc"
        else f' {prefixes.get(key, "table")}:{key.replace("_", "-")}="{escape(value)}"'
        for key, value in written_attributes.items()
    )
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell{written}>{paragraphs}</table:table-cell>"


def row(*cells: str, **attributes: str) -> str:
    """A row of LibreOffice: cells already written, or plain texts."""
    written_attributes = "".join(f' table:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    written_cells = "".join(c if c.startswith("<") else cell(c) for c in cells)
    return f"<table:table-row{written_attributes}>{written_cells}</table:table-row>"


def ods(*rows: str, sheets: Mapping[str, str] | None = None, styles: str = "", head: str = "") -> bytes:
    """A LibreOffice file of one sheet, or of several, each "name": its rows or its whole table."""
    tables = {"Feuille1": "".join(rows)} if sheets is None else sheets
    body = "".join(
        inside if inside.startswith("<table:table ") else f'<table:table table:name="{name}">{inside}</table:table>'
        for name, inside in tables.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {_SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def numbered_rows(grid: Grid) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in grid.rows]


def refusal(data: bytes, name: str = "a.xlsx", sheet: str | None = None) -> str:
    """The sentence a file is refused with: one, in French, that says what to do."""
    with pytest.raises(RefusedInput) as caught:
        read_table(data, name, sheet)
    message = caught.value.message
    assert message[0].isupper()
    assert message.endswith(".")
    assert 20 < len(message) < 260
    assert "\n" not in message
    return message
