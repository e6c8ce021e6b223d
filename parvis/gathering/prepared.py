"""Queries compiled once, for the pages that a whole town opens at the same minute.

Building and compiling a queryset costs Django about ten times what the database needs to answer it; a list page asks
eight. `prepared` turns a function that returns a `values_list` queryset into one that returns its rows: the SQL is
compiled the first time, from the same rules as everywhere else, and run again with other values.

What may vary: the arguments (whole numbers, texts, and lists of whole numbers, one SQL for each length) and the present
moment, that rules read from `core.clock`. Each argument is first given a mark, found again among the parameters of the
compiled query: an argument that cannot be found raises at once, so a query that does more than compare its argument
(`contains`, a slice) is refused the first time it runs, by the developer's own test.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from parvis.core import clock
from parvis.core.access import Rule, note_rules, rules_noted

P = ParamSpec("P")
Row = tuple[Any, ...]
_MOST_SHAPES = 200
_MARKED_MOMENT = datetime.datetime(1913, 5, 7, 11, 13, 17, 190_023, tzinfo=datetime.UTC)
_MARKED_NUMBER = -7_000_000_000_000_000
_MARKED_TEXT = "\ue000mark\ue001"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL, its parameters, which argument goes where (None: the present moment), and how to read what comes back.

    `rules`: those the query was built by. Each run notes them, as building it again would.
    """

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int | None], ...]
    compiler: Any
    converters: Any
    rules: frozenset[Rule]


def prepared(build: Callable[P, QuerySet[Any, Any]]) -> Callable[P, list[Row]]:
    """A function that runs the `values_list` queryset of `build`, compiled once for each length of its lists."""
    memory = threading.local()

    def run(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        assert not kwargs, "arguments of a prepared query are given by position"
        connection = connections[DEFAULT_DB_ALIAS]
        known: dict[Any, _Compiled] = memory.__dict__.setdefault("known", {})
        shape = (connection.vendor, *(len(arg) if isinstance(arg, list) else -1 for arg in args))
        compiled = known.get(shape)
        if compiled is None:
            if len(known) >= _MOST_SHAPES:
                known.clear()
            compiled = known[shape] = _compile(build, args)
        note_rules(compiled.rules)
        values = [value for arg in args for value in (arg if isinstance(arg, list) else (arg,))]
        params = list(compiled.params)
        moment = connection.ops.adapt_datetimefield_value(clock.now())
        for place, index in compiled.places:
            params[place] = moment if index is None else values[index]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, params)
            rows: list[Row] = cursor.fetchall()
        if not compiled.converters:
            return rows
        return [tuple(row) for row in compiled.compiler.apply_converters(rows, compiled.converters)]

    return run


def _compile(build: Callable[..., QuerySet[Any, Any]], args: tuple[Any, ...]) -> _Compiled:
    marks: list[Any] = []

    def mark(value: Any) -> Any:
        if isinstance(value, list):
            return [mark(item) for item in value]
        marks.append(f"{_MARKED_TEXT}{len(marks)}" if isinstance(value, str) else _MARKED_NUMBER - len(marks))
        return marks[-1]

    with clock.at(_MARKED_MOMENT), rules_noted() as rules:
        query = build(*[mark(arg) for arg in args]).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
    moment = compiler.connection.ops.adapt_datetimefield_value(_MARKED_MOMENT)
    places: list[tuple[int, int | None]] = []
    for place, param in enumerate(params):
        if param == moment:
            places.append((place, None))
        elif param in marks:
            places.append((place, marks.index(param)))
    if {index for _, index in places} - {None} != set(range(len(marks))):
        raise AssertionError("an argument of this prepared query cannot be found in its SQL")
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    return _Compiled(sql, tuple(params), tuple(places), compiler, compiler.get_converters(columns), frozenset(rules))
