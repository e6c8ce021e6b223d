"""`parvis rebuild-search`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.homes import rows
from tests.cli.parvis_command import parvis

FOUND = "SELECT count(*) FROM consultations_contribution_words WHERE consultations_contribution_words MATCH 'medecin'"


def test_an_index_that_lost_its_words_finds_them_again(home: Path) -> None:
    before = rows(home, FOUND)
    assert before != [(0,)]
    rows(home, "INSERT INTO consultations_contribution_words (consultations_contribution_words) VALUES ('delete-all')")
    assert rows(home, FOUND) == [(0,)]
    done = parvis(home, "rebuild-search")
    assert (done.returncode, done.stdout[:8]) == (0, "Refait :")
    assert rows(home, FOUND) == before
    assert parvis(home, "rebuild-search").stdout == done.stdout
