"""Whether the file of the embedded database is still the one that is open.

A connection goes on writing into a file that was removed: what it acknowledges would be lost. One that opens the name
again would make an empty database.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created

from parvis.core.embedded.base import DatabaseWrapper

_opened: dict[int, tuple[int, int]] = {}
"""By connection of a thread: the device and the number of the file that it opened."""


def is_there() -> bool:
    """Whether the file is where it should be. A connection to another file of that name is closed, to open it again."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not isinstance(connection, DatabaseWrapper) or connection.is_in_memory_db():
        return True
    opened = _opened.get(id(connection)) if connection.connection is not None else None
    present = _identity(connection)
    if present is None or opened not in (None, present):
        connection.close()
    return present is not None


def _note(sender: Any, connection: Any, **_: Any) -> None:
    identity = _identity(connection) if isinstance(connection, DatabaseWrapper) else None
    if identity is not None:
        _opened[id(connection)] = identity


def _identity(embedded: DatabaseWrapper) -> tuple[int, int] | None:
    try:
        status = Path(embedded.settings_dict["NAME"]).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def watch_file() -> None:
    """Note what each new connection opens."""
    connection_created.connect(_note, dispatch_uid="parvis-embedded-file")
