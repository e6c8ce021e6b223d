"""Rows written by a statement made once for each model: the ORM makes it anew at each row, ten times slower."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final

from django.db import connection, models

_PLAIN: Final = frozenset({
    models.CharField, models.TextField, models.IntegerField, models.BigIntegerField, models.PositiveIntegerField,
    models.PositiveSmallIntegerField, models.PositiveBigIntegerField, models.ForeignKey,
})  # fmt: skip
_PARAMETERS: Final = 6_000
"""Values in one statement where the database sets no limit: the texts of statements are kept."""


def insert_rows(rows: Sequence[models.Model], *, clause: str = "") -> None:
    """Insert rows of one model, each field as `save` would write it; they learn no key.

    `clause`: an `ON CONFLICT …`, which refuses two rows of the same key.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = _fields(model)
    most = max(1, (connection.features.max_query_params or _PARAMETERS) // len(fields))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), most):
            some = rows[start : start + most]
            values = [_value(row, field) for row in some for field in fields]
            cursor.execute(_statement(model, connection.vendor, len(some)) + clause, values)


def _value(row: models.Model, field: Any) -> Any:
    """What the database is given. A text or a number of a plain field is written as it is: no need to ask its field."""
    if type(field) in _PLAIN:
        value = getattr(row, field.attname)
        if value is None or type(value) in (str, int):
            return value
    return field.get_db_prep_save(field.pre_save(row, True), connection)


@cache
def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@lru_cache(maxsize=1_000)
def _statement(model: type[models.Model], vendor: str, count: int) -> str:
    """The row that stands already is `standing`, for whoever adds a clause."""
    quoted = connection.ops.quote_name
    columns = [quoted(str(field.column)) for field in _fields(model)]
    row = f"({', '.join(['%s'] * len(columns))})"
    rows = ", ".join([row] * count)
    return f"INSERT INTO {quoted(model._meta.db_table)} AS standing ({', '.join(columns)}) VALUES {rows}"  # noqa: S608 - our own names, values apart
