"""Titles that say nearly the same thing are proposed, others are not."""

from __future__ import annotations

import pytest

from parvis.insight.near_titles import near_titles, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Les bus le soir", "Bus du soir"),
        ("Se déplacer", "Les déplacements"),
        ("Accès aux soins", "L'accès au soin"),
        ("TRANSPORTS", "transport"),
    ],
)
def test_near_titles_meet(one: str, other: str) -> None:
    assert [(pair.first, pair.second) for pair in near_titles([one, "Garde d'enfants", other])] == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other"), [("Transports", "Logement"), ("Le sport", "Le soir"), ("", ""), ("Les", "Des")]
)
def test_other_titles_do_not(one: str, other: str) -> None:
    assert near_titles([one, other]) == ()


def test_most_alike_first() -> None:
    titles = ["Bus du soir", "Les bus le soir", "Bus du soir tard"]
    assert next((pair.first, pair.second) for pair in near_titles(titles)) == (0, 1)


def test_title_key_keeps_what_says_something() -> None:
    assert title_key("Se déplacer le soir") == "deplac soir"
