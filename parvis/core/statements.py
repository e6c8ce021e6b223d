"""Queries compiled once, for what is asked at each tap: building the same one again costs the ORM ten times its answer.

A place is left for each value by an expression of our own, found again by what it is, never by what it holds. The
present moment, that rules read from `core.clock`, is such a place too: the database may be told to compute with it,
Python may not (`clock.today()`): it fails the first time, by the developer's own test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import QuerySet
from django.db.models.expressions import Expression

from parvis.core import clock
from parvis.core.access import Rule, note_rules, rules_noted

Row = tuple[Any, ...]
Field: TypeAlias = "models.Field[Any, Any]"
_Shape: TypeAlias = tuple[Any, ...]
_MOST_SHAPES = 200
_MOMENT = -1


class Blank(Expression):
    """The place of a value, by its rank among all that are given. `field` says how the database writes it."""

    def __init__(self, rank: int, field: Field) -> None:
        super().__init__(output_field=field)
        self.rank = rank

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """`rules`: those the query was built by. Each run notes them, as building it again would.

    Threads share it: converters only turn values into others, and ask nothing of the connection they were made by.
    """

    sql: str
    params: tuple[Any, ...]
    compiler: Any
    converters: Any
    rules: frozenset[Rule]
    reads_moment: bool


class Statement:
    """A `values_list` queryset. `build` is given the place of each value (a list of places for a list of values), of
    these `fields` of a model; a call, the values themselves. It is compiled once for each length of its lists."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *fields: Field) -> None:
        self._build, self._fields = build, fields
        self._compiled: dict[_Shape, _Compiled] = {}

    def __call__(self, *given: Any) -> list[Row]:
        """The rows that the query answers."""
        shape: _Shape = (connection.vendor, *(len(value) if isinstance(value, list) else -1 for value in given))
        compiled = self._compiled.get(shape) or self._compile(shape)
        note_rules(compiled.rules)
        values = [item for value in given for item in (value if isinstance(value, list) else (value,))]
        if compiled.reads_moment:
            values.append(connection.ops.adapt_datetimefield_value(clock.now()))
        params = [values[param.rank] if isinstance(param, Blank) else param for param in compiled.params]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, params)
            rows: list[Row] = cursor.fetchall()
        if not compiled.converters:
            return rows
        return list(map(tuple, compiled.compiler.apply_converters(rows, compiled.converters)))

    def _compile(self, shape: _Shape) -> _Compiled:
        moment: Any = Blank(_MOMENT, models.DateTimeField())
        with clock.at(moment), rules_noted() as rules:
            query = self._build(*_blanks(self._fields, shape[1:])).query
            compiler = query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        reads_moment = any(isinstance(param, Blank) and param.rank == _MOMENT for param in params)
        made = _Compiled(sql, tuple(params), compiler, compiler.get_converters(columns), frozenset(rules), reads_moment)
        if len(self._compiled) >= _MOST_SHAPES:
            self._compiled.clear()
        self._compiled[shape] = made
        return made


def _blanks(fields: tuple[Field, ...], lengths: tuple[Any, ...]) -> list[Any]:
    places: list[Any] = []
    rank = 0
    for field, length in zip(fields, lengths, strict=True):
        ranks = range(rank, rank + max(length, 1))
        blanks = [Blank(place, field) for place in ranks]
        places.append(blanks if length >= 0 else blanks[0])
        rank = ranks.stop
    return places


def statement(*fields: Field) -> Callable[[Callable[..., QuerySet[Any, Any]]], Statement]:
    """`@statement(Meeting.code.field)` over a function that builds the queryset."""
    return lambda build: Statement(build, *fields)
