"""`parvis restore FILE`: puts a backup back. The site must be stopped."""

from __future__ import annotations

import argparse
import contextlib
import sqlite3
import tempfile
from pathlib import Path

from parvis.cli.archive import Manifest, unpack
from parvis.cli.backup import run_tool
from parvis.cli.project import is_embedded, migrate, open_project
from parvis.core.errors import RefusedInput


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("restore", help="remet une sauvegarde en place (site arrêté)")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--force", action="store_true", help="remplace une base qui contient déjà des données")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Checks the backup whole, then replaces the database, then brings its tables up to date."""
    open_project()
    from django.conf import settings
    from django.db import connection

    home = Path(settings.PARVIS_HOME)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        copy = Path(folder) / "copy"
        manifest = unpack(args.file, copy)
        _refuse_other_engine(manifest, connection.vendor)
        if not args.force and _holds_data():
            raise RefusedInput("La base contient déjà des données : sauvegardez-la, puis ajoutez --force.")
        if is_embedded():
            _put_sqlite(copy, Path(str(connection.settings_dict["NAME"])))
        else:
            tool = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
            run_tool([*tool, f"--dbname={connection.settings_dict['NAME']}", str(copy)], connection)
    connection.close()
    migrate()
    _forget_what_devices_saw()
    from parvis.core.mailing.queue import set_aside_restored

    held_back = set_aside_restored()
    if held_back:
        print(f"{held_back} courriels attendaient : aucun ne part seul, voyez « Courriels » dans l'espace des agents.")
    print(f"Sauvegarde du {manifest.made_at[:16].replace('T', ' à ')} remise en place. Lancez « parvis verify ».")
    return 0


def _forget_what_devices_saw() -> None:
    """Devices may know later versions of a room than the backup: beyond those, each is told the whole room again."""
    from parvis.meetings.models import Board
    from parvis.meetings.operations.room.row_versions import resend_whole_room

    resend_whole_room(Board.objects.all(), ahead=1_000_000)


def _refuse_other_engine(manifest: Manifest, vendor: str) -> None:
    if manifest.engine != vendor:
        raise RefusedInput(
            f"Cette sauvegarde vient de {manifest.engine}, cette installation utilise {vendor} : "
            "changez DATABASE_URL, puis recommencez."
        )


def _holds_data() -> bool:
    from django.db import connection

    from parvis.people.models import User

    if User._meta.db_table not in connection.introspection.table_names():
        return False
    return User.objects.exists()


def _put_sqlite(copy: Path, target: Path) -> None:
    """SQLite writes it over the former database, in one transaction: refused while the site still writes."""
    from django.db import connection

    connection.close()
    try:
        with contextlib.closing(sqlite3.connect(copy)) as source, contextlib.closing(sqlite3.connect(target)) as out:
            source.backup(out)
    except sqlite3.OperationalError:
        raise RefusedInput("La base est occupée : arrêtez « parvis serve », puis recommencez.") from None
    target.chmod(0o600)
