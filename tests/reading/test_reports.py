"""Whole reports against their reading by hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from parvis.reading import read, unplaced
from tests.reading.helpers import DATA, entries, gold, roles

INPUTS = Path(os.environ.get("PARVIS_INPUTS", Path(__file__).resolve().parents[3] / "shared" / "inputs"))
SEED = INPUTS / "compte-rendu-paris-saclay.txt"
needs_seed = pytest.mark.skipif(not SEED.exists(), reason="needs the seed report (PARVIS_INPUTS)")


def test_messy_report_is_read_as_by_hand() -> None:
    path = DATA / "rencontre.txt"
    report = read(path.read_bytes(), path.name)
    assert entries(report) == gold(DATA / "rencontre.gold.json")
    assert unplaced(report) == []
    assert report.title == "Concertation des partenaires de l'agglomération du Val de Lune"


def test_what_surrounds_the_contributions_has_its_role() -> None:
    path = DATA / "rencontre.txt"
    role_of = roles(read(path.read_bytes(), path.name))
    assert role_of["Les rencontres du territoire"] == "preamble"
    assert role_of["Emploi / Insertion"] == "heading"
    assert role_of["Propositions / Perspectives"] == "heading"
    assert role_of["Ce contenu est-il inapproprié ?"] == "furniture"


def test_odd_numbers_are_kept_and_doubted() -> None:
    path = DATA / "rencontre.txt"
    doubts = {item.text: item.doubt for item in read(path.read_bytes(), path.name).contributions if item.doubt}
    assert doubts["Offre de droit commun riche"] == "Le numéro 3 manque avant celui-ci."
    assert doubts["Former les médiateurs"] == "Le numéro 3 est déjà pris plus haut."
    assert doubts["développer les villages santé (ex Vallières : bus dentaire, ...)"].startswith("Les numéros 4 à 11")


@needs_seed
def test_the_seed_is_read_as_by_hand() -> None:
    report = read(SEED.read_bytes(), SEED.name)
    by_hand = SEED.with_name("compte-rendu-paris-saclay.gold.json")
    assert len(report.contributions) == 200
    assert entries(report) == gold(by_hand)
    assert unplaced(report) == []
    assert report.title == json.loads(by_hand.read_text(encoding="utf-8"))["title"]


@needs_seed
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_the_seed_is_the_same_in_any_encoding(encoding: str) -> None:
    text = SEED.read_text(encoding="utf-8").replace("…", "...")
    again = read(text.encode(encoding), "rapport.txt")
    assert entries(again) == entries(read(text.encode(), "rapport.txt"))
    assert len(again.contributions) == 200


@needs_seed
def test_the_seed_comes_back_from_lost_accents() -> None:
    mangled = SEED.read_bytes().decode("cp1252", errors="ignore")
    report = read(mangled.encode(), "rapport.txt")
    assert len(report.contributions) == 200
    assert any("accents" in warning for warning in report.warnings)
