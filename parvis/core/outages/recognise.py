"""Which errors mean that the database cannot answer now, and which of them cost a wait."""

from __future__ import annotations

from typing import Final

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, ProgrammingError, connection

from parvis.core.embedded.driver import WAL_IS_SAFE

_READ_ONLY: Final = "25006"
_CUT: Final = "57P"
"""PostgreSQL stops, starts, or was told to cut this connection."""


def is_outage(error: BaseException | None) -> bool:
    """Whether the same request may succeed a moment later: locked, full, read-only, frozen, gone, two in a deadlock."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    if isinstance(error, InternalError):
        return sqlstate(error) == _READ_ONLY
    if isinstance(error, ProgrammingError):
        return False
    return type(error) is DatabaseError  # SQLite: not a database any more


def is_slow(error: BaseException) -> bool:
    """Whether everyone who comes next would wait as long for the same answer."""
    if connection.vendor == "sqlite":
        return "locked" in str(error)
    state = sqlstate(error)
    return state is None or state.startswith(_CUT)


def readers_go_on() -> bool:
    """Whether what makes writers wait leaves readers alone: the embedded database with its write-ahead log."""
    return connection.vendor == "sqlite" and WAL_IS_SAFE


def drop_read_only_connection(error: BaseException) -> None:
    """PostgreSQL tells at its opening whether a connection may write: the next one asks again."""
    if sqlstate(error) == _READ_ONLY and not connection.in_atomic_block:
        connection.close()


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's own code; None when it is not the server that spoke."""
    return getattr(error.__cause__, "sqlstate", None)
