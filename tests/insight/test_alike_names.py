"""Names that may be of one institution: near spellings, initials; not two schools of one town."""

from __future__ import annotations

import time

import pytest

from parvis.insight.alike_names import MOST_COMPARED, alike_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CAF", "Caisse d'allocations familiales de l'Essonne"),
        ("CAF de l'Essonne", "Caisse d'Allocations Familiales de l'Essonne"),
        ("Caisse primaire d'assurance maladie", "CPAM"),
        ("Ville de Lisandre", "VILLE DE LISANDRE."),
        ("Mission locale du Val", "Mission Locale Val"),
        ("Association Les Vélos du Quartier", "Les vélos du quartier"),
        ("Emmaüs Solidarité", "Emmaus solidarités"),
    ],
)
def test_one_institution_under_two_names(one: str, other: str) -> None:
    assert alike_names([one, "Préfecture", other]) == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Collège Paul Bert", "Collège Jean Macé"),
        ("École 1", "École 2"),
        ("CAF des Vallières", "Caisse d'allocations familiales de l'Essonne"),
        ("Ville de Lisandre", "Ville de Montreuillon"),
        ("CCAS de Lisandre", "Centre communal d'action sociale de Montreuillon"),
        ("Association", "Collectif"),
    ],
)
def test_two_institutions(one: str, other: str) -> None:
    assert alike_names([one, other]) == []


def test_two_hundred_names_are_compared_while_a_page_is_made() -> None:
    start = time.perf_counter()
    alike_names([f"Association numéro {rank} du quartier {rank % 7}" for rank in range(200)])
    assert time.perf_counter() - start < 1


def test_too_many_are_not_compared() -> None:
    assert alike_names(["CAF"] * (MOST_COMPARED + 1)) == []
