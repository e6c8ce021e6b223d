"""Lists as people type them: the last « et », a noun that several names share, words that qualify the name before."""

from __future__ import annotations

import pytest

from tests.reading.sheet_texts import lines

START = ("Intitulé : Verger", "Porteur : Les Pommiers", "Public : familles")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Cité Blanche (Vaux) et zone d’activité du Pont", ("Cité Blanche (Vaux)", "zone d’activité du Pont")),
        ("Rues Pasteur, Monge et Curie (quartier Nord)", ("Rues Pasteur, Monge et Curie (quartier Nord)",)),
        ("Quartiers Bellevue, Verrerie et Port", ("Quartiers Bellevue", "Verrerie", "Port")),
        ("la Tannerie, côté canal", ("la Tannerie, côté canal",)),
        ("Bellevue, Port et la Verrerie", ("Bellevue", "Port", "la Verrerie")),
        ("8 rue du Lac, 99000 Vaux", ("8 rue du Lac, 99000 Vaux",)),
        ("cité de la paix et du progrès", ("cité de la paix et du progrès",)),
    ],
)
def test_places(text: str, places: tuple[str, ...]) -> None:
    (sheet,) = lines(*START, f"Quartiers : {text}").sheets
    assert sheet.territories == places


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("la MJC, l’école du parc et la mairie", ("la MJC", "l’école du parc", "la mairie")),
        ("CAF, Ville et CCAS", ("CAF", "Ville", "CCAS")),
        ("CAF, Direction de la culture et des sports", ("CAF", "Direction de la culture et des sports")),
        ("Maison des jeunes et de la culture", ("Maison des jeunes et de la culture",)),
        ("Ville de Vaux, service des sports, CAF", ("Ville de Vaux, service des sports", "CAF")),
        ("le bailleur, service des sports", ("le bailleur", "service des sports")),
        ("Association Vivre et Agir", ("Association Vivre et Agir",)),
        ("CAF, Association Vivre et Agir", ("CAF", "Association Vivre et Agir")),
    ],
)
def test_partners(text: str, partners: tuple[str, ...]) -> None:
    (sheet,) = lines(*START, f"Partenaires : {text}").sheets
    assert sheet.partners == partners


def test_a_last_and_that_may_part_two_names_is_told() -> None:
    (sheet,) = lines(*START, "Partenaires : CAF, Association Vivre et Agir").sheets
    assert "partners" in [doubt.name for doubt in sheet.doubts]
    (service,) = lines(*START, "Partenaires : Ville de Vaux, service des sports").sheets
    assert "partners" in [doubt.name for doubt in service.doubts]
    (plain,) = lines(*START, "Partenaires : CAF, CCAS").sheets
    assert "partners" not in [doubt.name for doubt in plain.doubts]


def test_indicators_said_in_parallel_are_two() -> None:
    (sheet,) = lines(*START, "Indicateurs : si les gens viennent et si on rit encore en mai").sheets
    assert sheet.indicators == ("si les gens viennent", "si on rit encore en mai")
    (whole,) = lines(*START, "Indicateurs : nombre de filles et de garçons").sheets
    assert whole.indicators == ("nombre de filles et de garçons",)


def test_two_themes_that_a_slash_may_part_are_told() -> None:
    (sheet,) = lines(*START, "Thème(s) : Sport / Santé").sheets
    assert sheet.themes == ("Sport / Santé",)
    assert [doubt.text for doubt in sheet.doubts if doubt.name == "themes"] == [
        "« Sport / Santé » : un thème, ou plusieurs ?"
    ]
    (one,) = lines(*START, "Thème : Sport / Santé").sheets
    assert "themes" not in [doubt.name for doubt in one.doubts]
