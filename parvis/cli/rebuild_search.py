"""`parvis rebuild-search`: makes the index of what was said again, from the contributions as they stand."""

from __future__ import annotations

import argparse

from parvis.cli.project import ready_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("rebuild-search", help="refait l'index de la recherche dans ce qui a été dit")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints how many contributions are searched."""
    ready_project()
    from parvis.consultations.operations.rebuild_search import rebuild_search
    from parvis.french.counts import plural

    print(f"Refait : {plural(rebuild_search(), 'contribution', 'contributions')} dans l'index de la recherche.")
    return 0
