"""Lines alone: which are headings of kind, and of which kind."""

from __future__ import annotations

import pytest

from parvis.reading.kind_headings import KindHeading, kind_heading
from parvis.reading.model import Kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Défis", "challenge"),
        ("DÉFIS :", "challenge"),
        ("Les enjeux", "challenge"),
        ("Freins identifiés", "challenge"),
        ("Difficultés rencontrées", "challenge"),
        ("Points faibles / Menaces", "challenge"),
        ("Nos constats", "challenge"),
        ("Ce qui ne fonctionne pas", "challenge"),
        ("D?fis", "challenge"),
        ("Atouts", "strength"),
        ("Forces", "strength"),
        ("LES POINTS FORTS DU TERRITOIRE", "strength"),
        ("Leviers :", "strength"),
        ("Opportunités", "strength"),
        ("Ce qui marche", "strength"),
        ("Propositions / Perspectives", "proposal"),
        ("Pistes d'action", "proposal"),
        ("Préconisations", "proposal"),
        ("Solutions proposées", "proposal"),
        ("Actions à mener", "proposal"),
        ("Ce qu'il faudrait", "proposal"),
    ],
)
def test_headings_of_kind(text: str, kind: Kind) -> None:
    heading = kind_heading(text)
    assert heading is not None
    assert heading.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Emploi",
        "Mixité",
        "Manque de participants",
        "Besoin de médiateurs",
        "Lutter contre les trafics",
        "Force ouvrière",
        "Relever le défi du climat",
        "",
        "12",
    ],
)
def test_what_is_no_heading_of_kind(text: str) -> None:
    assert kind_heading(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "theme"),
    [
        ("Emploi – Défis", "challenge", "Emploi"),
        ("Défis : Santé", "challenge", "Santé"),
        ("Défis de l'emploi", "challenge", "emploi"),
        ("Thème 2 : Santé – Atouts", "strength", "Santé"),
    ],
)
def test_a_heading_may_name_its_theme(text: str, kind: Kind, theme: str) -> None:
    assert kind_heading(text) == KindHeading(kind, theme)


def test_a_heading_of_two_kinds_says_so() -> None:
    heading = kind_heading("Atouts et difficultés")
    assert heading is not None
    assert heading.mixed
