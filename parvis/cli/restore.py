"""`parvis restore FILE`: puts a backup back. Nothing else may use the database meanwhile."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Final

from parvis.cli import postgresql_tools
from parvis.cli.archive import Manifest, read_manifest, unpack
from parvis.cli.private_folder import private_folder
from parvis.cli.project import holds_data, is_embedded, migrate, own_project
from parvis.cli.table_shapes import refuse_unreadable
from parvis.core.errors import RefusedInput

_OTHER_KEY: Final = """\
Attention : cette sauvegarde a été faite sous une autre clé secrète (PARVIS_SECRET_KEY, ou le fichier secret-key de \
PARVIS_HOME). Si vous avez encore l'ancienne, remettez-la. Sinon :
- les agents se reconnectent, et refont leur seconde étape de connexion (« parvis reset-second-factor ») ;
- les liens d'invitation déjà envoyés marchent encore, mais ceux que Parvis affiche, imprime ou renvoie pour ces mêmes \
invitations ne marcheront pas : annulez-les et invitez de nouveau ;
- les liens et les QR des tables d'un atelier sont à imprimer de nouveau."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("restore", help="remet une sauvegarde en place (site arrêté)")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument("--force", action="store_true", help="remplace une base qui contient déjà des données")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Checks the backup whole, brings its tables up to date, replaces the database."""
    with own_project():
        from django.conf import settings

        manifest = read_manifest(args.file)
        _refuse_other_engine(manifest)
        refuse_unreadable(manifest)
        if not args.force and holds_data():
            raise RefusedInput("La base contient déjà des données : sauvegardez-la, puis ajoutez --force.")
        with private_folder(settings.PARVIS_HOME) as folder:
            copy = folder / "copy"
            unpack(args.file, copy)
            set_aside = _replace_embedded(copy) if is_embedded() else _replace_postgresql(copy)
    if set_aside:
        print(f"{set_aside} courriels attendaient : aucun ne part seul, voyez « Courriels » dans l'espace des agents.")
    _tell_other_key(manifest)
    print(f"Sauvegarde du {_local(manifest.made_at)} remise en place. Lancez « parvis verify ».")
    return 0


def _replace_embedded(copy: Path) -> int:
    """All is done on the copy, which then replaces the database in one transaction."""
    from django.db import DEFAULT_DB_ALIAS, connection

    from parvis.core.embedded.files import opened, replace_database

    target = Path(str(connection.settings_dict["NAME"]))
    with opened(copy, DEFAULT_DB_ALIAS):
        set_aside = _bring_up_to_date()
    connection.close()
    replace_database(target, copy)
    return set_aside


def _replace_postgresql(copy: Path) -> int:
    from django.db import connection

    postgresql_tools.load(connection, copy)
    return _bring_up_to_date()


def _bring_up_to_date() -> int:
    """The tables, then what must not go on as if nothing had happened. Returns how many mails were waiting."""
    migrate()
    from parvis.core.mailing.queue import set_aside_restored
    from parvis.meetings.models import Board
    from parvis.meetings.operations.room.row_versions import resend_whole_room

    # Devices may know later versions of a room than the backup: beyond those, each is told the whole room again.
    resend_whole_room(Board.objects.all(), ahead=1_000_000)
    return set_aside_restored()


def _refuse_other_engine(manifest: Manifest) -> None:
    from django.db import connection

    if manifest.engine != connection.vendor:
        raise RefusedInput(
            f"Cette sauvegarde vient de {manifest.engine}, cette installation utilise {connection.vendor} : "
            "changez DATABASE_URL, puis recommencez."
        )


def _tell_other_key(manifest: Manifest) -> None:
    from parvis.core.sealing import knows_key

    if manifest.key and not knows_key(manifest.key):
        print(_OTHER_KEY)


def _local(made_at: str) -> str:
    """« 3 mars 2026 à 14 h 05 », at the hour of here."""
    from django.utils import timezone

    from parvis.french.dates import day_and_hour

    return day_and_hour(timezone.localtime(datetime.datetime.fromisoformat(made_at)))
