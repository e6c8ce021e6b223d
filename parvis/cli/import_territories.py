"""`parvis import-territories FILE`: the official files of communes and priority neighbourhoods, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from parvis.cli.project import read_file, ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser(
        "import-territories", help="charge les communes et les quartiers (csv, xlsx, ods, geojson)"
    )
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, n'écrit rien")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what was made or changed, or would be."""
    ready_project()
    from parvis.territories.operations.import_territories import import_territories

    report = import_territories(None, read_file(args.file), dry_run=args.dry_run)
    made, changed = sum(report.created.values()), sum(report.updated.values())
    would = "à créer" if args.dry_run else "créés"
    print(f"Territoires {would} : {made} ; modifiés : {changed} ; inchangés : {report.unchanged}.")
    for remark in report.remarks:
        print(remark)
    return 0
