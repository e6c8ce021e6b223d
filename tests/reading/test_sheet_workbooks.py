"""Sheets kept in a workbook: forms and tables of actions, read as Excel shows them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook

from parvis.core.errors import RefusedInput
from parvis.reading.sheet_files import SheetReading, read_sheets, unplaced_pieces, workbook
from parvis.reading.sheet_files.workbook import blocks_of
from parvis.reading.spreadsheets.reader import open_book

_EUROS = '#,##0" €"'


def _read(fill: Callable[[Workbook], object]) -> SheetReading:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    reading = read_sheets(out.getvalue(), "fiches.xlsx")
    assert unplaced_pieces(reading) == []
    return reading


def _put(book: Workbook, rows: list[tuple[object, ...]], *, title: str = "Feuille", column: int = 1) -> None:
    tab = book.create_sheet(title)
    for line, row in enumerate(rows, 1):
        for rank, value in enumerate(row):
            cell = tab.cell(line, column + rank, value)
            if isinstance(value, int | float) and value > 99:
                cell.number_format = _EUROS if isinstance(value, int) else "#,##0.00"
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"


FORM: list[tuple[object, ...]] = [
    ("Demande n° 12", None, None),
    (None, None, None),
    ("PROJET", None, "Goûters de lecture"),
    ("PORTEUR", None, "Association Mille Pages"),
    ("RESPONSABLE DU PROJET", None, "Mme Roux – 06 39 98 12 34"),
    ("DÉMARRAGE", None, date(2025, 3, 1)),
    ("PARTENAIRES", None, "Médiathèque"),
    (None, None, "École Jean-Macé"),
    (None, None, "Amis du livre (bénévoles)"),
    ("PUBLIC", None, "Enfants de 6 à 10 ans"),
]
BUDGET: list[tuple[object, ...]] = [
    ("DÉPENSES", "Montant", "RECETTES", "Montant"),
    ("Achats", 1_200.5, "Ville", 2_000.0),
    ("Salaires", 1_799.5, "Fondation Arc", None),
    (None, None, "CAF", 1_000.0),
    ("Total", 3_000.0, "Total", 3_000.0),
    (None, None, None, None),
    ("Équilibre", "OK", None, None),
]


def test_a_project_over_two_tabs_is_one_sheet_with_its_amounts_and_dates_as_they_show() -> None:
    def fill(book: Workbook) -> None:
        book.remove(book.worksheets[0])
        _put(book, FORM, title="Présentation", column=2)
        _put(book, BUDGET, title="Budget")

    (sheet,) = _read(fill).sheets
    assert (sheet.title, sheet.lead) == ("Goûters de lecture", "Association Mille Pages")
    assert sheet.contact == "Mme Roux – 06 39 98 12 34"
    assert sheet.since == "01/03/2025"
    assert sheet.partners == ("Médiathèque", "École Jean-Macé", "Amis du livre (bénévoles)")
    assert sheet.public == "Enfants de 6 à 10 ans"
    assert sheet.budget == "3 000,00"
    assert sheet.funding == (("Ville", "2 000,00"), ("CAF", "1 000,00"))
    assert sheet.other == ()
    assert [doubt.text for doubt in sheet.doubts if doubt.name == "funding"] == [
        "« Fondation Arc » n'a pas de montant : laissé de côté"
    ]


def test_a_hidden_tab_and_an_empty_form_give_no_sheet() -> None:
    def fill(book: Workbook) -> None:
        book.remove(book.worksheets[0])
        _put(book, FORM, title="Un")
        _put(book, [(row[0], None, None) for row in FORM], title="Vide")
        _put(book, FORM, title="Listes")
        book.worksheets[2].sheet_state = "hidden"

    assert [sheet.title for sheet in _read(fill).sheets] == ["Goûters de lecture"]


def test_two_forms_in_two_tabs_are_two_sheets() -> None:
    def fill(book: Workbook) -> None:
        book.remove(book.worksheets[0])
        _put(book, FORM, title="Un")
        _put(book, [("PROJET", None, "Chorale"), ("PORTEUR", None, "MJC"), ("PUBLIC", None, "Tous")], title="Deux")

    assert [(sheet.title, sheet.lead) for sheet in _read(fill).sheets] == [
        ("Goûters de lecture", "Association Mille Pages"), ("Chorale", "MJC"),
    ]  # fmt: skip


def test_the_last_values_of_a_form_stand_beside_its_last_label_and_a_note_below_is_none() -> None:
    def fill(book: Workbook) -> None:
        book.remove(book.worksheets[0])
        _put(book, [*FORM, ("INDICATEURS", None, "présences"), (None, None, "livres lus"), ("* à confirmer",)])

    (sheet,) = _read(fill).sheets
    assert sheet.indicators == ("présences", "livres lus")


def test_merged_ranges_that_cover_a_tab_beyond_measure_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    for line in range(1, 9):
        book.worksheets[0].cell(line, 1, "a")
        book.worksheets[0].cell(line, 2, "b")
    book.worksheets[0].merge_cells("A1:A8")
    out = io.BytesIO()
    book.save(out)
    assert len(blocks_of(open_book(out.getvalue(), as_shown=True), "xlsx").blocks) == 1
    monkeypatch.setattr(workbook, "_MOST_COVERED", 6)
    with pytest.raises(RefusedInput, match="abîmé"):
        blocks_of(open_book(out.getvalue(), as_shown=True), "xlsx")


def test_a_theme_merged_over_rows_is_that_of_each_and_a_column_under_the_funding_is_a_funder() -> None:
    def fill(book: Workbook) -> None:
        book.remove(book.worksheets[0])
        _put(
            book,
            [
                ("PROGRAMMATION", None, None, None, None, None),
                ("Thème", "Action", "Porteur", "Coût total", "Financements demandés", None),
                (None, None, None, None, "État", "Ville"),
                ("Santé", "Bus santé", "CCAS", 5_000, 3_000, 2_000),
                (None, "Marche", "Club", 800, None, 800),
                ("TOTAL", None, None, 5_800, 3_000, 2_800),
            ],
        )
        tab = book.worksheets[0]
        for merged in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "A4:A5"):
            tab.merge_cells(merged)

    read = [(sheet.title, sheet.themes, sheet.budget, sheet.funding) for sheet in _read(fill).sheets]
    assert read == [
        ("Bus santé", ("Santé",), "5 000 €", (("État", "3 000 €"), ("Ville", "2 000 €"))),
        ("Marche", ("Santé",), "800 €", (("Ville", "800 €"),)),
    ]


def _form(name: str, lead: str, quarter: str, start: date | None, pays: float | None) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        ("FICHE ACTION - CONTRAT DE VILLE DE MONTREVERT",),
        (None,),
        ("Nom de l'action *", name or None),
        ("Structure *", lead or None),
        ("Quartier", quarter or None),
        ("Date de début", start),
    ]
    return rows if pays is None else [*rows, ("FINANCEMENT", "Montant"), ("Région", pays), ("Coût total", pays)]


def _forms(book: Workbook) -> None:
    book.remove(book.worksheets[0])
    guidance = [("POUR REMPLIR",), ("Une feuille par action.",), ("Structure, public : voir la notice jointe.",)]
    _put(book, [*guidance], title="Mode d'emploi", column=2)
    _put(book, _form("Jardin partagé", "Les Semeurs", "Les Prés", date(2025, 3, 24), 3_000.0), title="Action 1")
    _put(book, _form("Atelier vélo", "La Chaîne", "La Gare", date(2025, 4, 2), 1_200.0), title="Action 2")
    _put(book, _form("", "", "", None, None), title="Action 3")
    _put(book, [("Emploi",), ("Santé",)], title="Thèmes")
    book["Thèmes"].sheet_state = "hidden"


def test_each_tab_that_holds_the_form_again_is_a_sheet_and_the_guidance_the_empty_form_and_the_lists_are_none() -> None:
    reading = _read(_forms)
    assert [(sheet.title, sheet.lead, sheet.territories, sheet.since) for sheet in reading.sheets] == [
        ("Jardin partagé", "Les Semeurs", ("Les Prés",), "24/03/2025"),
        ("Atelier vélo", "La Chaîne", ("La Gare",), "02/04/2025"),
    ]
    assert [(sheet.budget, sheet.funding) for sheet in reading.sheets] == [
        ("3 000,00", (("Région", "3 000,00"),)),
        ("1 200,00", (("Région", "1 200,00"),)),
    ]
    assert [sheet.other for sheet in reading.sheets] == [(), ()]
    assert [doubt.text for sheet in reading.sheets for doubt in sheet.doubts] == ["la thématique manque"] * 2


def test_guidance_before_the_forms_is_told_by_the_form_that_begins_after_it_when_its_tab_says_nothing() -> None:
    def fill(book: Workbook) -> None:
        _forms(book)
        book["Mode d'emploi"].title = "Feuil1"

    assert [sheet.lead for sheet in _read(fill).sheets] == ["Les Semeurs", "La Chaîne"]


def test_the_lines_of_a_cell_are_lines() -> None:
    rows: list[tuple[object, ...]] = [
        ("Intitulé", "Goûters"), ("Porteur", "Mille Pages"), ("Public", "tous"),
        ("Contact", "Mme Roux\n06 39 98 12 34\nroux@pages.example"),
    ]  # fmt: skip
    (sheet,) = _read(lambda book: _put(book, rows)).sheets
    assert sheet.contact == "Mme Roux, 06 39 98 12 34, roux@pages.example"
