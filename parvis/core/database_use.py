"""Who uses the database: several programs together, or one alone (docs/decisions/0021).

Whoever replaces all of it must be alone: what others write meanwhile would be acknowledged, then erased. Embedded: a
lock on a file beside the database, which forked processes keep. PostgreSQL: an advisory lock, on each connection.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from parvis.core.errors import RefusedInput

_LOCK: Final = int.from_bytes(b"Parvis01")
"""PostgreSQL knows its advisory locks by a number, in each database apart."""
_USED: Final = "La base sert à un autre programme (« parvis serve », une commande) : arrêtez-le, puis recommencez."
_REPLACED: Final = "La base est en train d'être remplacée : recommencez quand « parvis restore » aura fini."


def share_database(database: BaseDatabaseWrapper) -> None:
    """Use it with others, as long as this process and those forked from it live.

    Raises `RefusedInput` when one uses it alone; on PostgreSQL, at each connection.
    """
    if database.vendor == "sqlite":
        _lock_file(database, fcntl.LOCK_SH, _REPLACED)
    else:
        connection_created.connect(_share_connection, dispatch_uid=__name__)


@contextmanager
def own_database(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Be alone to use it. Raises `RefusedInput` when another program does."""
    if database.vendor == "sqlite":
        held = _lock_file(database, fcntl.LOCK_EX, _USED)
        try:
            yield
        finally:
            os.close(held)
        return
    keeper = connections.create_connection(database.alias)
    try:
        if not _granted(keeper, "SELECT pg_try_advisory_lock(%s)"):
            raise RefusedInput(_USED)
        yield
    finally:
        keeper.close()


def _lock_file(database: BaseDatabaseWrapper, kind: int, refusal: str) -> int:
    """The open file that holds the lock: it goes when the file is closed everywhere, whatever ends the process."""
    path = Path(str(database.settings_dict["NAME"])).with_name("parvis.lock")
    opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(opened, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        raise RefusedInput(refusal) from None
    return opened


def _share_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if not _granted(connection, "SELECT pg_try_advisory_lock_shared(%s)"):
        connection.close()
        raise RefusedInput(_REPLACED)


def _granted(connection: BaseDatabaseWrapper, request: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(request, [_LOCK])
        return bool(cursor.fetchone()[0])
