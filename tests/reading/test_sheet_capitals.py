"""Labels that nothing sets apart but capitals, values in capitals under them."""

from __future__ import annotations

from tests.reading.sheet_texts import lines

BY_BLANKS = (
    "PRINTEMPS DES QUARTIERS 2025", "STRUCTURE", "CLUB NAUTIQUE DE L'ANSE", "", "INTITULE DU PROJET",
    "TOUS A L'EAU", "", "PERIODE", "AVRIL 2025", "", "QUARTIERS", "LA GRAVE", "LES QUATRE VENTS", "", "MATERIEL PRETE",
    "deux bateaux", "", "DEROULEMENT", "Une sortie par semaine.", "", "PARTENAIRES", "Office des sports",
)  # fmt: skip


def test_a_blank_line_tells_a_label_in_capitals_from_values_in_capitals() -> None:
    (sheet,) = lines(*BY_BLANKS).sheets
    assert (sheet.title, sheet.lead, sheet.since) == ("TOUS A L'EAU", "CLUB NAUTIQUE DE L'ANSE", "AVRIL 2025")
    assert (sheet.territories, sheet.text) == (("LA GRAVE", "LES QUATRE VENTS"), "Une sortie par semaine.")
    assert (sheet.partners, sheet.other) == (("Office des sports",), (("MATERIEL PRETE", "deux bateaux"),))


def test_without_blank_lines_the_line_under_an_empty_label_is_its_value_and_is_told() -> None:
    (sheet,) = lines(*(text for text in BY_BLANKS if text and text != "LES QUATRE VENTS")).sheets
    assert (sheet.title, sheet.lead, sheet.since) == ("TOUS A L'EAU", "CLUB NAUTIQUE DE L'ANSE", "AVRIL 2025")
    assert (sheet.territories, sheet.other) == (("LA GRAVE",), (("MATERIEL PRETE", "deux bateaux"),))
    assert {doubt.name for doubt in sheet.doubts if "place des mots" in doubt.text} == {
        "title", "lead", "since", "territories",
    }  # fmt: skip
