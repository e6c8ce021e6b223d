"""Texts with nothing to import: no contribution, and a warning that says so."""

from __future__ import annotations

import pytest

from parvis.reading import outline, unplaced
from tests.reading.helpers import pasted, roles

AGENDA = """
    Réunion du comité technique
    Mardi 3 mars 2026 à 14 h
    Ordre du jour :
    1. Accueil
    2. Présentation des actions
    3. Échanges
    4. Questions diverses
    """
INVITATION = """
    Madame, Monsieur,
    Nous avons le plaisir de vous inviter à la rencontre du 3 mars. Les défis du territoire y seront débattus.
    - venir avec une idée
    - prévenir en cas d'absence
    Cordialement
    """
PROSE = """
    Le quartier a beaucoup d'atouts, et ses habitants le savent. Les propositions ne manquent pas non plus.

    Il reste des défis : le bus, les soins, les commerces. Personne ne dit le contraire.
    """
ELSEWHERE = "Voir le document joint."
ATTENDANCE = """
    Étaient présents :
    - la ville de Vallières
    - la mission locale
    Excusés :
    - la caisse d'allocations familiales
    """


@pytest.mark.parametrize("text", [AGENDA, INVITATION, PROSE, ELSEWHERE, ATTENDANCE])
def test_nothing_is_invented(text: str) -> None:
    report = pasted(text)
    assert report.contributions == ()
    assert report.warnings == (outline.NOTHING,)
    assert unplaced(report) == []
    assert report.unassigned


def test_headings_without_items_are_told_apart() -> None:
    report = pasted("Emploi\nDéfis\nAtouts\n")
    assert report.contributions == ()
    assert report.warnings == (outline.EMPTY,)


def test_lists_outside_any_heading_are_counted() -> None:
    report = pasted("- perdu\n- perdu aussi\n\nEmploi\nDéfis\n1. Le bus")
    assert [item.text for item in report.contributions] == ["Le bus"]
    assert any(warning.startswith("2 lignes de liste") for warning in report.warnings)


def test_what_follows_a_closing_part_is_left_out() -> None:
    report = pasted(
        "Emploi\nDéfis\n1. Le bus\nProchaines étapes\n1. Relire le compte-rendu\nLa séance est levée à 17 h."
    )
    assert [item.text for item in report.contributions] == ["Le bus"]
    assert roles(report)["Prochaines étapes"] == "heading"
    assert roles(report)["1. Relire le compte-rendu"] == "prose"
