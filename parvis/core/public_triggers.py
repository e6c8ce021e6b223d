"""The triggers that change `PublicVersion` when a row of a watched table is written, in whatever way.

SQLite writes one transaction at a time: one row. PostgreSQL writes many: each takes the first row that no other holds
and adds one when all are held, so that none waits for another, nor locks it to death.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db import connection

PREFIX: Final = "public_version_"
_EVENTS: Final = {"sqlite": ("INSERT", "UPDATE", "DELETE"), "postgresql": ("INSERT OR UPDATE OR DELETE OR TRUNCATE",)}
# No `INSERT OR REPLACE`: the statement that fires a trigger imposes its own « or ignore » on it.
_SQLITE: Final = """
    CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN
      UPDATE core_publicversion SET token = lower(hex(randomblob(16))) WHERE id = 1;
      INSERT INTO core_publicversion (id, token) SELECT 1, lower(hex(randomblob(16)))
        WHERE NOT EXISTS (SELECT 1 FROM core_publicversion);
    END"""
_POSTGRESQL: Final = """
    CREATE TRIGGER "{name}" AFTER {event} ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION public_version_moves()"""
_FUNCTION: Final = """
    CREATE OR REPLACE FUNCTION public_version_moves() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE core_publicversion SET token = gen_random_uuid()
        WHERE id = (SELECT id FROM core_publicversion ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
      IF NOT FOUND THEN
        INSERT INTO core_publicversion (token) VALUES (gen_random_uuid());
      END IF;
      RETURN NULL;
    END $$"""
_KNOWN: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)",
}


def missing(tables: Collection[str]) -> list[tuple[str, str, str]]:
    """(name, event, table) of the triggers that the database does not have. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN[connection.vendor])
        known = {name for (name,) in cursor.fetchall()}
    wanted = [(_name(event, table), event, table) for table in sorted(tables) for event in _EVENTS[connection.vendor]]
    return [trigger for trigger in wanted if trigger[0] not in known]


def _name(event: str, table: str) -> str:
    """At most 63 characters, PostgreSQL's own limit: a longer one would be cut, and never found again."""
    name = f"{PREFIX}{event.split()[0].lower()}_{table}"
    if len(name) > 63:
        raise ValueError(f"the name of the trigger of {table} is too long")
    return name


def install(tables: Collection[str]) -> None:
    """Make those that are missing, on the tables that exist: migrations may stop before the last."""
    existing = set(connection.introspection.table_names())
    if "core_publicversion" not in existing:
        return
    template = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, event, table in missing(tables):
            if table in existing:
                cursor.execute(template.format(name=name, event=event, table=table))
