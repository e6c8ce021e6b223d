"""Queries compiled once, for what is asked at each tap: building the same one again costs the ORM ten times its answer.

A place is left for each value by an expression of our own, found again by what it is, never by what it holds. Whatever
the rules of the query read of the clock would stay as it was on the first day: they are refused it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import QuerySet
from django.db.models.expressions import Expression

from parvis.core import clock

Row = tuple[Any, ...]


class Blank(Expression):
    """The place of a value, in the order they are given. `field` says how the database writes it."""

    def __init__(self, rank: int, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.rank = rank

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    params: tuple[Any, ...]
    compiler: Any
    converters: Any


class Statement:
    """A `values_list` queryset. `build` is given a `Blank` for each of `fields`; `rows`, the values."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *fields: models.Field[Any, Any]) -> None:
        self._build, self._fields = build, fields
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, *values: Any) -> Sequence[Row]:
        """What the query answers for `values`."""
        compiled = self._compiled.get(connection.vendor) or self._compile()
        params = [values[param.rank] if isinstance(param, Blank) else param for param in compiled.params]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, params)
            rows: list[Row] = cursor.fetchall()
        return list(map(tuple, compiled.compiler.apply_converters(rows, compiled.converters)))

    def _compile(self) -> _Compiled:
        with clock.refused():
            query = self._build(*[Blank(rank, field) for rank, field in enumerate(self._fields)]).query
            compiler = query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        made = _Compiled(sql, tuple(params), compiler, compiler.get_converters(columns))
        self._compiled[connection.vendor] = made
        return made
