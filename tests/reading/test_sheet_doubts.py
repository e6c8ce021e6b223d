"""What a person is told to check: what does not look like its field, and nothing of what was read plainly."""

from __future__ import annotations

import pytest

from parvis.reading.sheet_files import ReadSheet
from tests.reading.sheet_texts import lines, table

PLAIN = {
    "Titre": "Jardin des senteurs", "Thématique": "Cadre de vie", "Porteur": "Régie de quartier",
    "Partenaires": "Ville, CAF",
    "Quartier": "Les Tilleuls", "Public": "Habitants", "Calendrier": "printemps 2025", "Budget": "9 000 €",
    "Financeurs": "Ville : 4 000 €, CAF : 5 000 €", "Indicateurs": "Nombre de jardiniers", "Description": "Un jardin.",
    "Contact": "Mme X, 06 39 98 70 21", "N° SIRET": "801 234 567 00019",
}  # fmt: skip


def _doubted(sheet: ReadSheet) -> set[str]:
    return {doubt.name for doubt in sheet.doubts}


def test_a_sheet_read_plainly_has_no_doubt() -> None:
    sheet = table(*PLAIN.items())
    assert _doubted(sheet) == set()
    assert sheet.other == (("N° SIRET", "801 234 567 00019"),)


@pytest.mark.parametrize(
    ("label", "value", "field"),
    [
        ("Titre", "Un jardin est créé sur l'ancien terrain de boules du quartier.", "title"),
        ("Titre", "Le porteur", "title"), ("Porteur", "Régie, 06 39 98 70 21", "lead"),
        ("Porteur", "Rôle : pilote", "lead"),
        ("Partenaires", "CAF (3 000 €)", "funding"), ("Quartier", "Tilleuls et cité", "territories"),
        ("Quartier", "pour les élèves du quartier", "territories"), ("Public", "120", "public"),
        ("Calendrier", "à voir ensemble", "since"), ("Budget", "voir annexe", "budget"),
        ("Budget", "9 000 € puis 8 000 €", "budget"), ("Budget", "9 000 € (Ville)", "budget"),
        ("Calendrier", "2019\nles habitants", "since"), ("Financeurs", "Subvention sollicitée : 4 000 €", "funding"),
        ("Porteur", "Régie\nVille", "lead"), ("Public", "Jeunes\nCoût total", "public"),
        ("Contact", " ".join(["voir"] * 15), "contact"),
        ("Budget", "9 000 € pour une année et sous réserve des accords", "budget"),
        ("Indicateurs", "Nous regarderons avec les habitants si le jardin leur plaît.", "indicators"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_look_like_its_field_is_to_be_checked(label: str, value: str, field: str) -> None:
    assert field in _doubted(table(*{**PLAIN, label: value}.items()))


def test_a_second_title_is_told() -> None:
    (sheet,) = lines("Fiche n° 7 – Prévention santé", "Action : Parlons-en", "Porteur : CMS", "Public : adultes").sheets
    assert (sheet.title, sheet.other) == ("Prévention santé", (("Action", "Parlons-en"),))
    assert "title" in _doubted(sheet)


def test_a_label_that_no_one_foresaw_is_told_and_those_of_forms_are_not() -> None:
    known = table(*PLAIN.items(), ("Date de fin", "2026"), ("Moyens humains", "un animateur"))
    assert "other" not in _doubted(known)
    assert "other" in _doubted(table(*PLAIN.items(), ("Couleur", "vert")))


def test_an_orientation_above_the_action_is_its_theme_to_be_checked() -> None:
    (sheet,) = lines(
        "Orientation stratégique n° 2 : Favoriser l'emploi", "Fiche action 3 : Crèche", "Porteur : Ville",
        "Public : parents",
        "Budget : 9 000 €",
    ).sheets  # fmt: skip
    assert (sheet.title, sheet.themes) == ("Crèche", ("Favoriser l'emploi",))
    assert "themes" in _doubted(sheet)


@pytest.mark.parametrize("label", ["Nom", "Dénomination"])
def test_a_name_in_a_form_without_lead_is_who_carries_the_action_to_be_checked(label: str) -> None:
    sheet = table((label, "Collectif"), ("Nom du projet", "Cinéma"), ("Public", "Jeunes"), ("Lieu", "Cèdres"))
    assert (sheet.lead, sheet.title) == ("Collectif", "Cinéma")
    assert "lead" in _doubted(sheet)


def test_how_many_they_are_is_apart_from_who_they_are() -> None:
    sheet = table(*PLAIN.items(), ("Nombre de bénéficiaires", "60 personnes"))
    assert (sheet.public, sheet.other[-1]) == ("Habitants", ("Nombre de bénéficiaires", "60 personnes"))
    (counted,) = lines("Titre : Vélo", "Porteur : Régie", "Nombre de bénéficiaires : 60 personnes").sheets
    assert counted.public == "60 personnes"


def test_an_aim_with_its_number_is_a_label_and_its_words_are_kept() -> None:
    (sheet,) = lines(
        "Objectif opérationnel 3.2 – Améliorer la propreté", "Titre : Vélo", "Porteur : Régie", "Public : jeunes"
    ).sheets
    assert sheet.text == "Améliorer la propreté"


def test_a_theme_that_is_guessed_gives_way_to_one_that_is_known() -> None:
    sheet = table(*PLAIN.items(), ("Axe de la cité éducative", "Ouvrir le champ des possibles"))
    assert sheet.themes == ("Cadre de vie",)
    assert sheet.other[-1] == ("Axe de la cité éducative", "Ouvrir le champ des possibles")


def test_sentences_under_an_unknown_label_are_the_description_where_there_is_none_to_be_checked() -> None:
    told = "Un jardin est créé par les habitants sur l'ancien terrain de boules du quartier."
    known = {label: value for label, value in PLAIN.items() if label != "Description"}
    sheet = table(*known.items(), ("La petite histoire", told))
    assert sheet.text == told
    assert "text" in _doubted(sheet)
    assert table(*PLAIN.items(), ("La petite histoire", told)).text == "Un jardin."
