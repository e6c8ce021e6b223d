"""`parvis erase-person EMAIL`: forgets an agent, at her request."""

from __future__ import annotations

import argparse

from parvis.cli.project import ready_project
from parvis.cli.questions import confirm


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("erase-person", help="efface le nom, l'adresse et les accès d'une personne")
    parser.add_argument("email", metavar="EMAIL")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """On a terminal, asks first. Prints what remains: a code that leads to nobody."""
    ready_project()
    confirm(f"Effacer pour toujours le nom et les accès de {args.email} ?")
    from parvis.core.erasure import wipe
    from parvis.people.operations.erase_person import erase_person

    code = erase_person(None, args.email)
    wipe()
    print(f"Effacée : il ne reste que le code {code}, qui ne mène à personne.")
    print("Les sauvegardes antérieures la nomment encore : effacez-les quand leur temps est passé.")
    return 0
