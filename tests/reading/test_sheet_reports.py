"""The financial report of an action (the national form): questions as labels, foreseen beside done."""

from __future__ import annotations

from docx.document import Document as Doc

from parvis.reading.sheet_files import ReadSheet, read_sheets, unplaced_pieces
from tests.reading.formats.office import docx

MONEY = (
    ("CHARGES", "Prévision", "Réalisation", "%", "PRODUITS", "Prévision", "Réalisation", "%"),
    ("60 – Achat", "300", "310", "103 %", "70 – Vente", "0", "0", ""),
    ("61 – Services extérieurs", "900", "890", "99 %", "74 – Subventions d’exploitation", "", "", ""),
    ("", "", "", "", "Commune(s) : Ormebrune", "1 200", "1 200", "100 %"),
    ("TOTAL", "1 200", "1 200", "100 %", "TOTAL", "1 200", "1 200", "100 %"),
)


def _report() -> ReadSheet:
    def fill(document: Doc) -> None:
        document.add_paragraph("Intitulé du projet financé : Le bal des paliers")
        document.add_paragraph("Exercice : 2024")
        for question, answer in (
            ("Décrire précisément la mise en œuvre de l’action :", "Huit bals ont eu lieu dans les cours."),
            ("Quel a été le nombre approximatif de personnes bénéficiaires (par type de publics) ?", "90 personnes"),
            ("Quels ont été les date(s) et lieu(x) de réalisation de votre action ?", "de mai à août 2024"),
            ("Les objectifs de l’action ont-ils été atteints au regard des indicateurs utilisés ?", "Oui, pour l’âge."),
            ("Partenaires de l’action", "MJC, école Prévert"),
        ):
            document.add_paragraph().add_run(question).bold = True
            document.add_paragraph(answer)
        document.add_paragraph("2. TABLEAU DE SYNTHÈSE (exercice 2024)")
        table = document.add_table(rows=len(MONEY), cols=len(MONEY[0]))
        for row, cells in zip(table.rows, MONEY, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text

    reading = read_sheets(docx(fill), "compte-rendu.docx")
    assert unplaced_pieces(reading) == []
    (sheet,) = reading.sheets
    return sheet


def test_the_long_questions_of_a_financial_report_are_its_labels() -> None:
    sheet = _report()
    assert (sheet.title, sheet.public, sheet.since) == ("Le bal des paliers", "90 personnes", "de mai à août 2024")
    assert sheet.partners == ("MJC", "école Prévert")
    assert "Huit bals ont eu lieu dans les cours." in sheet.text
    assert "Oui, pour l’âge." in sheet.text


def test_what_was_done_is_read_and_a_line_of_no_money_funds_nothing_and_is_told() -> None:
    sheet = _report()
    assert (sheet.budget, sheet.funding) == ("1 200", (("Commune(s) : Ormebrune", "1 200"),))
    assert [doubt.text for doubt in sheet.doubts if doubt.name == "funding"] == [
        "« 74 – Subventions d’exploitation » n'a pas de montant : laissé de côté",
        "« 70 – Vente » n'a pas de montant : laissé de côté",
    ]
