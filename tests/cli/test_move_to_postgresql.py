"""From the embedded database to PostgreSQL: the same rows, the same counts, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.databases import database_of
from tests.cli.homes import names_in, rows
from tests.cli.parvis_command import parvis


@pytest.fixture
def empty() -> Iterator[dict[str, str]]:
    with database_of("postgresql") as environment:
        yield environment


def held(environment: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(environment["DATABASE_URL"]) as database:
        return database.execute(sql).fetchall()


def test_all_moves_and_verify_says_the_same(home: Path, empty: dict[str, str]) -> None:
    """A derived column is taken as it stands, an erased row's number is not given again, a second time is refused."""
    rows(home, "UPDATE people_organisation SET sort_key = sort_key || ' as it stands'")
    rows(home, "UPDATE sqlite_sequence SET seq = 5000 WHERE name = 'consultations_contribution'")
    users = rows(home, "SELECT id, email FROM people_user ORDER BY id")
    before = parvis(home, "verify", "--json")
    done = parvis(home, "move-to-postgresql", **empty)
    assert done.returncode == 0, done.stderr
    after = parvis(home, "verify", "--json", **empty)
    assert (after.returncode, after.stdout) == (0, before.stdout)
    assert held(empty, "SELECT id, email FROM people_user ORDER BY id") == users
    assert held(empty, "SELECT count(*) FROM people_organisation WHERE sort_key NOT LIKE '% as it stands'") == [(0,)]
    assert held(empty, "SELECT nextval(pg_get_serial_sequence('consultations_contribution', 'id'))") == [(5001,)]
    assert [name for name in names_in(home) if "sqlite3" in name] == ["parvis.sqlite3.avant-postgresql"]
    (home / "parvis.sqlite3.avant-postgresql").rename(home / "parvis.sqlite3")
    again = parvis(home, "move-to-postgresql", **empty)
    assert (again.returncode, "n'est pas vide" in again.stderr) == (2, True)
    assert parvis(home, "trial", **empty).returncode == 0  # new rows find numbers


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (f"UPDATE people_user SET name = '{'x' * 5000}'", "people_user"),
        ("UPDATE people_user SET name = 'a' || char(0) || 'b'", "people_user"),
        (
            "UPDATE people_contact SET organisation_id = 999999 WHERE id = (SELECT min(id) FROM people_contact)",
            "people_contact",
        ),
    ],
    ids=["too long", "null character", "broken link"],
)
def test_what_postgresql_refuses_is_said_and_nothing_is_copied(
    home: Path, empty: dict[str, str], fault: str, words: str
) -> None:
    rows(home, fault)
    done = parvis(home, "move-to-postgresql", **empty)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert words in done.stderr
    assert held(empty, "SELECT count(*) FROM people_user") == [(0,)]
    assert "parvis.sqlite3" in names_in(home)


def test_without_a_postgresql_to_go_to_it_is_refused(home: Path) -> None:
    done = parvis(home, "move-to-postgresql")
    assert (done.returncode, "DATABASE_URL" in done.stderr) == (2, True)
