"""Action sheets written in Word or LibreOffice, read field by field. Pure, as all of `parvis.reading`.

    reading = read_sheets(Path("fiche.docx").read_bytes(), "fiche.docx")
    assert not unplaced_pieces(reading)

A field is told by its label in the words people use (`vocabulary`), wherever it stands: beside or above its value in a
table, before a colon, in bold letters, as a heading. Nothing is invented: a file that is no sheet gives none, and says
so; what has no field stays readable under its own label; what a person should check is a `Doubt`.
"""

from __future__ import annotations

from parvis.reading.sheet_files.export import sheets_to_json
from parvis.reading.sheet_files.model import (
    FIELDS,
    Doubt,
    EmbeddedPicture,
    FieldName,
    Passage,
    Piece,
    ReadSheet,
    SheetReading,
    unplaced_pieces,
)
from parvis.reading.sheet_files.reader import read_sheets

__all__ = [
    "FIELDS",
    "Doubt",
    "EmbeddedPicture",
    "FieldName",
    "Passage",
    "Piece",
    "ReadSheet",
    "SheetReading",
    "read_sheets",
    "sheets_to_json",
    "unplaced_pieces",
]
