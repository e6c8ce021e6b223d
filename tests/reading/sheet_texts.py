"""Sheets typed in a test, read through the real files they would be."""

from __future__ import annotations

from docx.document import Document as Doc

from parvis.reading.sheet_files import ReadSheet, SheetReading, read_sheets, unplaced_pieces
from tests.reading.formats.office import docx


def lines(*texts: str) -> SheetReading:
    """A file of plain paragraphs, read; nothing of it is ever lost."""
    reading = read_sheets(docx(lambda document: [document.add_paragraph(text) for text in texts]), "fiche.docx")
    assert unplaced_pieces(reading) == []
    return reading


def rows(*texts: tuple[str, ...]) -> SheetReading:
    """A file that is a table, read; nothing of it is ever lost."""

    def fill(document: Doc) -> None:
        made = document.add_table(rows=len(texts), cols=max(map(len, texts)))
        for row, cells in zip(made.rows, texts, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text

    reading = read_sheets(docx(fill), "fiche.docx")
    assert unplaced_pieces(reading) == []
    return reading


def table(*texts: tuple[str, ...]) -> ReadSheet:
    """The one sheet of a file that is a table."""
    (sheet,) = rows(*texts).sheets
    return sheet
