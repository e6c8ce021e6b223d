"""The last intention wins, whatever the order of arrival: each thing said keeps the stamp of what set it.

A stamp (`outbox.stamp_of`) orders intentions by the clocks of those who wrote. Columns of rows that several write at
once move in one statement, which the database decides (`Registers`); the words of a contribution, held by whoever
changes it, by `set_by_later`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models

from parvis.core.plain_insert import insert_rows


@dataclass(frozen=True)
class Registers:
    """Columns of a model, each moved only by a later intention than the one that set it.

    `keys`: the fields of a UNIQUE constraint, without which the statement itself is refused. `ruled`: stamp field → the
    fields it stamps. `follow`: fields written when any of those moves. All others are set when the row is made.
    """

    model: type[models.Model]
    keys: tuple[str, ...]
    ruled: Mapping[str, tuple[str, ...]]
    follow: tuple[str, ...] = ()

    def write(self, rows: Sequence[models.Model]) -> None:
        """Make these rows, or move those that stand. Nothing is read first: whatever races, the last stamp stays."""
        keys = {tuple(getattr(row, field.attname) for field in self._key_fields) for row in rows}
        if len(keys) == len(rows):
            insert_rows(rows, clause=self._on_conflict)
        else:  # PostgreSQL moves no row twice in one statement
            for row in rows:
                insert_rows([row], clause=self._on_conflict)

    @cached_property
    def _key_fields(self) -> list[Any]:
        return [field for field in self.model._meta.concrete_fields if field.name in self.keys]

    @cached_property
    def _on_conflict(self) -> str:
        quoted = connection.ops.quote_name
        newer = {stamp: f"excluded.{quoted(stamp)} > standing.{quoted(stamp)}" for stamp in self.ruled}
        moves = [
            f"{quoted(name)} = CASE WHEN {newer[stamp]} THEN excluded.{quoted(name)} ELSE standing.{quoted(name)} END"
            for stamp, names in self.ruled.items()
            for name in (stamp, *names)
        ]
        moves += [f"{quoted(name)} = excluded.{quoted(name)}" for name in self.follow]
        keys = [quoted(str(field.column)) for field in self._key_fields]
        return f"""
            ON CONFLICT ({", ".join(keys)}) DO UPDATE SET {", ".join(moves)}
            WHERE {" OR ".join(newer.values())}"""


def set_by_later(stamps: dict[str, str], given: Mapping[str, Any], stamp: str) -> dict[str, Any]:
    """Of what an intention gives, by field, what no later one set. `stamps` then says that this one did."""
    moved = {field: value for field, value in given.items() if stamp > stamps.get(field, "")}
    stamps.update(dict.fromkeys(moved, stamp))
    return moved
