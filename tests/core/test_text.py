"""One folding for every comparison of texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.text import fold, without_accents
from parvis.insight.insults import is_rude
from parvis.insight.near_titles import title_key
from parvis.reading.spreadsheets.column_match import key_of_title
from parvis.reading.word_match import words_of

PAIRS: Final = json.loads(Path(__file__).with_name("folded_texts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "bare", "key"),
    [
        (
            "  Éducation / Parentalité : l’œuvre ",
            "  education / parentalite : l’oeuvre ",
            "education parentalite l oeuvre",
        ),
        ("ÉTÉ\nÀ  VENIR_2", "ete\na  venir_2", "ete a venir 2"),
        ("E\u0301cole", "ecole", "ecole"),
        ("Ægir, STRASSE, straße", "aegir, strasse, strasse", "aegir strasse strasse"),
        ("", "", ""),
    ],
)
def test_fold(text: str, bare: str, key: str) -> None:
    assert without_accents(text) == bare
    assert fold(text) == key


@pytest.mark.parametrize(("text", "folded"), PAIRS)
def test_fold_gives_what_the_scripts_give(text: str, folded: str) -> None:
    """The same pairs are asked of `fold.js` in `tests/js/components/fold.test.js`."""
    assert fold(text) == folded


@given(st.text())
def test_fold_of_a_key_is_the_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_ligature_is_opened_wherever_texts_are_compared() -> None:
    assert words_of("Bœufs") == ["boeufs"]
    assert key_of_title("Œuvre") == "oeuvre"
    assert title_key("Cœur de ville") == title_key("Coeur de ville")
    assert is_rude("Quel bâtard")
