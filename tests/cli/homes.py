"""Homes of the embedded database for the tests of commands: a demonstration built once, and what is read of one."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from parvis.core.embedded.driver import sqlite


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a query answers; a write is kept. As someone does behind the program's back."""
    with contextlib.closing(sqlite.connect(home / "parvis.sqlite3")) as database:
        answered = database.execute(sql).fetchall()
        database.commit()
    return answered


def names_in(home: Path) -> list[str]:
    """The files and folders of a home."""
    return sorted(path.name for path in home.iterdir())
