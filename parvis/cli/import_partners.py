"""`parvis import-partners FILE`: the directory of a consultation from a table, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from parvis.cli.project import add_consultation, chosen_consultation, read_file, ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("import-partners", help="charge l'annuaire des partenaires (csv, xlsx, ods)")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, n'écrit rien")
    add_consultation(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what was made or changed, or would be."""
    data = read_file(args.file)
    ready_project()
    from parvis.consultations.operations.import_partners import import_partners
    from parvis.reading.spreadsheets import read_table

    done = import_partners(
        None, chosen_consultation(args.consultation), read_table(data, args.file.name), dry_run=args.dry_run
    )
    for warning in done.warnings:
        print(warning)
    would = "à créer" if args.dry_run else "créés"
    print(
        f"Organismes {would} : {len(done.created)} ; modifiés : {len(done.updated)} ; inchangés : {done.unchanged}. "
        f"Contacts {would} : {done.contacts_created} ; modifiés : {done.contacts_updated}."
    )
    return 0
