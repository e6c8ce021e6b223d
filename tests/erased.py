"""Where a word still stands: in any column of any table, in the sessions, in the cache, in the bytes of the database.

A canary is plain (lower case, no accent, one word): folding it, or escaping it in JSON, changes nothing. It is looked
for by its stem too, which is all that the search keeps of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from parvis.core import erasure
from parvis.core.text import fold
from parvis.core.word_index import rebuild_indexes
from parvis.insight.stems import stems


def places_of(*canaries: str) -> list[str]:
    """`table.column` for each that holds one of them, as it is or folded."""
    return sorted({place for place, _ in _found(canaries)})


def still_told(canaries: list[str]) -> list[str]:
    """Those of them that stand somewhere."""
    found = {canary for _, canary in _found(canaries)}
    return [canary for canary in canaries if canary in found]


def _found(canaries: Sequence[str]) -> list[tuple[str, str]]:
    """Each place with the canary it holds."""
    for canary in canaries:
        assert canary == fold(canary), f"{canary} could hide in a folded column"
    kept = {canary: _kept(canary) for canary in canaries}
    return [(place, canary) for place, text in _cells() for canary, form in kept.items() if form.search(text)]


def _kept(canary: str) -> re.Pattern[str]:
    """What may be kept of it: the word in whatever it stands in, or its stem as a word. Several words have no stem."""
    roots = stems(canary)
    whole = re.escape(canary)
    return re.compile(rf"{whole}|\b{re.escape(roots[0])}\b" if len(roots) == 1 else whole)


def _cells() -> list[tuple[str, str]]:
    """Every cell of every table there is, the ones that join two others included; sessions opened; the cache.

    The index of words loses those of an erased row when its transaction is committed, if what erases asked for it.
    """
    if connection.vendor == "sqlite" and any(job[1] is erasure._wipe_soon for job in connection.run_on_commit):
        rebuild_indexes()
    cells = [("session", _folded(str(session.get_decoded()))) for session in Session.objects.order_by("session_key")]
    cells += [("cache", _folded(value)) for value in getattr(cache, "_cache", {}).values()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                cells += [(f"{table}.{name}", _folded(cell)) for name, cell in zip(names, row, strict=True)]
    return cells


def _folded(cell: object) -> str:
    """As it is, then folded."""
    text = bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
    return f"{text.lower()}\n{fold(text)}"


def files_of(*canaries: str) -> list[str]:
    """The files of the database with the bytes of one of them: SQLite's three, or those of each table of PostgreSQL."""
    kept = [_kept(canary) for canary in canaries]
    read = {name: data.decode("latin-1").lower() for name, data in _files().items()}
    return sorted(name for name, text in read.items() if any(form.search(text) for form in kept))


def _files() -> dict[str, bytes]:
    if connection.vendor == "sqlite":
        base = Path(connection.settings_dict["NAME"])
        return {path.name: path.read_bytes() for path in base.parent.glob(f"{base.name}*")}
    files = {}
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT c.relname, pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'i', 't') AND (n.nspname = 'public' OR n.nspname = 'pg_toast')"
        )
        for name, data in cursor.fetchall():
            files[str(name)] = bytes(data)
    return files
