"""Rows written by a statement made once for each model: the ORM makes it anew at each row, ten times slower."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def insert_rows(rows: Sequence[models.Model], *, clause: str = "") -> None:
    """Insert rows of one model, each field as `save` would write it; they learn no key. `clause`: `ON CONFLICT …`."""
    if rows:
        model = type(rows[0])
        fields = _fields(model)
        with connection.cursor() as cursor:
            cursor.executemany(_statement(model, connection.vendor) + clause, [_values(fields, row) for row in rows])


def _values(fields: Sequence[Any], row: models.Model) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


@cache
def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@cache
def _statement(model: type[models.Model], vendor: str) -> str:
    """The row that stands already is `standing`, for whoever adds a clause."""
    quoted = connection.ops.quote_name
    columns = [quoted(str(field.column)) for field in _fields(model)]
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quoted(model._meta.db_table)} AS standing ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names, values apart
