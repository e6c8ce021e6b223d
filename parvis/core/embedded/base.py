"""Django's SQLite, whose writers of one process wait for their turn outside SQLite (docs/decisions/0011).

Inside it they would poll, each holding its own connection. The one whose turn it is may have to touch the connection of
another, when the garbage of a past error holds a cursor of it: both would then wait until one gives up.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_turns: Final[defaultdict[str, threading.Lock]] = defaultdict(threading.Lock)
"""Database file → whose turn it is to write. Another process is waited for by SQLite itself."""
_PATIENCE: Final = 5.0
"""Seconds, when the settings say nothing."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction begins when the one before it, of whatever thread, is over."""

    _turn: threading.Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # hooks of backends: stubs have none
            return
        turn = _turns[str(self.settings_dict["NAME"])]
        if not turn.acquire(timeout=self.settings_dict["OPTIONS"].get("timeout", _PATIENCE)):
            raise OperationalError("database is locked")
        self._turn = turn
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        """Django asks for it at the end of a transaction, committed or not."""
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self._give_turn()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        self._give_turn()

    def _give_turn(self) -> None:
        turn = self._turn
        if turn is not None:
            self._turn = None
            turn.release()
