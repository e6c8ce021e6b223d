"""`parvis reset-second-factor EMAIL`: for the administrator who lost her telephone, when nobody else administers."""

from __future__ import annotations

import argparse

from parvis.cli.project import ready_project
from parvis.core.errors import RefusedInput


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("reset-second-factor", help="efface la seconde étape de connexion d'un agent")
    parser.add_argument("email", metavar="EMAIL")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what the agent does next."""
    ready_project()
    from parvis.people.models import User
    from parvis.people.operations.second_factor import reset_second_factor

    user = User.objects.filter(email=args.email.strip().lower()).first()
    if user is None:
        raise RefusedInput("Aucun agent n'a cette adresse : vérifiez son orthographe.")
    reset_second_factor(None, user)
    print("C'est effacé : le code reçu par courriel suffit, jusqu'à ce que cet agent en règle une autre.")
    return 0
