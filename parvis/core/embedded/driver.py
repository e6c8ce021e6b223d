"""The one SQLite of the program: whatever opens a SQLite file of ours imports it from here (docs/decisions/0021).

The wheel of `pysqlite3` carries a SQLite whose write-ahead log is safe. Where it has none, Python's own is used. Never
both on one file in one process: when one closes the file, the locks of the other are gone.
"""

from __future__ import annotations

import datetime
import decimal
from typing import TYPE_CHECKING, Final

from django.utils.dateparse import parse_date, parse_datetime, parse_time

if TYPE_CHECKING:
    from sqlite3 import dbapi2 as sqlite
else:
    try:
        from pysqlite3 import dbapi2 as sqlite
    except ImportError:
        from sqlite3 import dbapi2 as sqlite

__all__ = ["WAL_IS_SAFE", "sqlite"]

_FIXED: Final = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""Where the corruption of a write-ahead log by two processes was mended: on two older branches, then for good."""


def _is_safe(version: tuple[int, ...]) -> bool:
    return version >= _FIXED[-1] or any(fixed <= version < (3, fixed[1] + 1) for fixed in _FIXED)


WAL_IS_SAFE: Final = _is_safe(sqlite.sqlite_version_info)

# What Django registers with Python's own module, this one has to know too.
sqlite.register_converter("bool", b"1".__eq__)
sqlite.register_converter("date", lambda value: parse_date(value.decode()))
sqlite.register_converter("time", lambda value: parse_time(value.decode()))
sqlite.register_converter("datetime", lambda value: parse_datetime(value.decode()))
sqlite.register_converter("timestamp", lambda value: parse_datetime(value.decode()))
sqlite.register_adapter(decimal.Decimal, str)
sqlite.register_adapter(datetime.date, datetime.date.isoformat)
sqlite.register_adapter(datetime.datetime, lambda moment: moment.isoformat(" "))
