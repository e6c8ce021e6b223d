"""Budgets and fundings as they are written: in a sentence, in a table put in a cell, beside a merged label."""

from __future__ import annotations

import pytest
from docx.document import Document as Doc

from parvis.reading.sheet_files import ReadSheet, read_sheets, unplaced_pieces
from tests.reading.formats.office import docx
from tests.reading.sheet_texts import lines, table

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
