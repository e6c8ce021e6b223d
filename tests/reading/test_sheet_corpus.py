"""The sheets of the corpus: each field of each is read as a person read it, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import sheet_truths
from bench.sheet_scores import CORPUS, compare
from parvis.reading.sheet_files import read_sheets, unplaced_pieces

FILES = sorted(path for path in CORPUS.glob("*/*") if path.suffix in (".docx", ".odt"))


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}-{path.name}") for path in FILES])
def test_sheet_is_read_as_a_person_read_it(path: Path) -> None:
    gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))["sheets"]
    reading = read_sheets(path.read_bytes(), path.name)
    assert len(reading.sheets) == len(gold)
    assert unplaced_pieces(reading) == []
    for sheet, expected in zip(reading.sheets, gold, strict=True):
        assert [field for field in compare(sheet, expected) if field.grade not in ("exact", "void")] == []


BLIND = sorted(path for path in CORPUS.glob("blind*/seen/*") if path.suffix in sheet_truths.FILES)
NOT_SAID = {("Bilan 2023 Clos Vautrin", "since"), ("convention_2024-118_jardins", "other")}
"""Fields that nothing in the sheet says, or a number that is part of a heading."""
OTHERWISE = {
    ("CLS_Courmelin_FA_3-2", "budget"), ("AAP2025_dossier_mission_locale", "other"),
    ("quartiers_ete_2024_regie", "other"), ("projet_petits_dejeuners_college", "territories"),
}  # fmt: skip
"""Fields read in another way than a person read them: what a project spends is in none, « par an » is said."""


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in BLIND])
def test_sheet_of_someone_who_knew_nothing_of_the_reader_is_read_or_doubted(path: Path) -> None:
    reading = read_sheets(path.read_bytes(), path.name)
    gold = sheet_truths.gold_of(path, reading.sheets)
    assert len(reading.sheets) == len(gold)
    assert unplaced_pieces(reading) == []
    graded = [field for sheet, truth in zip(reading.sheets, gold, strict=True) for field in compare(sheet, truth)]
    faults = [field for field in graded if field.grade not in ("exact", "void")]
    missing = [field.field for field in faults if field.grade == "missing"]
    assert [name for name in missing if (path.stem, name) not in NOT_SAID] == []
    read = [field for field in faults if field.grade != "missing" and (path.stem, field.field) not in OTHERWISE]
    assert all(field.doubted for field in read)
    assert all(field.field == "themes" for field in read)
