"""Budgets and fundings as they are written: in a sentence, in a table put in a cell, beside a merged label."""

from __future__ import annotations

import pytest
from docx.document import Document as Doc

from parvis.reading.sheet_files import ReadSheet, read_sheets, unplaced_pieces
from tests.reading.formats.office import docx
from tests.reading.sheet_texts import lines, rows, table

START = ("Intitulé : Verger", "Porteur : Les Pommiers", "Public : familles")


def _with(*texts: str) -> ReadSheet:
    (sheet,) = lines(*START, *texts).sheets
    return sheet


@pytest.mark.parametrize(
    ("text", "budget", "funding"),
    [
        ("9 000 €, dont 4 000 € demandés à la CAF et 2 k€ à l’État", "9 000 €", (("CAF", "4 000 €"), ("État", "2 k€"))),
        ("environ 800 € de graines. On demande 300 € à la Ville.", "environ 800 €", (("Ville", "300 €"),)),
        ("12 k€ dont État : 5 k€, Ville : 7 k€", "12 k€", (("État", "5 k€"), ("Ville", "7 k€"))),
        ("12 000 € TTC par an", "12 000 € TTC par an", ()),
        ("4 500 € la première année, 3 000 € ensuite", "4 500 € la première année, 3 000 € ensuite", ()),
    ],
)  # fmt: skip
def test_a_budget_told_in_a_sentence_says_the_total_and_who_pays(
    text: str, budget: str, funding: tuple[tuple[str, str], ...]
) -> None:
    sheet = _with(f"Budget : {text}")
    assert (sheet.budget, sheet.funding) == (budget, funding)


def test_a_budget_read_in_a_sentence_is_to_be_checked() -> None:
    doubts = [doubt.name for doubt in _with("Budget : 900 € de bois. On demande 300 € à la Ville.").doubts]
    assert {"budget", "funding"} <= set(doubts)
    assert "budget" not in [doubt.name for doubt in _with("Budget : 900 €").doubts]


def test_shares_on_lines_of_their_own_under_the_total_are_funding() -> None:
    sheet = _with("Budget : 8.750 €\n\tdont Ville :\t3.000€\n\tdont CAF :\t5.750€")
    assert (sheet.budget, sheet.funding) == ("8.750 €", (("Ville", "3.000€"), ("CAF", "5.750€")))


def test_a_table_put_in_the_cell_of_the_budget_is_read_in_pairs() -> None:
    def fill(document: Doc) -> None:
        outer = document.add_table(rows=4, cols=2)
        for row, (label, value) in zip(outer.rows, (text.split(" : ") for text in START), strict=False):
            row.cells[0].text, row.cells[1].text = label, value
        outer.rows[3].cells[0].text = "Coût et financement"
        inner = outer.rows[3].cells[1].add_table(rows=3, cols=2)
        for row, texts in zip(
            inner.rows, (("Bailleur", "750 €"), ("Ville", "250 €"), ("Coût global", "1 000 €")), strict=True
        ):
            row.cells[0].text, row.cells[1].text = texts
        outer.rows[3].cells[1].add_paragraph("Montants TTC")

    reading = read_sheets(docx(fill), "fiche.docx")
    assert unplaced_pieces(reading) == []
    (sheet,) = reading.sheets
    assert (sheet.budget, sheet.funding) == ("1 000 €", (("Bailleur", "750 €"), ("Ville", "250 €")))


def test_rows_under_a_merged_label_are_lines_of_money() -> None:
    sheet = table(
        ("Action", "Verger", "", ""),
        ("Porteur", "Les Pommiers", "", ""),
        ("Plan de financement", "Ville", "", "400 €"),
        ("", "CAF", "", "200 €"),
        ("", "Total", "", "600 €"),
        ("Partenaires", "École", "", ""),
        ("", "Collège", "", ""),
    )
    assert (sheet.budget, sheet.funding) == ("600 €", (("Ville", "400 €"), ("CAF", "200 €")))
    assert sheet.partners == ("École", "Collège")


def test_a_funder_without_amount_among_others_in_a_table_is_left_out_and_told() -> None:
    sheet = table(
        ("Action", "Verger"), ("Porteur", "Les Pommiers"), ("Public", "Tous"),
        ("Financeurs", "Montant"), ("Ville", "400 €"), ("Fondation", ""), ("CAF", "200 €"),
    )  # fmt: skip
    assert sheet.funding == (("Ville", "400 €"), ("CAF", "200 €"))
    assert "« Fondation » n'a pas de montant : laissé de côté" in [doubt.text for doubt in sheet.doubts]


def test_the_real_cost_under_the_funders_is_the_total() -> None:
    sheet = table(
        ("Action", "Verger"), ("Porteur", "Les Pommiers"), ("Public", "Tous"),
        ("Financeurs", "Montant"), ("Ville", "400 €"), ("Coût réel de l’action", "400 €"),
    )  # fmt: skip
    assert (sheet.budget, sheet.funding) == ("400 €", (("Ville", "400 €"),))


def test_words_under_a_funding_told_on_one_line_are_no_funders() -> None:
    sheet = _with("Financements : Ville 400 € – CAF 200 €", "Réunion chaque mardi à la salle des fêtes")
    assert sheet.funding == (("Ville", "400 €"), ("CAF", "200 €"))
    assert "funding" in [doubt.name for doubt in sheet.doubts]


def test_amounts_in_brackets_go_with_who_pays() -> None:
    sheet = _with("Financeurs : Ville (400 €), CAF (200 €)")
    assert sheet.funding == (("Ville", "400 €"), ("CAF", "200 €"))


ACCOUNTS = (
    ("CHARGES", "Montant", "PRODUITS", "Montant"),
    ("60 – Achats", "300 €", "70 – Ventes", "100 €"),
    ("64 – Personnel", "700 €", "74 – Subventions", "900 €"),
    ("", "", "État", "600 €"),
    ("", "", "Ville", "300 €"),
    ("TOTAL DES CHARGES", "1 000 €", "TOTAL DES PRODUITS", "1 000 €"),
    ("86 – Emplois", "50 €", "87 – Contributions volontaires en nature", "50 €"),
    ("Bénévolat", "50 €", "Bénévolat", "50 €"),
)


def test_what_others_make_up_and_what_is_given_in_kind_are_no_funding() -> None:
    sheet = table(("Action", "Verger"), ("Porteur", "Les Pommiers"), ("Public", "Tous"), *ACCOUNTS)
    assert (sheet.budget, sheet.funding) == (
        "1 000 €", (("70 – Ventes", "100 €"), ("État", "600 €"), ("Ville", "300 €")),
    )  # fmt: skip
    told = [doubt.text for doubt in sheet.doubts if doubt.name == "funding"]
    assert told == [
        "« 74 – Subventions » est dit ou compté par d'autres lignes : laissé de côté",
        "« 87 – Contributions volontaires en nature », « Bénévolat » : donné en nature, laissé de côté",
    ]


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("Financeurs", "2024", "2025", "Total"), ("100 €", "200 €", "300 €")),
        (("Recettes", "Prévu", "Réalisé"), ("400 €", "300 €")),
        (("Financeurs", "Montant", "Acquis / demandé"), ("300 €", "acquis")),
        (("Financeurs", "2025"), ("300 €",)),
    ],
)
def test_of_several_columns_the_total_or_what_was_done_is_read(heads: tuple[str, ...], cells: tuple[str, ...]) -> None:
    start = [(*text.split(" : "), "", "") for text in START]
    sheet = table(*start, heads, ("Ville", *cells), ("Total", *cells))
    assert (sheet.budget, sheet.funding) == ("300 €", (("Ville", "300 €"),))


def test_expenses_under_the_budget_are_no_funding_where_the_funding_has_its_own_label() -> None:
    sheet = _with("Budget :", "Ballons : 300 €", "Transport : 500 €", "Total : 800 €", "Financement :", "Ville : 800 €")
    assert (sheet.budget, sheet.funding) == ("800 €", (("Ville", "800 €"),))


def test_lines_under_the_budget_alone_may_be_expenses_and_are_told() -> None:
    sheet = _with("Budget :", "Ville : 300 €", "CAF : 500 €", "Total : 800 €")
    assert sheet.funding == (("Ville", "300 €"), ("CAF", "500 €"))
    assert "lus sous le budget : qui paie, ou des dépenses ?" in [doubt.text for doubt in sheet.doubts]


def test_two_budgets_are_told() -> None:
    sheet = _with("Budget 2024 : 800 €", "Budget 2025 : 900 €")
    assert sheet.budget == "800 €"
    assert [doubt.text for doubt in sheet.doubts if doubt.name == "budget"] == ["un autre montant est écrit : 900 €"]


def test_shares_in_brackets_after_the_total_are_funding() -> None:
    sheet = _with("Budget : 900 € (Ville : 600 €, CAF : 300 €)")
    assert (sheet.budget, sheet.funding) == ("900 €", (("Ville", "600 €"), ("CAF", "300 €")))
    assert _with("Budget : 900 € (soit 300 € par an)").budget == "900 € (soit 300 € par an)"


def test_what_is_asked_is_no_budget() -> None:
    sheet = _with("Montant demandé : 500 €", "Budget total de l’action : 900 €")
    assert (sheet.budget, sheet.funding) == ("900 €", (("Montant demandé", "500 €"),))
    alone = _with("Montant sollicité : 500 €")
    assert (alone.budget, alone.funding) == ("", (("Montant sollicité", "500 €"),))


def test_shares_that_add_up_to_the_total_before_them_are_funding() -> None:
    sheet = _with("Coût total / Financeurs : 900 € / CAF 600 €, Ville 300 €")
    assert (sheet.budget, sheet.funding) == ("900 €", (("CAF", "600 €"), ("Ville", "300 €")))
    other = _with("Coût total : 900 € / Loyer 200 €, Salaire 300 €")
    assert (other.budget, other.funding) == ("900 € / Loyer 200 €, Salaire 300 €", ())


def test_amounts_whose_unit_is_in_the_label_are_amounts() -> None:
    sheet = _with("Financement (en €) :", "Ville : 5000", "État : 4 500", "Total : 9500")
    assert (sheet.budget, sheet.funding) == ("9500", (("Ville", "5000"), ("État", "4 500")))
    assert _with("Financeurs :", "Ville : 2025").funding == (("Ville : 2025", ""),)


def test_the_unit_in_the_corner_of_a_table_over_years_stands_above_those_who_pay() -> None:
    reading = rows(
        ("Intitulé", "Vélo", "", ""), ("Porteur", "Régie", "", ""), ("Public", "tous", "", ""),
        ("En K€", "2025", "2026", "Total"), ("État", "3", "4", "7"), ("CAF", "2", "2", "4"),
    )  # fmt: skip
    assert reading.sheets[0].funding == (("État", "7"), ("CAF", "4"))
