"""Every row of one database into another, empty: as the rows are, past models, signals and derived columns.

What was written is read again, and compared with what was read first.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db import DataError, IntegrityError, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from parvis.core.errors import RefusedInput

_BY_MIGRATIONS: Final = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""Tables that an empty database has filled already."""
_BY_TRIGGERS: Final = frozenset({"core_publicversion"})
"""What the triggers of each database write for themselves: it means nothing in another."""
_CHUNK: Final = 1000
_SPACE: Final = 2**256

Model = type[models.Model]


def refuse_filled(database: BaseDatabaseWrapper) -> None:
    """Raises `RefusedInput` when a table holds a row, but for what migrations write by themselves."""
    quoted = database.ops.quote_name
    with database.cursor() as cursor:
        for table in sorted({*database.introspection.table_names(cursor)} - _BY_MIGRATIONS - _BY_TRIGGERS):
            cursor.execute(f"SELECT 1 FROM {quoted(table)} LIMIT 1")  # noqa: S608 - the name of a table
            if cursor.fetchone():
                raise RefusedInput(
                    f"La base PostgreSQL n'est pas vide (table {table}) : nommez-en une autre dans DATABASE_URL."
                )


def copy_rows(source: str, target: str) -> dict[str, int]:
    """Every row of the database of alias `source` into that of `target`, on PostgreSQL, inside a transaction of it.

    Returns how many, by table. Raises `RefusedInput` when PostgreSQL refuses a value, or reads back another one.
    """
    into = connections[target]
    copied = [model for model in apps.get_models(include_auto_created=True) if _is_copied(model)]
    with into.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(into.ops.quote_name(model._meta.db_table) for model in copied)}")
    counts = {}
    for model in copied:
        count, digest = _copy(model, source, into)
        if _digest(_rows(model, target)) != (count, digest):
            raise RefusedInput(f"La table {model._meta.db_table} n'a pas été relue pareille : rien n'est copié.")
        counts[model._meta.db_table] = count
    _check(into)
    _set_sequences(connections[source], into, copied)
    return counts


def _is_copied(model: Model) -> bool:
    return model._meta.managed and not model._meta.proxy and model._meta.db_table not in _BY_TRIGGERS


def _fields(model: Model) -> list[Any]:
    return list(model._meta.local_concrete_fields)


def _rows(model: Model, alias: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in _fields(model)]
    return model._base_manager.using(alias).order_by().values_list(*names).iterator(chunk_size=_CHUNK)


def _copy(model: Model, source: str, into: BaseDatabaseWrapper) -> tuple[int, int]:
    """How many rows, and their digest, as they were read. Never more than a chunk in memory."""
    fields, quoted = _fields(model), into.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    counted, request = _Digest(), f"COPY {quoted(model._meta.db_table)} ({columns}) FROM STDIN"
    try:
        with into.cursor() as cursor, into.wrap_database_errors, cursor.copy(request) as out:
            for row in _rows(model, source):
                counted.add(row)
                out.write_row([_prepared(field, value, into) for field, value in zip(fields, row, strict=True)])
    except (DataError, IntegrityError) as error:
        _refuse(model._meta.db_table, error)
    return counted.value


def _prepared(field: Any, value: Any, into: BaseDatabaseWrapper) -> Any:
    """The value as PostgreSQL takes it. A JSON column that may not be empty holds the `null` of JSON."""
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return field.get_db_prep_value(None, into)
    return field.get_db_prep_save(value, into)


class _Digest:
    """Of rows in any order: the two databases do not sort words alike."""

    def __init__(self) -> None:
        self.value = 0, 0

    def add(self, row: tuple[Any, ...]) -> None:
        count, total = self.value
        written = json.dumps([_plain(value) for value in row], sort_keys=True)
        self.value = count + 1, (total + int.from_bytes(hashlib.sha256(written.encode()).digest())) % _SPACE


def _digest(rows: Iterator[tuple[Any, ...]]) -> tuple[int, int]:
    counted = _Digest()
    for row in rows:
        counted.add(row)
    return counted.value


def _plain(value: Any) -> Any:
    """What JSON writes in one way whatever the database gave: moments in UTC, whole numbers without a point."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime.datetime) and value.tzinfo:
        return value.astimezone(datetime.UTC).isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _check(into: BaseDatabaseWrapper) -> None:
    """The links between tables, which PostgreSQL would check at the end."""
    try:
        with into.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        _refuse("", error)


def _refuse(table: str, error: Exception) -> None:
    reason = str(error).strip().splitlines()[0]
    place = f"de la table {table}" if table else "qui en nomme une autre"
    raise RefusedInput(f"PostgreSQL refuse une valeur {place}, rien n'est copié : {reason}") from None


def _set_sequences(source: BaseDatabaseWrapper, into: BaseDatabaseWrapper, copied: list[Model]) -> None:
    """Numbers go on where they were: one that was given, then erased, is not given again."""
    with source.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        last = dict(cursor.fetchall())
    with into.cursor() as cursor:
        for model in copied:
            table, key = model._meta.db_table, model._meta.pk
            if last.get(table) and isinstance(key, models.AutoField):
                quoted = into.ops.quote_name(table)
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [quoted, key.column, last[table]])
