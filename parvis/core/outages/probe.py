"""Whether the database answers and takes a write, tried at most once in two seconds whoever asks."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.db import DEFAULT_DB_ALIAS, Error, connections

from parvis.core import clock
from parvis.core.embedded.base import DatabaseWrapper
from parvis.core.models import DatabaseProbe
from parvis.core.outages.embedded_file import is_there
from parvis.core.outages.recognise import drop_read_only_connection

_KEPT_SECONDS: Final = 2.0
_LOCK_SECONDS: Final = 2
"""How long a probe waits for another writer of the embedded database."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the database did when it was asked."""

    reads: bool
    writes: bool


_lock: Final = threading.Lock()
_last: tuple[float, Health] | None = None


def database_health() -> Health:
    """What was seen less than two seconds ago, else a new try: a read, then the only row of a table written again."""
    global _last
    with _lock:
        if _last is None or time.monotonic() - _last[0] > _KEPT_SECONDS:
            health = _try_database()
            _last = (time.monotonic(), health)
        return _last[1]


def forget_health() -> None:
    """Have the next call try again."""
    global _last
    with _lock:
        _last = None


def _try_database() -> Health:
    if not is_there():
        return Health(reads=False, writes=False)
    reads = writes = False
    try:
        _hurry()
        DatabaseProbe.objects.filter(pk=1).exists()
        reads = True
        writes = _write()
    except Error as error:
        drop_read_only_connection(error)
    with suppress(Error):
        _calm()
    return Health(reads, writes)


def _write() -> bool:
    """One statement that commits by itself: a full disk or a read-only server cannot say yes to it."""
    moment = clock.now()
    if not DatabaseProbe.objects.filter(pk=1).update(at=moment):
        DatabaseProbe.objects.bulk_create([DatabaseProbe(pk=1, at=moment)], ignore_conflicts=True)
    return True


def _hurry() -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:  # it would close a connection that a transaction is using
        connection.close_if_unusable_or_obsolete()
    if isinstance(connection, DatabaseWrapper):
        connection.cursor().execute(f"PRAGMA busy_timeout = {_LOCK_SECONDS * 1000}")


def _calm() -> None:
    """The thread that asked may be one that serves pages."""
    connection = connections[DEFAULT_DB_ALIAS]
    if isinstance(connection, DatabaseWrapper) and connection.connection is not None:
        seconds = connection.settings_dict["OPTIONS"].get("timeout", 5)
        with suppress(Error):
            connection.cursor().execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
