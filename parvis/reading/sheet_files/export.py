"""The sheets of a file as JSON, in the shape that outsiders rely on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from parvis.reading.sheet_files.model import ReadSheet, SheetReading


def sheets_to_json(reading: SheetReading) -> dict[str, Any]:
    """The reading as `parvis read-sheet --json` prints it, ready for `json.dumps`."""
    left = [*reading.left, *(piece for sheet in reading.sheets for piece in sheet.left)]
    return {
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
        "unassigned": [
            {"line": piece.line, "text": piece.text}
            for piece in sorted(left, key=lambda piece: (piece.line, piece.column))
        ],
        "warnings": list(reading.warnings),
    }


def _sheet(sheet: ReadSheet) -> dict[str, Any]:
    other: dict[str, str] = {}
    for label, value in sheet.other:
        other[label] = f"{other[label]}\n{value}" if label in other else value
    return {
        "title": sheet.title,
        "summary": sheet.summary,
        "lead": sheet.lead,
        "partners": list(sheet.partners),
        "themes": list(sheet.themes),
        "territories": list(sheet.territories),
        "public": sheet.public,
        "since": sheet.since,
        "budget": sheet.budget,
        "funding": [list(line) for line in sheet.funding],
        "indicators": list(sheet.indicators),
        "text": sheet.text,
        "contact": sheet.contact,
        "other": other,
        "doubts": [asdict(doubt) for doubt in sheet.doubts],
    }
