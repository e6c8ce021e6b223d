"""What several commands share: opening the project, reading a file, checking that the database is ready."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from parvis.cli.arguments import port
from parvis.core.errors import RefusedInput

if TYPE_CHECKING:
    from parvis.consultations.models import Consultation


def open_project() -> None:
    """Load the settings and the apps, and use the database with others. Commands that need none do not call it.

    Raises `RefusedInput` when a setting is wrong, or while one command uses the database alone.
    """
    _load()
    from django.db import connection

    from parvis.core.database_use import share_database

    share_database(connection)


@contextmanager
def own_project() -> Iterator[None]:
    """The same, alone to use the database. Raises `RefusedInput` while another program does."""
    _load()
    from django.db import connection

    from parvis.core.database_use import own_database

    with own_database(connection):
        yield


def _load() -> None:
    import django

    os.umask(0o077)  # what we write is ours only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()
    from django.conf import settings

    _keep_private(settings.PARVIS_HOME)


def _keep_private(home: Path) -> None:
    """Make the home, or close it to others. One that is a folder of the system (/tmp, /srv) is left as it is."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        standing = home.stat()
        ours = standing.st_uid == os.geteuid() and len(home.parts) > 2 and not standing.st_mode & stat.S_ISVTX
        if ours and standing.st_mode & 0o077:
            home.chmod(0o700)
    except OSError:
        raise RefusedInput(
            f"PARVIS_HOME (« {home} ») ne peut pas être ouvert : donnez un dossier où vous pouvez écrire."
        ) from None
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise RefusedInput(f"PARVIS_HOME (« {home} ») est fermé en écriture : vérifiez vos droits.")


def migrate() -> None:
    """Bring the tables to the present shape."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def ready_project(*, new: bool = False) -> None:
    """Open the project on tables of the present shape: the embedded ones are brought to it, others must be by hand.

    `new`: those of a production database that has no agent yet are made too. Raises `RefusedInput` when a production
    database is behind.
    """
    open_project()
    if is_embedded() or (new and not holds_data()):
        migrate()
        return
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RefusedInput(
            "La base n'est pas à jour : faites une sauvegarde (parvis backup), puis « parvis manage migrate »."
        )


def is_embedded() -> bool:
    """Whether the database is the SQLite file of `PARVIS_HOME`."""
    from django.db import connection

    return connection.vendor == "sqlite"


def holds_data() -> bool:
    """Whether the database has agents: no installation in use is without. One that cannot be read counts as one."""
    from django.db import DatabaseError, OperationalError, connection

    from parvis.people.models import User

    try:
        return User._meta.db_table in connection.introspection.table_names() and User.objects.exists()
    except OperationalError:
        raise
    except DatabaseError:
        return True


def read_file(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file named on the command line. Raises `RefusedInput` when it cannot be read.

    `most`: no more than one byte beyond is read, so that a huge file is refused for its size without being held.
    """
    try:
        with path.open("rb") as file:
            return file.read(-1 if most is None else most + 1)
    except FileNotFoundError:
        raise RefusedInput(f"Le fichier « {path} » n'existe pas : vérifiez son nom.") from None
    except IsADirectoryError:
        raise RefusedInput(f"« {path} » est un dossier : donnez le nom d'un fichier.") from None
    except OSError:
        raise RefusedInput(f"« {path} » ne peut pas être lu : vérifiez que c'est un fichier, et vos droits.") from None


def add_address(parser: argparse.ArgumentParser) -> None:
    """Where to serve: the same words for every command that serves."""
    parser.add_argument("--host", default="127.0.0.1", help="adresse d'écoute (127.0.0.1 : cette machine seulement)")
    parser.add_argument("--port", type=port, default=8000, help="port d'écoute (8000)")


def add_consultation(parser: argparse.ArgumentParser) -> None:
    """Which consultation a file is for."""
    parser.add_argument("--consultation", metavar="SLUG", default="", help="inutile s'il n'y en a qu'une")


def chosen_consultation(slug: str) -> Consultation:
    """The consultation of this address, or the only one. Raises `RefusedInput` with those that there are."""
    from parvis.consultations.models import Consultation

    known = list(Consultation.objects.order_by("slug"))
    chosen = [consultation for consultation in known if consultation.slug == slug] if slug else known
    if len(chosen) == 1:
        return chosen[0]
    slugs = ", ".join(consultation.slug for consultation in known) or "aucune n'existe encore"
    raise RefusedInput(f"Dites pour quelle concertation, avec --consultation : {slugs}.")
