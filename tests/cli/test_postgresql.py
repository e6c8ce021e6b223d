"""Backup and restore where production keeps its data. Runs when the suite runs on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.databases import database_of
from tests.cli.parvis_command import parvis


@pytest.fixture
def addresses() -> Iterator[list[str]]:
    """Two empty databases, dropped at the end."""
    with database_of("postgresql") as first, database_of("postgresql") as second:
        yield [first["DATABASE_URL"], second["DATABASE_URL"]]


def test_backup_restore_round_trip(addresses: list[str], tmp_path: Path) -> None:
    first, second = addresses
    saved = tmp_path / "sauvegarde.zip"
    assert parvis(tmp_path / "one", "demo", "--no-serve", DATABASE_URL=first).returncode == 0
    assert parvis(tmp_path / "one", "backup", str(saved), DATABASE_URL=first).returncode == 0
    done = parvis(tmp_path / "two", "restore", str(saved), DATABASE_URL=second)
    assert done.returncode == 0, done.stderr
    before = parvis(tmp_path / "one", "verify", "--json", DATABASE_URL=first)
    after = parvis(tmp_path / "two", "verify", "--json", DATABASE_URL=second)
    assert before.stdout == after.stdout
    assert after.returncode == 0
    assert parvis(tmp_path / "two", "restore", str(saved), DATABASE_URL=second).returncode == 2
    assert parvis(tmp_path / "two", "restore", str(saved), "--force", DATABASE_URL=second).returncode == 0
    refused = parvis(tmp_path / "three", "restore", str(saved))
    assert refused.returncode == 2
    assert "postgresql" in refused.stderr


def test_backup_holds_nothing_of_what_waiting_mails_say(addresses: list[str], tmp_path: Path) -> None:
    first, second = addresses
    saved, script = (
        tmp_path / "sauvegarde.zip",
        (
            "from parvis.core.mailing.queue import queue_mail; from parvis.core.mailing.purposes import Letter; "
            "queue_mail('sign_in_code', letter=Letter('irene@ville.example', 'Votre code', 'ABCD-EFGH'))"
        ),
    )
    assert parvis(tmp_path / "one", "manage", "migrate", DATABASE_URL=first).returncode == 0
    assert parvis(tmp_path / "one", "manage", "shell", "-c", script, DATABASE_URL=first).returncode == 0
    assert parvis(tmp_path / "one", "backup", str(saved), DATABASE_URL=first).returncode == 0
    done = parvis(tmp_path / "two", "restore", str(saved), DATABASE_URL=second)
    assert "1 courriels attendaient : aucun ne part seul" in done.stdout
    with psycopg.connect(first) as here, psycopg.connect(second) as there:
        assert here.execute("SELECT count(*) FROM core_mailcontent").fetchone() == (1,)
        assert there.execute("SELECT count(*) FROM core_mailcontent").fetchone() == (0,)
        assert there.execute("SELECT state FROM core_outgoingmail").fetchall() == [("set_aside",)]


def test_serve_refuses_tables_that_are_behind(addresses: list[str], tmp_path: Path) -> None:
    done = parvis(tmp_path, "serve", DATABASE_URL=addresses[0])
    assert done.returncode == 2
    assert "migrate" in done.stderr


def test_a_dump_that_stops_in_the_middle_changes_nothing(addresses: list[str], tmp_path: Path) -> None:
    """`pg_restore` dies after its first words, as on a disk that fails: what it had said is never committed."""
    home, saved, tools = tmp_path / "home", tmp_path / "sauvegarde.zip", tmp_path / "tools"
    assert parvis(home, "demo", "--no-serve", DATABASE_URL=addresses[0]).returncode == 0
    assert parvis(home, "backup", str(saved), DATABASE_URL=addresses[0]).returncode == 0
    before = parvis(home, "verify", "--json", DATABASE_URL=addresses[0]).stdout
    tools.mkdir()
    (tools / "pg_restore").write_text("#!/bin/sh\necho 'CREATE TABLE half (id integer);'\necho cassé >&2\nexit 1\n")
    (tools / "pg_restore").chmod(0o700)
    path = os.pathsep.join([str(tools), os.environ["PATH"]])
    done = parvis(home, "restore", str(saved), "--force", DATABASE_URL=addresses[0], PATH=path)
    assert (done.returncode, done.stderr.count("\n"), "cassé" in done.stderr) == (2, 1, True), done.stderr
    after = parvis(home, "verify", "--json", DATABASE_URL=addresses[0])
    assert (after.returncode, after.stdout) == (0, before)
