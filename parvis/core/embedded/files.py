"""SQLite files beside the database of the settings: opening one, putting one in the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from parvis.core.embedded.base import DatabaseWrapper
from parvis.core.embedded.driver import sqlite
from parvis.core.errors import RefusedInput

_FULL: Final = "Il n'y a plus de place dans PARVIS_HOME : rien n'a été changé. Libérez-en, puis recommencez."
_BUSY: Final = "La base est occupée : arrêtez « parvis serve », puis recommencez."


@contextmanager
def opened(path: Path, alias: str) -> Iterator[None]:
    """Inside, in this thread, the database `alias` is the SQLite file `path`. Closed at the end, in one file."""
    given = connections.configure_settings({DEFAULT_DB_ALIAS: settings.EMBEDDED_DATABASE | {"NAME": str(path)}})
    former = connections[alias] if alias in connections.settings else None
    other = connections[alias] = DatabaseWrapper(given[DEFAULT_DB_ALIAS], alias)
    try:
        yield
    finally:
        other.close()
        if former is None:
            del connections[alias]
        else:
            connections[alias] = former


def replace_database(target: Path, copy: Path) -> None:
    """SQLite writes `copy` over `target`, in one transaction. Raises `RefusedInput`; then nothing is changed.

    A target that is damaged, over which nothing can be written, is removed.
    """
    if _is_damaged(target):
        for journal in ("-wal", "-shm", "-journal"):
            target.with_name(f"{target.name}{journal}").unlink(missing_ok=True)
        copy.replace(target)
        return
    try:
        with closing(sqlite.connect(copy)) as source, closing(sqlite.connect(target)) as out:
            source.backup(out)
    except sqlite.OperationalError as error:
        raise RefusedInput(_FULL if "full" in str(error) else _BUSY) from None
    target.chmod(0o600)


def _is_damaged(path: Path) -> bool:
    try:
        with closing(sqlite.connect(path)) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite.OperationalError:
        return False
    except sqlite.DatabaseError:
        return True
    return False
