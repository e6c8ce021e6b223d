"""Django's SQLite, whose writers of one process wait for their turn outside SQLite (docs/decisions/0011).

Inside it they would poll, each holding its own connection. The one whose turn it is may have to touch the connection of
another, when the garbage of a past error holds a cursor of it: both would then wait until one gives up.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from parvis.core.embedded.driver import sqlite

_turns: Final[defaultdict[str, threading.Lock]] = defaultdict(threading.Lock)
"""Database file → whose turn it is to write. Another process is waited for by SQLite itself."""
_PATIENCE: Final = 5.0
"""Seconds, when the settings say nothing."""
_UNNOTICED: Final = 0.5
"""Seconds waited for a turn that are not taken off the rest."""
_LONGEST_KEPT: Final = 4_000
"""Characters of a statement whose conversion is kept: those of great batches come once."""
_making_private: Final = threading.Lock()
"""Closing a file frees every lock that this process has on it: none is opened between its making and its closing."""


class Cursor(sqlite.Cursor):
    """Django writes `%s` and `%(name)s` where values go, SQLite reads `?` and `:name`."""

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        return super().execute(_converted(query, params), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        rows = list(param_list)
        return super().executemany(_converted(query, rows[0] if rows else ()), rows)


def _converted(query: str, params: Any) -> str:
    """`query` as SQLite reads it. The same statements come back at each request: their conversion is kept."""
    if isinstance(params, Mapping):
        return _convert(query, tuple(params))
    return _convert_kept(query) if len(query) <= _LONGEST_KEPT else _convert(query, None)


def _convert(query: str, names: tuple[str, ...] | None) -> str:
    # The method reads nothing of its cursor.
    return str(base.SQLiteCursorWrapper.convert_query(None, query, param_names=names))  # type: ignore[arg-type]


@lru_cache(maxsize=500)
def _convert_kept(query: str) -> str:
    return _convert(query, None)


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction begins when the one before it, of whatever thread, is over. The file is its owner's only."""

    Database = sqlite
    init_commands: list[str]
    _turn: threading.Lock | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.is_in_memory_db():
            _keep_private(Path(conn_params["database"]))
        connection = sqlite.connect(**conn_params)
        try:
            register(connection)
            for command in filter(None, map(str.strip, self.init_commands)):
                connection.execute(command)
        except BaseException:
            connection.close()
            raise
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # hooks of backends: stubs have none
            return
        begun = time.monotonic()
        self._take_turn()
        try:
            with self._waiting_less(time.monotonic() - begun):
                super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    @contextmanager
    def _waiting_less(self, waited: float) -> Iterator[None]:
        """Another process is waited for during what is left of the patience: both waits together are one."""
        if waited < _UNNOTICED:
            yield
            return
        self._wait_inside(max(0.0, self._patience - waited))
        try:
            yield
        finally:
            self._wait_inside(self._patience)

    def _wait_inside(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _set_autocommit(self, autocommit: bool) -> None:
        """Django asks for it at the end of a transaction, committed or not."""
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self._give_turn()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        self._give_turn()

    def write_anew(self, patience: float | None = None) -> None:
        """Write the whole file again from its rows alone, and empty its log. Outside any transaction.

        `secure_delete` blanks what is erased where it stands, not the copies of a row that remain in the unused part of
        a page when the row moves to another: one erased text in a hundred stayed (docs/decisions/0015). Writers wait
        meanwhile, 18 ms for each megabyte. Raises `OperationalError` when others leave no moment in `patience` seconds.
        """
        deadline = time.monotonic() + (self._patience if patience is None else patience)
        while not self._rewritten():
            if time.monotonic() > deadline:
                raise OperationalError("database is locked")
        while not self._log_emptied():
            if time.monotonic() > deadline:
                raise OperationalError("a reader still needs the write-ahead log")
            time.sleep(0.05)

    def _rewritten(self) -> bool:
        """Whether the file was written again; SQLite itself waits for the readers of the moment."""
        self._take_turn()
        try:
            with self.cursor() as cursor:
                cursor.execute("VACUUM")
        except OperationalError as error:
            if "locked" in str(error):
                return False
            raise
        finally:
            self._give_turn()
        return True

    def _log_emptied(self) -> bool:
        """Whether the write-ahead log is empty: a reader may still need it. In the other mode there is none.

        SQLite does not wait for readers here: it would hold this connection meanwhile.
        """
        with self.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                busy, _, _ = cursor.fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
        return not busy

    @property
    def _patience(self) -> float:
        seconds: float = self.settings_dict["OPTIONS"].get("timeout", _PATIENCE)
        return seconds

    def _take_turn(self) -> None:
        turn = _turns[str(self.settings_dict["NAME"])]
        if not turn.acquire(timeout=self._patience):
            raise OperationalError("database is locked")
        self._turn = turn

    def _give_turn(self) -> None:
        turn = self._turn
        if turn is not None:
            self._turn = None
            turn.release()


def _keep_private(path: Path) -> None:
    """The file, made if need be, is its owner's only; SQLite gives its journals the same rights."""
    with _making_private:
        if not path.exists():
            path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        with suppress(PermissionError):  # another's file: its owner decides
            path.chmod(0o600)
