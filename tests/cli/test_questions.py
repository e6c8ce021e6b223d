"""What cannot be undone is asked on a terminal; a script, which has none, is asked nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.homes import rows
from tests.cli.parvis_command import parvis
from tests.cli.terminal import parvis_asking

ERASE = ("erase-person", "moderator@agglomeration.example")
PURGE = ("purge", "--before", "2020-01-02")
LEFT = {
    ERASE: "SELECT count(*) FROM people_user WHERE email = 'moderator@agglomeration.example'",
    PURGE: "SELECT min(1, count(*)) FROM people_signinlink WHERE expires_at < '2020-01-02'",
}
_OLD = "UPDATE people_signinlink SET expires_at = '2020-01-01 00:00:00'"


@pytest.mark.parametrize("command", [ERASE, PURGE])
def test_only_yes_goes_on(home: Path, command: tuple[str, ...]) -> None:
    rows(home, _OLD)
    for answer, code, left in (("", 2, 1), ("non", 2, 1), ("oui", 0, 0)):
        assert parvis_asking(home, *command, answers=[("oui ou non", answer)])[0] == code
        assert rows(home, LEFT[command]) == [(left,)]


@pytest.mark.parametrize("command", [ERASE, PURGE])
def test_a_script_is_asked_nothing(home: Path, command: tuple[str, ...]) -> None:
    rows(home, _OLD)
    done = parvis(home, *command)
    assert (done.returncode, "oui ou non" in done.stdout) == (0, False), done.stderr
    assert rows(home, LEFT[command]) == [(0,)]


def test_the_end_of_the_input_stops_the_command(home: Path) -> None:
    code, shown = parvis_asking(home, *ERASE, answers=[("oui ou non", "\x04")])
    assert (code, "Traceback" in shown) == (130, False)
    assert rows(home, LEFT[ERASE]) == [(1,)]


def test_the_last_administrator_of_an_agglomeration_is_not_erased(home: Path) -> None:
    done = parvis(home, "erase-person", "administrator@agglomeration.example")
    assert (done.returncode, "Plus personne n'administrerait « " in done.stderr) == (2, True)
    assert rows(home, "SELECT count(*) FROM people_user WHERE email LIKE 'administrator@%'") == [(1,)]
