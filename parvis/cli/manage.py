"""`parvis manage …`: Django's own commands, for whoever maintains an installation."""

from __future__ import annotations

import argparse

from parvis.cli.project import open_project


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("manage", help="commandes de maintenance de Django (migrate, dbshell…)")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Passes the arguments on."""
    open_project()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["parvis manage", *args.arguments])
    return 0
