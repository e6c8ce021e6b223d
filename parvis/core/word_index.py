"""An index of the words of a column, kept by the database itself: FTS5 on SQLite, full text on PostgreSQL.

The words are compared as they are, parted by blanks: whoever writes the column has folded them. On SQLite triggers
keep it, so that nothing that writes a row can forget it (docs/decisions/0040). Words that were taken out stay in it
until it is made again, which an erasure does (`core.erasure`): SQLite before 3.42 does not know `secure-delete`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection, models
from django.db.models import BooleanField, F, Func

from parvis.core.public_version import watch_with

_indexed: Final[dict[type[models.Model], str]] = {}
"""Model → its column."""
_TRIGGERS: Final = {
    "insert": "INSERT ON {table} BEGIN {add} END",
    "delete": "DELETE ON {table} BEGIN {take} END",
    "update": "UPDATE OF id, {column} ON {table} BEGIN {take} {add} END",
}
_ADD: Final = "INSERT INTO {index} (rowid, {column}) VALUES (new.id, new.{column});"
_TAKE: Final = "INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
_MAKE: Final = """
    CREATE VIRTUAL TABLE IF NOT EXISTS {index}
      USING fts5({column}, content='{table}', content_rowid='id', tokenize='ascii')"""
_POSTGRESQL: Final = "CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (to_tsvector('simple', {column}))"


def index_words(model: type[models.Model], column: str) -> None:
    """Say, in `AppConfig.ready()`, that rows of `model` are searched by the words of `column`."""
    _indexed[model] = column
    watch_with(_name(model), model)


def complete_indexes(**_: Any) -> None:
    """Django sends `post_migrate` once tables are made or altered: SQLite makes them anew, without triggers."""
    existing = set(connection.introspection.table_names())
    for model in _indexed:
        if model._meta.db_table in existing:
            _complete(model)


def rebuild_indexes() -> None:
    """Make each index again from the rows as they stand."""
    with connection.cursor() as cursor:
        for model in _indexed:
            if connection.vendor == "sqlite":
                _complete(model)
                cursor.execute(_filled("INSERT INTO {index} ({index}) VALUES ('rebuild')", model))
            else:
                cursor.execute(_filled("REINDEX INDEX {index}", model))


def _complete(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(_filled(_POSTGRESQL, model))
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        known = {name for (name,) in cursor.fetchall()}
        wanted = {f"{_name(model)}_{event}": text for event, text in _TRIGGERS.items()}
        if wanted.keys() <= known:
            return
        cursor.execute(_filled(_MAKE, model))
        for name, text in wanted.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {_filled(text, model)}")
        cursor.execute(_filled("INSERT INTO {index} ({index}) VALUES ('rebuild')", model))


def _name(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_words"


def _filled(template: str, model: type[models.Model]) -> str:
    names = {"table": model._meta.db_table, "column": _indexed[model], "index": _name(model)}
    return template.format(**names, add=_ADD.format(**names), take=_TAKE.format(**names))


class HoldsWords(Func):
    """`Contribution.objects.filter(HoldsWords(Contribution, groups))`: at least one word of each group."""

    output_field = BooleanField()

    def __init__(self, model: type[models.Model], groups: Sequence[Sequence[str]]) -> None:
        super().__init__(F("pk"), F(_indexed[model]))
        self.index, self.groups = _name(model), tuple(tuple(group) for group in groups)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        key, params = compiler.compile(self.source_expressions[0])
        asked = _joined(self.groups, '"{}"', " OR ", " AND ")
        return f"{key} IN (SELECT rowid FROM {self.index} WHERE {self.index} MATCH %s)", (*params, asked)  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[1])
        asked = _joined(self.groups, "'{}'", " | ", " & ")
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", (*params, asked)


def _joined(groups: Sequence[Sequence[str]], quoted: str, either: str, both: str) -> str:
    """Folded words hold no quote."""
    return both.join(f"({either.join(quoted.format(word) for word in group)})" for group in groups)
