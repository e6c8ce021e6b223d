"""Who pays for an action: beside an amount, above a column of amounts, in the words of a sentence."""

from __future__ import annotations

import pytest

from tests.reading.sheet_texts import lines, rows, table

KNOWN = (("Titre", "Vélo"), ("Porteur", "Régie"), ("Public", "Jeunes"))


def test_rows_below_a_plan_without_value_say_who_pays() -> None:
    sheet = table(
        *KNOWN, ("Coût HT", "240000"), ("Plan de financement", ""), ("DSIL", "96000"), ("Lions club", "144000"),
        ("Total", "240000"), ("Indicateurs", "Licenciées"),
    )  # fmt: skip
    assert sheet.funding == (("DSIL", "96000"), ("Lions club", "144000"))
    assert (sheet.budget, sheet.indicators, sheet.other) == ("240000", ("Licenciées",), ())


def test_a_label_that_names_who_pays_beside_an_amount() -> None:
    sheet = table(
        *KNOWN, ("Budget", "22 000 €", "Dont État", "9 000 €"), ("Dont Ville", "8 000 €", "Dont ARS", "5 000 €")
    )
    assert (sheet.budget, sheet.funding) == (
        "22 000 €", (("État", "9 000 €"), ("Ville", "8 000 €"), ("ARS", "5 000 €")),
    )  # fmt: skip


def test_columns_of_amounts_under_the_names_of_those_who_pay() -> None:
    reading = rows(
        ("Porteur", "Action", "Public", "Budget", "État", "Habitat 59", "Ville", "Effectif"),
        ("Vaire", "Lire", "6-11 ans", "7000", "3000", "2000", "2000", "12"),
        ("Péguy", "Devoirs", "Collégiens", "12000", "6000", "", "6000", "30"),
    )
    assert [sheet.funding for sheet in reading.sheets] == [
        (("État", "3000"), ("Habitat 59", "2000"), ("Ville", "2000")), (("État", "6000"), ("Ville", "6000")),
    ]  # fmt: skip
    assert [sheet.other for sheet in reading.sheets] == [(("Effectif", "12"),), (("Effectif", "30"),)]


@pytest.mark.parametrize(
    ("told", "budget", "funding"),
    [
        ("9 400 € (Ville 4 000, CAF 5 400)", "9 400 €", (("Ville", "4 000"), ("CAF", "5 400"))),
        ("8 900 € : Ville 3 900 €, Département 5 000 €", "8 900 €", (("Ville", "3 900 €"), ("Département", "5 000 €"))),
        ("9 400 € (Ville 4 000, CAF 5 000)", "9 400 € (Ville 4 000, CAF 5 000)", ()),
    ],
)
def test_shares_beside_a_total_are_read_when_they_make_it_up(
    told: str, budget: str, funding: tuple[tuple[str, str], ...]
) -> None:
    sheet = table(*KNOWN, ("Budget", told))
    assert (sheet.budget, sheet.funding) == (budget, funding)


def test_a_total_before_who_pays_under_a_label_of_funding() -> None:
    sheet = table(*KNOWN, ("Le financement", "58 000 € par an (Agglo : 38 000 € – CAF : 20 000 €)"))
    assert (sheet.budget, sheet.funding) == ("58 000 € par an", (("Agglo", "38 000 €"), ("CAF", "20 000 €")))


def test_a_total_above_the_lines_that_make_it_up() -> None:
    (sheet,) = lines(
        "Titre : Vélo", "Porteur : Régie", "Public : jeunes",
        "Budget : 17 350 € pour l'année, dont :", "- commune : 7 350 €",
        "- fondation : 10 000 €",
    ).sheets  # fmt: skip
    assert (sheet.budget, sheet.funding) == ("17 350 €", (("commune", "7 350 €"), ("fondation", "10 000 €")))


def test_a_total_told_in_the_sentence_of_an_agreement() -> None:
    sheet = table(
        *KNOWN,
        (
            "Dispositions financières",
            "Le coût total de l'action est arrêté à 54 000 € pour trois ans.\nVille : 4 000 €",
        ),
    )
    assert (sheet.budget, sheet.funding) == ("54 000 €", (("Ville", "4 000 €"),))
    assert "budget" in {doubt.name for doubt in sheet.doubts}


def test_a_year_is_no_budget() -> None:
    sheet = table(*KNOWN, ("Budget", "Année 2025 – exercice du 01/01/2025 au 31/12/2025"))
    assert sheet.budget == ""


@pytest.mark.parametrize(
    ("label", "value", "funding"),
    [
        (
            "Budget",
            "11 000 €, dont 4 000 € de la Ville et 7 000 € de dons",
            (("Ville", "4 000 €"), ("dons", "7 000 €")),
        ),
        ("Autres partenaires financiers", "Ville (5 000 €), CAF (4 000 €)", (("Ville", "5 000 €"), ("CAF", "4 000 €"))),
    ],
)
def test_who_pays_told_in_words(label: str, value: str, funding: tuple[tuple[str, str], ...]) -> None:
    sheet = table(*KNOWN, (label, value))
    assert (sheet.funding, sheet.partners) == (funding, ())


def test_an_amount_said_again_without_who_pays_it_is_left_out() -> None:
    sheet = table(*KNOWN, ("Montant de la subvention", "8 000 €"), ("Recettes", "État 8 000 €, Ville 6 500 €"))
    assert sheet.funding == (("État", "8 000 €"), ("Ville", "6 500 €"))
    assert any("Montant de la subvention" in doubt.text for doubt in sheet.doubts)


def test_who_pays_and_how_much_without_unit_on_one_line() -> None:
    sheet = table(*KNOWN, ("Financeurs", "Ville : 6 500,00 ; Préfecture (BOP 147) : 9 000,00"))
    assert sheet.funding == (("Ville", "6 500,00"), ("Préfecture (BOP 147)", "9 000,00"))
    assert table(*KNOWN, ("Financeurs", "Ville ; Préfecture")).funding == (("Ville", ""), ("Préfecture", ""))
