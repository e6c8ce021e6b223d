"""Django's PostgreSQL, whose waits end (docs/decisions/0024) and whose tables can be written anew (0015).

The server ends what is slow (`statement_timeout`, `lock_timeout`); it can do nothing when it is what hangs: then the
client stops waiting, and drops the connection, whose state nobody knows. Commands wait as long as they need.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any, ClassVar, Final

from django.db import OperationalError
from django.db.backends.postgresql import base
from psycopg import errors

_CONNECT_SECONDS: Final = 2
_USABLE_SECONDS: Final = 1.0
_MARGIN_SECONDS: Final = 0.5
"""Longer than the server's own patience: what it refuses leaves the connection good."""
_ALIVE: Final = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""For a network that lost the server, in seconds and milliseconds."""
_BETWEEN_WRITINGS: Final = 0.5
"""Seconds before a table that kept erased rows is written again."""
_SILENT: Final = "the server does not answer"


class DatabaseWrapper(base.DatabaseWrapper):
    """The database of a command; of the site once `patience` is set."""

    patience: ClassVar[float | None] = None
    """Seconds that a statement may take, from the next connection on; None, as long as it needs."""

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = {**_ALIVE, **super().get_connection_params()}
        if self.patience is not None:
            limit = int(self.patience * 1000)
            given = parameters.get("options", "")
            parameters["options"] = f"{given} -c statement_timeout={limit} -c lock_timeout={limit * 3 // 4}".strip()
            parameters.setdefault("connect_timeout", _CONNECT_SECONDS)
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if self.patience is not None:
            connection.wait = _Waiter(connection, self.patience + _MARGIN_SECONDS)
        return connection

    def is_usable(self) -> bool:
        """Asked before a request uses a kept connection: a live server answers at once."""
        waiter = getattr(self.connection, "wait", None)
        if not isinstance(waiter, _Waiter):
            return bool(super().is_usable())
        with waiter.hurried(_USABLE_SECONDS):
            return bool(super().is_usable())

    def write_anew(self, patience: float) -> None:
        """Write each table again from its rows alone. Outside any transaction.

        `VACUUM FULL` keeps the erased rows that a transaction begun before may still read: that of a backup, of a
        report, of an `ANALYZE`, the server's own included. Raises `OperationalError` if one lasts more than `patience`
        seconds, or holds a table as long.
        """
        deadline = time.monotonic() + patience
        with self.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{patience * 1000:.0f}ms"])
        try:
            for table in self.introspection.django_table_names(only_existing=True):
                while self._erased_rows_kept(table):
                    if time.monotonic() > deadline:
                        raise OperationalError("a transaction may still read what was erased")
                    time.sleep(_BETWEEN_WRITINGS)
        finally:
            with self.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

    def _erased_rows_kept(self, table: str) -> int:
        """How many erased rows a new writing of this table had to keep: the server tells it, in its own language."""
        details: list[str] = []

        def listen(notice: errors.Diagnostic) -> None:
            details.append(notice.message_detail or "")

        self.ensure_connection()
        self.connection.add_notice_handler(listen)
        try:
            with self.cursor() as cursor:
                cursor.execute(f"VACUUM (FULL, VERBOSE) {self.ops.quote_name(table)}")
        finally:
            self.connection.remove_notice_handler(listen)
        counts = (re.match(r"\d+", detail) for detail in details)
        return sum(int(count[0]) for count in counts if count is not None)


class _Waiter:
    """What a connection calls to wait for the server, with an end to it."""

    def __init__(self, connection: Any, seconds: float) -> None:
        self._connection, self._seconds = connection, seconds
        self._wait: Callable[..., Any] = connection.wait

    def __call__(self, steps: Any, *args: Any, **kwargs: Any) -> Any:
        begun = time.monotonic()
        try:
            return self._wait(steps, *args, **{"timeout": self._seconds, **kwargs})
        except errors.OperationalError as error:
            if error.sqlstate is None and time.monotonic() - begun >= self._seconds:
                self._connection.pgconn.finish()
                raise errors.OperationalError(_SILENT) from None
            raise

    @contextmanager
    def hurried(self, seconds: float) -> Any:
        """Wait for less, inside the block."""
        kept, self._seconds = self._seconds, min(seconds, self._seconds)
        try:
            yield
        finally:
            self._seconds = kept
