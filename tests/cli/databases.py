"""Empty databases for the tests of commands, where production keeps its data; dropped after."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

ADDRESS = os.environ.get("DATABASE_URL", "")


@contextmanager
def database_of(engine: str) -> Iterator[dict[str, str]]:
    """What leads a command there: nothing for the `embedded` one, `DATABASE_URL` for an empty one of `postgresql`.

    Skips the test when the suite does not run on PostgreSQL.
    """
    if engine == "embedded":
        yield {}
        return
    if not ADDRESS.startswith("postgres"):
        pytest.skip("the suite runs on the embedded database")
    name = f"parvis_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(ADDRESS, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": f"{ADDRESS.rpartition('/')[0]}/{name}"}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
