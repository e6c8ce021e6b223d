"""Putting a backup back: alone, from this version or an earlier one, whole or not at all; on both databases."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.places import Place
from bench.served import Served
from parvis.cli.private_folder import clean_folders
from tests.cli.databases import database_of
from tests.cli.homes import names_in, rows
from tests.cli.parvis_command import parvis


def changed(saved: Path, target: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """A copy of a backup whose manifest was changed."""
    with zipfile.ZipFile(saved) as whole, zipfile.ZipFile(target, "w") as out:
        manifest = json.loads(whole.read("manifest.json"))
        change(manifest)
        out.writestr("manifest.json", json.dumps(manifest))
        out.writestr("database", whole.read("database"))
    return target


def refused(home: Path, saved: Path, words: str) -> None:
    """The restore is refused in one sentence, and the database is as it was."""
    before = (home / "parvis.sqlite3").read_bytes()
    done = parvis(home, "restore", str(saved), "--force")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert words in done.stderr
    assert (home / "parvis.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(version="99.0"),
        lambda told: told["migrations"].append("meetings.9999_of_tomorrow"),
    ],
    ids=["version", "migration"],
)
def test_a_backup_of_a_later_version_is_refused(
    home: Path, saved: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    refused(home, changed(saved, tmp_path / "later.zip", change), "plus récente")


@pytest.mark.parametrize("change", [
    lambda tables: tables["people_user"].append("shoe_size"),
    lambda tables: tables.pop("people_user"),
])  # fmt: skip
def test_tables_that_are_not_those_of_their_migrations_are_refused(
    home: Path, saved: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    refused(home, changed(saved, tmp_path / "other.zip", lambda told: change(told["tables"])), "people_user")


def test_another_program_s_tables_and_the_first_format_are_no_obstacle(tmp_path: Path, saved: Path) -> None:
    known = changed(saved, tmp_path / "known.zip", lambda told: told["tables"].update(spatial_ref_sys=["srid"]))
    assert parvis(tmp_path / "one", "restore", str(known)).returncode == 0

    def as_before(told: dict[str, Any]) -> None:
        for name in ("migrations", "tables", "key"):
            del told[name]
        told["format"] = "parvis-backup/1"

    first = changed(saved, tmp_path / "first.zip", as_before)
    done = parvis(tmp_path / "two", "restore", str(first))
    assert (done.returncode, "clé secrète" in done.stdout) == (0, False)
    assert parvis(tmp_path / "two", "verify").returncode == 0


def test_another_secret_key_is_told_and_the_hour_is_that_of_here(home: Path, saved: Path, tmp_path: Path) -> None:
    made = changed(saved, tmp_path / "s.zip", lambda told: told.update(made_at="2026-07-01T21:05:00+00:00"))
    same = parvis(home, "restore", str(made), "--force")
    assert (same.returncode, "clé secrète" in same.stdout) == (0, False)
    assert "1er juillet 2026 à 23\u00a0h\u00a005" in same.stdout
    other = parvis(tmp_path / "elsewhere", "restore", str(saved))
    assert other.returncode == 0
    assert "liens d'invitation" in other.stdout


def test_over_a_site_that_serves_nothing_is_put_back(saved: Path, home: Path, tmp_path: Path) -> None:
    place = Place("SQLite", {**os.environ, "PARVIS_HOME": str(home)})
    place.env.pop("DATABASE_URL", None)
    with Served(place):
        rows(home, "UPDATE people_user SET name = 'Acknowledged'")
        done = parvis(home, "restore", str(saved), "--force")
        assert (done.returncode, "arrêtez-le" in done.stderr) == (2, True), done.stderr
    assert rows(home, "SELECT DISTINCT name FROM people_user") == [("Acknowledged",)]
    assert parvis(home, "restore", str(saved), "--force").returncode == 0
    assert rows(home, "SELECT count(*) FROM people_user WHERE name = 'Acknowledged'") == [(0,)]


@contextmanager
def database_owned(home: Path, environment: dict[str, str]) -> Iterator[None]:
    """Another process uses the database alone."""
    script = (
        "import sys; from parvis.cli.project import own_project\n"
        "with own_project(): print('alone', flush=True); sys.stdin.read()"
    )
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = {**kept, "PARVIS_HOME": str(home), **environment}
    with subprocess.Popen([sys.executable, "-c", script], env=env, stdin=-1, stdout=-1, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "alone\n"
        yield
        owner.communicate("")


@pytest.mark.parametrize("engine", ["embedded", "postgresql"])
def test_while_one_is_alone_nothing_else_opens_the_database(tmp_path: Path, engine: str) -> None:
    home = tmp_path / "home"
    with database_of(engine) as environment:
        assert parvis(home, "manage", "migrate", **environment).returncode == 0
        with database_owned(home, environment):
            for words in (("verify",), ("restore", "any.zip")):
                done = parvis(home, *words, **environment)
                assert (done.returncode, "Traceback" in done.stderr) == (2, False)
                assert "base" in done.stderr
        assert parvis(home, "verify", **environment).returncode == 0


@pytest.mark.parametrize("engine", ["embedded", "postgresql"])
def test_the_backup_made_before_an_upgrade_goes_over_the_upgraded_base(tmp_path: Path, engine: str) -> None:
    """The tables of the later version, that lean on ours, go with it."""
    home, saved = tmp_path / "home", tmp_path / "before.zip"
    later = (
        "from django.db import connection\n"
        "for sql in ('CREATE TABLE tomorrow (id integer, board bigint REFERENCES meetings_board(id))',"
        " 'ALTER TABLE people_user ADD COLUMN later text'):\n"
        "    connection.cursor().execute(sql)"
    )
    with database_of(engine) as environment:
        assert parvis(home, "demo", "--no-serve", **environment).returncode == 0
        verified = parvis(home, "verify", "--json", **environment).stdout
        assert parvis(home, "backup", str(saved), **environment).returncode == 0
        assert parvis(home, "manage", "shell", "-v", "0", "-c", later, **environment).returncode == 0
        done = parvis(home, "restore", str(saved), "--force", **environment)
        assert done.returncode == 0, done.stderr
        assert parvis(home, "verify", "--json", **environment).stdout == verified
        again = parvis(home, "manage", "shell", "-v", "0", "-c", later, **environment)
        assert again.returncode == 0, again.stderr  # neither the table nor the column is there any more


def test_a_base_that_is_damaged_is_replaced_when_told(home: Path, saved: Path) -> None:
    (home / "parvis.sqlite3").write_bytes(b"not a database" * 1000)
    told = parvis(home, "verify")
    assert (told.returncode, "abîmé" in told.stderr) == (2, True), told.stderr
    assert parvis(home, "restore", str(saved)).returncode == 2
    assert parvis(home, "restore", str(saved), "--force").returncode == 0
    assert parvis(home, "verify").returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_interruption_leaves_no_copy_in_clear(tmp_path: Path, number: signal.Signals) -> None:
    """A signal removes it; killed outright, the next command does."""
    script = (
        "from pathlib import Path; from parvis.cli.private_folder import private_folder; import sys, time\n"
        f"with private_folder(Path({str(tmp_path)!r})) as folder:\n"
        "    (folder / 'copy').write_text('rows in clear'); print('made', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "made\n"
        program.send_signal(number)
    if number == signal.SIGKILL:
        assert len(names_in(tmp_path)) == 1
        clean_folders(tmp_path)
    assert names_in(tmp_path) == []
