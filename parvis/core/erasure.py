"""What was erased leaves the files of the database too, and the cache (docs/decisions/0015).

An erasing operation calls `wipe_on_commit`; a command that erased much calls `wipe` at its end.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction

from parvis.core.embedded.base import DatabaseWrapper
from parvis.core.errors import RefusedInput
from parvis.core.word_index import rebuild_indexes

_AT_ONCE: Final = 150 * 1024 * 1024
"""Bytes of an embedded database that are written again in less time than a writer waits."""

_STILL_READ: Final = (
    "C'est effacé, mais la base est trop occupée pour que son fichier soit réécrit : relancez « parvis purge »."
)
_log = logging.getLogger(__name__)


def wipe_on_commit() -> None:
    """Leave no byte of what this transaction erases, once it is committed. A large database waits for `purge`."""
    if all(job[1] is not _wipe_soon for job in connection.run_on_commit):
        transaction.on_commit(_wipe_soon)


def wipe(patience: float = 60) -> None:
    """Leave no byte of what was erased in the cache, nor in the files of the database. Outside any transaction.

    On PostgreSQL, the files of the tables only: its write-ahead log keeps them as long as its settings say. Raises
    `RefusedInput` when others leave it no moment in `patience` seconds: what was erased is, its bytes are not.
    """
    cache.clear()
    database: Any = connections[DEFAULT_DB_ALIAS]  # both of Parvis's databases can be written anew
    try:
        _forget_words(database)
        database.write_anew(patience)
    except Error:
        raise RefusedInput(_STILL_READ) from None


def _wipe_soon() -> None:
    cache.clear()
    database = connections[DEFAULT_DB_ALIAS]
    if not isinstance(database, DatabaseWrapper) or _is_large(database):
        return
    try:
        _forget_words(database)
        database.write_anew()
    except Error:  # the erasure itself is done
        _log.warning("The embedded database could not be written again after an erasure: run « parvis purge ».")


def _forget_words(database: Any) -> None:
    """The index of words is made from the rows alone; PostgreSQL makes its own with the tables."""
    if isinstance(database, DatabaseWrapper):
        rebuild_indexes()


def _is_large(embedded: DatabaseWrapper) -> bool:
    return not embedded.is_in_memory_db() and Path(embedded.settings_dict["NAME"]).stat().st_size > _AT_ONCE
