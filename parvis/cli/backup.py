"""`parvis backup FILE`: the whole database in one file, while the site goes on."""

from __future__ import annotations

import argparse
import contextlib
import os
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import parvis
from parvis.cli.archive import pack
from parvis.cli.project import open_project
from parvis.core.errors import RefusedInput


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("backup", help="sauvegarde la base dans un fichier")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints where the backup is."""
    open_project()
    from django.db import connection

    from parvis.core import clock

    target: Path = args.file
    if not target.parent.is_dir():
        raise RefusedInput(f"Le dossier « {target.parent} » n'existe pas : créez-le, ou choisissez-en un autre.")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "copy"
        (_copy_sqlite if connection.vendor == "sqlite" else _dump_postgresql)(connection, copy)
        try:
            pack(copy, target, version=parvis.__version__, made_at=clock.now().isoformat(), engine=connection.vendor)
        except OSError:
            raise RefusedInput(f"« {target} » ne peut pas être écrit : vérifiez la place et vos droits.") from None
    size = target.stat().st_size // 1024 + 1
    print(f"Sauvegarde faite : {target} ({size} ko). Elle contient des données personnelles.")
    return 0


def _copy_sqlite(connection: Any, copy: Path) -> None:
    """A copy at one moment, by SQLite itself: writers wait a moment, readers do not.

    What mails say is taken out of the copy, its bytes included.
    """
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as target:
        connection.connection.backup(target)
        if _mail_content() in connection.introspection.table_names():  # a base that is not up to date may be saved too
            target.execute(f"DELETE FROM {_mail_content()}")  # noqa: S608 - the name of a table of ours
            target.execute("VACUUM")


def _dump_postgresql(connection: Any, copy: Path) -> None:
    without = f"--exclude-table-data={_mail_content()}"
    run_tool(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", without, f"--file={copy}"], connection)


def _mail_content() -> str:
    """The table of what waiting mails say: codes and links that open doors are in no backup."""
    from parvis.core.models import MailContent

    return MailContent._meta.db_table


def run_tool(command: list[str], connection: Any) -> None:
    """Run a tool of PostgreSQL on the database of the settings; the password goes by the environment."""
    settings = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    known = {name: str(settings[key]) for name, key in names.items() if settings.get(key)}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, never a shell
            command, env={**os.environ, **known}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise RefusedInput(f"L'outil {command[0]} manque : installez les programmes clients de PostgreSQL.") from None
    if done.returncode:
        said = (done.stderr.strip() or "aucune explication").splitlines()[0]
        raise RefusedInput(f"{command[0]} a échoué, rien n'a été changé : {said}")
