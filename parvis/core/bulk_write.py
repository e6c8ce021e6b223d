"""Many rows in few statements, so that whoever writes meanwhile waits for little (docs/decisions/0032)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Model

from parvis.core.derived import written_together
from parvis.core.plain_insert import insert_rows

_AT_ONCE: Final = 500
"""Rows named in one statement."""
_BREATH: Final = 0.05
"""Seconds between two lots: without them the same thread would take the next turn to write before those who wait."""


def update_rows(rows: Sequence[Model], names: Iterable[str], *, condition: str = "") -> None:
    """Write these columns of rows of one model, and those that are derived from them, as `save` would.

    A short statement for each row, made once: Django's `bulk_update` makes one with as many cases as there are rows,
    and makes it for longer than it runs. `condition`: SQL that must hold of a row to write it.
    """
    if not rows:
        return
    model = type(rows[0])
    fields: list[Any] = [model._meta.get_field(name) for name in sorted(written_together(model, names))]
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    keyed = f"{quoted(str(model._meta.pk.column))} = %s"
    statement = f"UPDATE {quoted(model._meta.db_table)} SET {columns} WHERE {keyed}"  # noqa: S608 - our own names
    values = [
        [*(field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields), row.pk] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"{statement} AND {condition}" if condition else statement, values)


def replace_links(relation: Any, wanted: Mapping[int, Iterable[int]]) -> None:
    """Have the relation of each row hold these rows, and no others: as `set` of each, for all of them together.

    `relation`: the descriptor of the model, as `Partner.themes`. `wanted`: by key of a row, the keys of what it holds.
    """
    through, ends = relation.through, (relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name())
    near, far = (through._meta.get_field(name).attname for name in ends)
    links = {(row, other) for row, others in wanted.items() for other in others}
    standing: dict[tuple[int, int], int] = {}
    rows = sorted(wanted)
    for start in range(0, len(rows), _AT_ONCE):
        some = through._default_manager.filter(**{f"{near}__in": rows[start : start + _AT_ONCE]}).order_by()
        standing |= {(row, other): pk for pk, row, other in some.values_list("pk", near, far)}
    delete_rows(through, [pk for link, pk in standing.items() if link not in links])
    insert_rows([through(**{near: row, far: other}) for row, other in sorted(links - standing.keys())])


def delete_rows(model: type[Model], keys: Iterable[int]) -> None:
    """Delete the rows of these keys, some at a time."""
    rows = sorted(keys)
    for start in range(0, len(rows), _AT_ONCE):
        model._default_manager.filter(pk__in=rows[start : start + _AT_ONCE]).delete()


def write_by_lots(write_some: Callable[[], bool]) -> None:
    """Call `write_some` until it returns False, each time in a transaction of its own; others have their turn between.

    Raises inside a transaction, where nobody would. What a lot wrote is there for good when the next begins: the caller
    knows where it was, and takes back what it laid when it stops.
    """
    more = True
    while more:
        with transaction.atomic(durable=True):
            more = write_some()
        if more:
            time.sleep(_BREATH)
