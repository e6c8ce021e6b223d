"""Markers alone: what opens an item, and which digits do not."""

from __future__ import annotations

import pytest

from parvis.reading.markers import Marker, split_inner, split_marker, value_of


@pytest.mark.parametrize(
    ("text", "marker", "value", "rest"),
    [
        ("1. Renforcer", "1.", "1", "Renforcer"),
        ("1.Renforcer", "1.", "1", "Renforcer"),
        ("4 . Offre", "4 .", "4", "Offre"),
        ("1/ Renforcer", "1/", "1", "Renforcer"),
        ("1 - Renforcer", "1 -", "1", "Renforcer"),
        ("1- Renforcer", "1-", "1", "Renforcer"),
        ("1) Renforcer", "1)", "1", "Renforcer"),
        ("(1) Renforcer", "(1)", "1", "Renforcer"),
        ("1°) Renforcer", "1°)", "1", "Renforcer"),
        ("n°1 : Renforcer", "n°1 :", "1", "Renforcer"),
        ("2.1 Renforcer", "2.1", "2.1", "Renforcer"),
        ("2.1. Renforcer", "2.1.", "2.1", "Renforcer"),
        ("a) Renforcer", "a)", "a", "Renforcer"),
        ("II. Renforcer", "II.", "II", "Renforcer"),
        ("• Renforcer", "•", None, "Renforcer"),
        ("o Renforcer", "o", None, "Renforcer"),
        ("– Renforcer", "–", None, "Renforcer"),
        ("-Renforcer", "-", None, "Renforcer"),
        ("* Renforcer", "*", None, "Renforcer"),
        ("· Renforcer", "·", None, "Renforcer"),
        ("-> Renforcer", "->", None, "Renforcer"),
        ("=> Renforcer", "=>", None, "Renforcer"),
        ("→ Renforcer", "→", None, "Renforcer"),
    ],
)
def test_marker_is_parted_from_its_text(text: str, marker: str, value: str | None, rest: str) -> None:
    read_marker, left = split_marker(text)
    assert read_marker is not None
    assert (read_marker.text, read_marker.value, left) == (marker, value, rest)


@pytest.mark.parametrize(
    "text",
    [
        "16-25 ans : trouver un emploi",
        "3è et post Bac",
        "1er emploi",
        "2,5 millions d'euros",
        "80 % des jeunes",
        "12/05/2026 : réunion",
        "14h30 : accueil",
        "1.5 poste de médiateur",
        "à Vallières, le forum",
        "Mobilité",
        "-5 degrés",
        "(psychologues)",
    ],
)
def test_digits_and_signs_of_a_text_are_no_marker(text: str) -> None:
    assert split_marker(text) == (None, text)


def test_the_letter_a_before_a_verb_is_an_arrow() -> None:
    marker, rest = split_marker("à Développer le lien social")
    assert marker == Marker("à", "arrow", "à", weak=True)
    assert rest == "Développer le lien social"


def _inner(text: str) -> list[str]:
    marker, rest = split_marker(text)
    assert marker is not None
    return [inner_text for _, inner_text, _ in split_inner(marker, rest)]


def test_items_that_share_a_line_are_parted() -> None:
    assert _inner("4. Un guichet. 5. Le samedi 6. Le soir") == ["Le samedi", "Le soir"]
    assert _inner("• un • deux • trois") == ["deux", "trois"]


@pytest.mark.parametrize(
    "text",
    [
        "4. Voir l'axe 5. Puis rien",
        "4. De 1 à 5. Suite",
        "4. Un guichet 6. Le soir",
        "4. Un 5) Deux",
        "4. La zone 5. Nord",
    ],
)
def test_references_share_no_line(text: str) -> None:
    assert _inner(text) == []


def test_ranks() -> None:
    assert [value_of(split_marker(text)[0]) for text in ("12. x", "2.3 Xx", "c) x", "- x", "x")] == [
        12,
        3,
        3,
        None,
        None,
    ]
