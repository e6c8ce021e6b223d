# ruff: noqa: E501 - one shape a line: it is a table
"""The shapes that agents give to their reports, each alone: what comes out is what a person reads."""

from __future__ import annotations

import pytest

from parvis.reading import unplaced
from tests.reading.helpers import pasted

C, S, P = "challenge", "strength", "proposal"


def contributions_of(text: str) -> list[tuple[str | None, str, str]]:
    """Theme, kind and words of each contribution, sub-items behind bars; nothing is out of place."""
    report = pasted(text)
    assert unplaced(report) == []
    return [
        (item.theme, item.kind, " | ".join((item.text, *(child.text for child in item.children))))
        for item in report.contributions
    ]


WORDS = {
    C: "Défis; Enjeux; Freins; Difficultés; Faiblesses; Constats; Menaces; Ce qui bloque; Ce qui inquiète les habitants",
    S: "Atouts; Forces; Points forts; Leviers; Opportunités; Ce qui marche; Ce que les participants apprécient",
    P: "Propositions; Perspectives; Pistes; Préconisations; Solutions; Actions à mener; Ce qu'il faudrait; On aimerait",
}


@pytest.mark.parametrize(
    ("heading", "kind"), [(word.strip(), kind) for kind, words in WORDS.items() for word in words.split(";")]
)
@pytest.mark.parametrize("shape", ["{}", "{} :", "1. {}", "**{}**", "II - {}", "– {} –", "• {} :"])
def test_headings_of_kind_in_all_their_words(heading: str, kind: str, shape: str) -> None:
    for written in (heading, heading.upper()):
        assert contributions_of(f"{shape.format(written)}\n- Le bus du soir\n- La poste") == [
            (None, kind, "Le bus du soir"),
            (None, kind, "La poste"),
        ]


@pytest.mark.parametrize(
    "marker", ["1.", "1/", "1 -", "1 .", "(1)", "1)", "a)", "i.", "1°", "N°1 :", "•", "o", "–", "-", "*", "·", "→"]
)  # fmt: skip
def test_markers_of_items(marker: str) -> None:
    ranks = {"1": "2", "a": "b", "i": "ii"}
    second = "".join(ranks.get(sign, sign) for sign in marker)
    contributions = contributions_of(f"Emploi\nDéfis\n{marker} Le bus du soir\n{second} La poste a fermé")
    assert contributions == [("Emploi", C, "Le bus du soir"), ("Emploi", C, "La poste a fermé")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Atouts : un jardin ; une école ; un gymnase", ["un jardin", "une école", "un gymnase"]),
        ("Atouts : un jardin / une école / un gymnase", ["un jardin", "une école", "un gymnase"]),
        ("Atouts\nUn jardin ; une école (le soir ; le matin) ; un gymnase", ["Un jardin", "une école (le soir ; le matin)", "un gymnase"]),
        ("Atouts : un réseau et/ou des bénévoles, 12/03", ["un réseau et/ou des bénévoles, 12/03"]),
        ("Atouts : (1) un jardin (2) une école (4) un gymnase", ["un jardin", "une école", "un gymnase"]),
        ("Atouts : a) un jardin b) une école", ["un jardin", "une école"]),
        ("Atouts\n1. Un jardin 2. Une école 3. Un gymnase", ["Un jardin", "Une école", "Un gymnase"]),
        ("Atouts\n4.Un jardin\n5.Faire du sport\n5.Encore", ["Un jardin", "Faire du sport", "Encore"]),
        ("Atouts\nUn jardin\nUne école", ["Un jardin", "Une école"]),
        ("Atouts\n- Le 3è étage\n- 16-25 ans bien suivis\n- 1er accueil réussi", ["Le 3è étage", "16-25 ans bien suivis", "1er accueil réussi"]),
        ("Atouts\n- Un jardin :\n   - des fleurs\n   - des arbres\n- Une école", ["Un jardin : | des fleurs | des arbres", "Une école"]),
        ("Atouts\n1/ 6 mois d'attente au lieu de 12\n2/ Un accueil", ["6 mois d'attente au lieu de 12", "Un accueil"]),
        ("Atouts\n- Un jardin (5 voix)\n- Une école +++", ["Un jardin (5 voix)", "Une école +++"]),
        ("Atouts\n- Un jardin\nPoint de vigilance : l'eau manque\n- Une école", ["Un jardin Point de vigilance : l'eau manque", "Une école"]),
        ("Atouts\n- Un jardin\n« On y est bien. » (une habitante)\n- Une école", ["Un jardin", "Une école"]),
    ],
)  # fmt: skip
def test_items_in_all_their_shapes(text: str, expected: list[str]) -> None:
    assert [words for _, _, words in contributions_of(text)] == expected


def test_a_list_of_quotes_is_what_was_contributed() -> None:
    text = "Défis\n« On ne se parle plus »\n« Le bus part trop tôt » (un habitant)\n« La poste a fermé »"
    assert len(contributions_of(text)) == 3


def test_theme_then_kind_and_kind_then_theme() -> None:
    assert contributions_of("Emploi\nDéfis\n- Le bus\nAtouts\n- Le réseau\nSanté\nDéfis\n- Le dentiste") == [
        ("Emploi", C, "Le bus"), ("Emploi", S, "Le réseau"), ("Santé", C, "Le dentiste"),
    ]  # fmt: skip
    assert contributions_of("Défis\nEmploi\n- Le bus\n- Le permis\nSanté\n- Le dentiste\nAtouts\nEmploi\n- Le réseau") == [
        ("Emploi", C, "Le bus"), ("Emploi", C, "Le permis"), ("Santé", C, "Le dentiste"), ("Emploi", S, "Le réseau"),
    ]  # fmt: skip


def test_kinds_that_are_bullets_of_a_list() -> None:
    text = "- Emploi\n  - Freins :\n    - Le bus\n    - Le permis\n  - Leviers\n    - Le réseau\n- Santé\n  - Freins\n    - Le dentiste"
    assert contributions_of(text) == [
        ("Emploi", C, "Le bus"), ("Emploi", C, "Le permis"), ("Emploi", S, "Le réseau"), ("Santé", C, "Le dentiste"),
    ]  # fmt: skip


def test_groups_of_participants_are_no_theme() -> None:
    text = """
        Table 1
        Thème : Santé
        Ce qui bloque : le dentiste ; les délais
        Table 2
        Thème : Emploi
        Ce qui bloque : le bus ; le permis
        Groupe des habitants
        Ce qui marche : le jardin ; l'école
    """
    assert [theme for theme, _, _ in contributions_of(text)] == ["Santé"] * 2 + ["Emploi"] * 2 + [None] * 2


def test_a_theme_above_the_groups_holds_for_all_of_them() -> None:
    text = "Emploi\nTable 1\nDéfis\n- Le bus\nTable 2\nDéfis\n- Le permis"
    assert contributions_of(text) == [("Emploi", C, "Le bus"), ("Emploi", C, "Le permis")]


def test_a_table_whose_heads_come_back_and_whose_theme_is_written_once() -> None:
    text = "Thème\tFreins\tLeviers\nEmploi\tLe bus\tLe réseau\n\tLe permis\t\nForces\tMenaces\nLe jardin\tLa pluie"
    assert contributions_of(text) == [
        ("Emploi", C, "Le bus"), ("Emploi", S, "Le réseau"), ("Emploi", C, "Le permis"),
        (None, S, "Le jardin"), (None, C, "La pluie"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Ordre du jour\n1. Accueil\n2. Les difficultés\n3. Les propositions\n4. Divers",
        "Enjeux et propositions des ateliers\nM. Martin indique que les ateliers ont eu lieu. La liste est jointe.",
        "Atouts\nQue pensez-vous de la ville ?\n..........\n..........\nPropositions\nEt vous ?\n..........",
        "Au programme :\n- Points forts, points faibles ;\n- les pistes ;\n- les suites.",
        "Atouts\n—\nDéfis\n…",
    ],
)
def test_what_only_looks_like_contributions(text: str) -> None:
    assert contributions_of(text) == []


def test_a_sentence_that_takes_leave_is_no_contribution() -> None:
    text = "Atouts\nLe jardin\nL'école\n\nOn s'est quittés à 17h. Les photos suivront.\n"
    assert [words for _, _, words in contributions_of(text)] == ["Le jardin", "L'école"]
