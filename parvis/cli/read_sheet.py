"""`parvis read-sheet FILE [--json]`: reads action sheets and prints their fields; no database, no Django."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from parvis.cli.printing import print_json, print_text
from parvis.cli.project import read_file
from parvis.french.counts import plural
from parvis.reading.sheet_files import ReadSheet, SheetReading, read_sheets, sheets_to_json
from parvis.reading.sheet_files.opening import MAX_BYTES

_FIELDS: Final = {
    "title": "Intitulé",
    "summary": "En bref",
    "lead": "Porteur",
    "partners": "Partenaires",
    "themes": "Thématiques",
    "territories": "Territoires",
    "public": "Public",
    "since": "Depuis",
    "budget": "Budget",
    "funding": "Financements",
    "indicators": "Indicateurs",
    "text": "Description",
    "contact": "Contact (pour l'équipe)",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser(
        "read-sheet", help="lit des fiches actions et affiche leurs champs (docx, odt, xlsx, ods), sans base"
    )
    parser.add_argument("file", metavar="FICHIER", type=Path, help="le fichier d'une ou de plusieurs fiches")
    parser.add_argument("--json", action="store_true", help="affiche du JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what was read. Raises `RefusedInput` when the file cannot be."""
    reading = read_sheets(read_file(args.file, MAX_BYTES), args.file.name)
    if args.json:
        print_json(sheets_to_json(reading))
    else:
        print_text("\n".join(_outline(reading)) + "\n")
    return 0


def _outline(reading: SheetReading) -> Iterator[str]:
    """The file as plain text: each sheet with its doubts first, then remarks."""
    for sheet in reading.sheets:
        yield from _sheet(sheet)
        yield ""
    yield f"{plural(len(reading.sheets), 'fiche', 'fiches')}."
    yield from (f"Attention : {warning}" for warning in reading.warnings)


def _sheet(sheet: ReadSheet) -> Iterator[str]:
    for doubt in sheet.doubts:
        place = f"ligne {doubt.line} : " if doubt.line else ""
        yield f"[{place}{doubt.text}]"
    for name, label in _FIELDS.items():
        yield from _field(label, getattr(sheet, name))
    for label, value in sheet.other:
        yield from _field(label, value)


def _field(label: str, value: str | tuple[str | tuple[str, str], ...]) -> Iterator[str]:
    """One line, or a line for each element, or each line of a long text."""
    parts = [part if isinstance(part, str) else " : ".join(part) for part in value]
    lines = value.split("\n") if isinstance(value, str) else [f"– {part}" for part in parts]
    if len(lines) > 1 or (lines and not isinstance(value, str)):
        yield f"{label} :"
        yield from (f"  {line}" for line in lines)
    elif value:
        yield f"{label} : {value}"
