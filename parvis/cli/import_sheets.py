"""`parvis import-sheets FILE`: the action sheets of a consultation from a table or a Word file, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from parvis.cli.project import add_consultation, chosen_consultation, read_file, ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("import-sheets", help="charge les fiches actions (csv, xlsx, ods, docx, odt)")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, n'écrit rien")
    add_consultation(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what was made or changed, or would be."""
    data = read_file(args.file)
    ready_project()
    from parvis.reading.spreadsheets import read_table
    from parvis.sheets.operations.import_sheet_file import import_sheet_file
    from parvis.sheets.operations.import_sheets import import_sheets

    consultation, name = chosen_consultation(args.consultation), args.file.name
    if args.file.suffix.lower() in (".docx", ".odt"):
        done = import_sheet_file(None, consultation, data, name, dry_run=args.dry_run)
    else:
        done = import_sheets(None, consultation, read_table(data, name), dry_run=args.dry_run)
    for warning in done.warnings:
        print(warning)
    would = "à créer" if args.dry_run else "créées"
    print(f"Fiches {would} : {len(done.created)} ; modifiées : {len(done.updated)}.")
    return 0
