"""The version of all that anyone may read: it changes with whatever changes a row of it, in the same transaction.

An app says which tables (`watch`), triggers of the database do the rest (`public_triggers`): no operation can forget
it, nor `bulk_create`, nor SQL typed by hand. A version is drawn, not counted: after a rollback, or a backup put back,
the same number would name other rows. So what was made of rows read *after* a version was may be used as long as that
version is read (docs/decisions/0022).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from django.db import connection, models
from django.utils import timezone

from parvis.core import clock, public_triggers

_watched: Final[dict[str, tuple[str, ...]]] = {}
"""Table → its columns that hold a moment at which pages change although no row does."""
_watched_with: Final[dict[str, str]] = {}
"""Table that the database itself keeps from another → that other: watching one is watching both."""
_complete: Final[set[str]] = set()
"""Databases seen to have every trigger."""
_LONG_AGO: Final = datetime.datetime.min.replace(tzinfo=datetime.UTC)
_last_turn: tuple[str, datetime.datetime, datetime.datetime] = ("", _LONG_AGO, _LONG_AGO)
"""Version, and between which moments the same rows are read alike."""
_TABLE: Final = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.I)
_MOST_FACTS: Final = 500
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class UnwatchedTable(RuntimeError):
    """What is kept under the version was made from a table that nobody watches: a fault of ours."""


def watch(*watched: type[models.Model], turns: tuple[str, ...] = ()) -> None:
    """Say, in `AppConfig.ready()`, that anyone may read rows of these models. `turns`: moments at which a rule, or a
    sentence, changes by itself (an embargo ends, a meeting begins). Days need not be said: every midnight is one."""
    for model in watched:
        _watched[model._meta.db_table] = turns


def watch_with(table: str, model: type[models.Model]) -> None:
    """Say that `table` is kept by the database from the rows of `model`, and changes with them only."""
    _watched_with[table] = model._meta.db_table


def watched_tables() -> frozenset[str]:
    return frozenset(_watched)


def complete_triggers(**_: Any) -> None:
    """Django sends `post_migrate` once tables are made, altered (SQLite makes them anew, without triggers), emptied."""
    public_triggers.install(watched_tables())


def public_version() -> str:
    """The present version, in one query; empty when the database does not keep it: then nothing may be kept."""
    if not _is_complete(str(connection.settings_dict["NAME"])):
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM core_publicversion ORDER BY id")
        return ".".join(str(token) for (token,) in cursor.fetchall())


def _is_complete(database: str) -> bool:
    """Whether every watched table has its triggers: a database brought up to date by hand may lack some."""
    if database not in _complete and not public_triggers.missing(watched_tables()):
        _complete.add(database)
    return database in _complete


def next_turn(version: str, now: datetime.datetime) -> datetime.datetime:
    """The first moment from `now` at which the same rows are read otherwise. One query for each version and turn."""
    global _last_turn
    known, since, until = _last_turn
    if known != version or not since <= now < until:
        until = min(_midnight(now), *_written_turns(now))
        _last_turn = (version, now, until)
    return until


def _midnight(now: datetime.datetime) -> datetime.datetime:
    tomorrow = timezone.localdate(now) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time.min))


def _written_turns(now: datetime.datetime) -> list[datetime.datetime]:
    """The first of each column. A turn that is now counts: what is made at this very moment is for no other."""
    quoted = connection.ops.quote_name
    columns = [(quoted(table), quoted(column)) for table, turns in sorted(_watched.items()) for column in turns]
    firsts = [f"SELECT MIN({column}) FROM {table} WHERE {column} >= %s" for table, column in columns]  # noqa: S608
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(firsts), [moment] * len(firsts))
        found = [row[0] for row in cursor.fetchall() if row[0] is not None]
    return [_aware(moment) for moment in found] or [_midnight(now)]


def _aware(moment: Any) -> datetime.datetime:
    """SQLite gives text, in UTC."""
    read = datetime.datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return read if timezone.is_aware(read) else read.replace(tzinfo=datetime.UTC)


@contextmanager
def only_watched() -> Iterator[None]:
    """Refuses, at the end of the block, that it read a table which nobody watches: `UnwatchedTable`."""
    asked: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.add(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield
    read = frozenset().union(*map(_tables, asked))
    unwatched = {_watched_with.get(table, table) for table in read} - watched_tables()
    if unwatched:
        raise UnwatchedTable(f"read, and watched by nobody: {', '.join(sorted(unwatched))}")


@lru_cache(maxsize=500)
def _tables(sql: str) -> frozenset[str]:
    return frozenset(_TABLE.findall(sql))


class Facts(Generic[K, V]):
    """What `compute` makes of watched rows, kept by this process as long as their version stands.

    Its result is shared: nobody changes it. `compute` is refused the clock.
    """

    def __init__(self, compute: Callable[[K], V]) -> None:
        self._compute = compute
        self._kept: tuple[str, dict[K, V]] = ("", {})

    def of(self, key: K, version: str) -> V:
        """The facts about `key`. `version` was read before, by this transaction if there is one."""
        standing, facts = self._kept
        if version != standing or not version or len(facts) >= _MOST_FACTS:
            self._kept = _, facts = version, {}
        if key not in facts:
            with only_watched(), clock.refused():
                facts[key] = self._compute(key)
        return facts[key]
