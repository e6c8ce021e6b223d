"""Where a measure is taken: an empty home on the embedded database, and an empty PostgreSQL beside the one named."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Place:
    """A database of its own, migrated. `env` leads every command there."""

    name: str
    env: dict[str, str]

    def parvis(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What a `parvis` command answers there; its exit code is for the caller to judge."""
        return subprocess.run(
            [sys.executable, "-m", "parvis.cli.main", *words], cwd=ROOT, env=self.env, capture_output=True, text=True
        )


def places() -> Iterator[Place]:
    """SQLite, then PostgreSQL if `DATABASE_URL` names a server where a database may be made; both are removed after."""
    with embedded() as place:
        yield place
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        with beside(url) as place:
            yield place


@contextmanager
def embedded() -> Iterator[Place]:
    """An empty `PARVIS_HOME`."""
    with untouched() as place:
        yield _migrated(place)


@contextmanager
def untouched() -> Iterator[Place]:
    """The same before anything was made there, not even its tables: `parvis init` is to begin."""
    with tempfile.TemporaryDirectory() as home:
        yield Place("SQLite", _env(home))


@contextmanager
def beside(url: str) -> Iterator[Place]:
    """A database of another name on the server of `url`: nothing of the one it names is read or written."""
    import psycopg

    name = f"parvis_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            with tempfile.TemporaryDirectory() as home:
                own = urlsplit(url)._replace(path=f"/{name}").geturl()
                yield _migrated(Place("PostgreSQL", _env(home) | {"DATABASE_URL": own}))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _env(home: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "DATABASE_"))}
    path = os.pathsep.join([str(ROOT), *filter(None, [kept.get("PYTHONPATH")])])
    settings = {"DJANGO_SETTINGS_MODULE": "parvis.config.settings", "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}
    return kept | settings | {"PARVIS_HOME": home}


def _migrated(place: Place) -> Place:
    done = place.parvis("manage", "migrate", "--verbosity", "0")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return place
