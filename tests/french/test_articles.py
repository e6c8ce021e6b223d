"""The article of a body, in a sentence."""

from __future__ import annotations

import pytest

from parvis.french.articles import after, opening, with_article


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("Ville de Lisandre", "la Ville de Lisandre"),
        ("Service politique de la ville", "le Service politique de la ville"),
        ("Association des habitants", "l'Association des habitants"),
        ("Établissement public", "l'Établissement public"),
        ("Hôpital de Lisandre", "l'Hôpital de Lisandre"),
        ("CCAS de Lisandre", "le CCAS de Lisandre"),
        ("CAF", "la CAF"),
        ("Le Grand Lisandre", "le Grand Lisandre"),
        ("L'Escale", "l'Escale"),
        ("La Ville", "la Ville"),
        ("Plaine des Lisandres", "Plaine des Lisandres"),
        ("Leclerc", "Leclerc"),
        ("Lavoir", "Lavoir"),
        ("", ""),
    ],
)
def test_a_body_takes_its_article(name: str, phrase: str) -> None:
    assert with_article(name) == phrase


@pytest.mark.parametrize(
    ("preposition", "name", "phrase"),
    [
        ("par", "Ville de Lisandre", "par la Ville de Lisandre"),
        ("par", "Le Grand Lisandre", "par le Grand Lisandre"),
        ("de", "Service habitat", "du Service habitat"),
        ("de", "Les Amis du quartier", "des Amis du quartier"),
        ("de", "Association du parc", "de l'Association du parc"),
        ("de", "Orée Métropole", "d'Orée Métropole"),
        ("de", "Lisandre Habitat", "de Lisandre Habitat"),
        ("à", "Département", "au Département"),
        ("à", "Ville", "à la Ville"),
    ],
)
def test_a_preposition_is_joined_to_it(preposition: str, name: str, phrase: str) -> None:
    assert after(preposition, name) == phrase


def test_a_sentence_opens_with_a_capital() -> None:
    assert [opening(name) for name in ("Ville", "Association", "Plaine")] == ["La Ville", "L'Association", "Plaine"]
