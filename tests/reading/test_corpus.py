"""The reports of the corpus that were looked at: each is read as a person read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.reading_scores import Said, reports, score

SEEN = reports("seen")


@pytest.mark.parametrize(("path", "gold"), [pytest.param(path, gold, id=path.name) for path, _, gold in SEEN])
def test_report_is_read_as_a_person_read_it(path: Path, gold: list[Said]) -> None:
    one = score(path, gold)
    assert (one.right, one.found) == (one.gold, one.gold), one.faults
    assert (one.kind, one.theme, one.number, one.unplaced) == (0, 0, 0, 0), one.faults


@pytest.mark.parametrize(
    ("path", "gold"),
    [
        pytest.param(path, gold, id=f"{half}-{path.name}")
        for half in ("aside", "fresh")
        for path, _, gold in reports(half)
    ],
)
def test_report_put_aside_invents_and_loses_nothing(path: Path, gold: list[Said]) -> None:
    one = score(path, gold)
    assert (one.invented, one.unplaced, one.kind, one.theme) == (0, 0, 0, 0), one.faults
    assert one.right >= 0.95 * one.gold, one.faults
