"""Words alone: headings of kind, themes, what is neither."""

from __future__ import annotations

import pytest

from parvis.reading import words
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
    heading = words.kind_heading(text)
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
    assert words.kind_heading(text) is None


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
    assert words.kind_heading(text) == words.KindHeading(kind, theme)


def test_a_heading_of_two_kinds_says_so() -> None:
    heading = words.kind_heading("Atouts et difficultés")
    assert heading is not None
    assert heading.mixed


def test_themes() -> None:
    assert words.is_theme("Emploi / Insertion")
    assert not words.is_theme("Emploi des cigales")
    assert words.names_theme("Emploi des cigales")
    assert words.clean_theme("Thématique 2 : Santé :") == "Santé"
    assert words.theme_prefix("Atelier n°3 – Culture")


def test_parts_without_contributions() -> None:
    assert words.is_neutral("Ordre du jour :")
    assert words.is_closing("La séance est levée à 17 h.")
    assert words.is_document("Compte-rendu de la rencontre")
    assert words.is_furniture("Imprimer")
    assert words.is_foot("Ce contenu est-il inapproprié ?")
