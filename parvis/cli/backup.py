"""`parvis backup FILE`: the whole database in one file, while the site goes on."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import Any

import parvis
from parvis.cli import postgresql_tools
from parvis.cli.archive import describe, pack, refuse_target
from parvis.cli.private_folder import private_folder
from parvis.cli.project import is_embedded, open_project
from parvis.cli.table_shapes import present_migrations, present_tables


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("backup", help="sauvegarde la base dans un fichier")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument("--replace", action="store_true", help="remplace une sauvegarde qui porte déjà ce nom")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints where the backup is."""
    refuse_target(args.file, replace=args.replace)
    open_project()
    from django.conf import settings
    from django.db import connection

    from parvis.core import clock
    from parvis.core.sealing import key_print

    with private_folder(settings.PARVIS_HOME) as folder:
        copy = folder / "copy"
        moment = clock.now().isoformat()
        migrations, tables = present_migrations(), present_tables()
        if is_embedded():
            _copy_sqlite(connection, copy)
        else:
            postgresql_tools.dump(connection, copy, without_data_of=_mail_content())
        manifest = describe(
            copy, version=parvis.__version__, made_at=moment, engine=connection.vendor, migrations=migrations,
            tables=tables, key=key_print(),
        )  # fmt: skip
        pack(copy, args.file, manifest, replace=args.replace)
    size = args.file.stat().st_size // 1024 + 1
    print(f"Sauvegarde faite : {args.file} ({size} ko). Elle contient des données personnelles.")
    return 0


def _copy_sqlite(connection: Any, copy: Path) -> None:
    """A copy at one moment, by SQLite itself, in one file. Only the rollback journal makes writers wait.

    What mails say is taken out of the copy, its bytes included.
    """
    from parvis.core.embedded.driver import sqlite

    connection.ensure_connection()
    with contextlib.closing(sqlite.connect(copy, isolation_level=None)) as target:
        with connection.wrap_database_errors:
            connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        names = {name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if _mail_content() in names:  # a base that is not up to date may be saved too
            target.execute(f"DELETE FROM {_mail_content()}")  # noqa: S608 - the name of a table of ours
            target.execute("VACUUM")


def _mail_content() -> str:
    """The table of what waiting mails say: codes and links that open doors are in no backup."""
    from parvis.core.models import MailContent

    return MailContent._meta.db_table
