"""Tables put under a label, boxes on lines of their own, several labels on a line."""

from __future__ import annotations

from docx.document import Document as Doc

from parvis.reading.sheet_files import ReadSheet, read_sheets, unplaced_pieces
from tests.reading.formats.office import docx
from tests.reading.sheet_texts import lines, table

START = ("Action : Théâtre", "Porteur : Compagnie", "Quartier : Est")


def _with_table(label: str, *rows: tuple[str, ...]) -> ReadSheet:
    """The sheet of a file where a table stands under a label in bold letters."""

    def fill(document: Doc) -> None:
        for text in START:
            document.add_paragraph(text)
        document.add_paragraph().add_run(label).bold = True
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    reading = read_sheets(docx(fill), "fiche.docx")
    assert unplaced_pieces(reading) == []
    (sheet,) = reading.sheets
    assert (sheet.lead, sheet.territories, sheet.text, sheet.public) == ("Compagnie", ("Est",), "", "")
    return sheet


def test_a_table_of_partners_gives_their_names_and_is_to_be_checked() -> None:
    sheet = _with_table("Partenaires", ("Partenaire", "Rôle"), ("Ville", "prêt de salle"), ("CAF", "conseil"))
    assert (sheet.partners, sheet.other) == (("Ville", "CAF"), ())
    assert "partners" in [doubt.name for doubt in sheet.doubts]


def test_a_table_of_indicators_gives_them_and_not_their_targets() -> None:
    sheet = _with_table(
        "Évaluation", ("Indicateur", "Cible", "Résultat"), ("Spectateurs", "200", "180"), ("Ateliers", "12", "9")
    )
    assert (sheet.indicators, sheet.other) == (("Spectateurs", "Ateliers"), ())


def test_a_table_of_steps_and_a_table_of_contacts_are_kept_whole() -> None:
    steps = _with_table("Calendrier", ("Étape", "Date"), ("Recruter", "mars"), ("Jouer", "juin"))
    assert (steps.since, steps.other) == ("Recruter mars, Jouer juin", ())
    assert "since" not in [doubt.name for doubt in steps.doubts]
    people = _with_table(
        "Contacts", ("Nom", "Téléphone"), ("Lia Fauve", "06 39 98 00 44"), ("Jo Brun", "06 39 98 00 45")
    )
    assert people.contact == "Lia Fauve 06 39 98 00 44, Jo Brun 06 39 98 00 45"


def test_a_box_on_its_own_line_goes_with_the_words_beside_it() -> None:
    after = table(("Titre", "Jardin"), ("Porteur", "Régie"), ("Thème", "Emploi\n☐\nCadre de vie\n☒\nSanté\n☐"))
    assert after.themes == ("Cadre de vie",)
    before = table(("Titre", "Jardin"), ("Porteur", "Régie"), ("Thème", "☐\nEmploi\n☒\nCadre de vie"))
    assert before.themes == ("Cadre de vie",)


def test_a_share_named_after_who_pays_is_funding_and_no_partner() -> None:
    sheet = table(
        ("Action", "Jardin"), ("Porteur", "Régie"), ("Coût", "900 €"), ("Part Ville", "600 €"), ("Part État", "300 €")
    )
    assert (sheet.partners, sheet.budget, sheet.other) == ((), "900 €", ())
    assert sheet.funding == (("Ville", "600 €"), ("État", "300 €"))
    assert "funding" in [doubt.name for doubt in sheet.doubts]


def test_labels_on_one_line_are_parted_where_a_known_one_begins() -> None:
    sheet = lines(
        "ACTION : Ciné-débat / PORTEUR : MJC / PUBLIC : jeunes",
        "Lieu : Salle Molière - Date : 12 mai - Coût : 800 euros",
        "Objectifs : débattre – se rencontrer",
    ).sheets[0]  # fmt: skip
    assert (sheet.title, sheet.lead, sheet.public) == ("Ciné-débat", "MJC", "jeunes")
    assert (sheet.territories, sheet.since, sheet.budget) == (("Salle Molière",), "12 mai", "800 euros")
    assert sheet.text == "débattre – se rencontrer"


def _programme(*heads: str) -> list[tuple[str, tuple[str, ...], str, bool]]:
    def fill(document: Doc) -> None:
        document.add_paragraph("Programme d’actions 2025")
        document.add_paragraph("Organisme : Bailleur Sud\tQuartier prioritaire : Les Forges\tNombre de halls : 40")
        made = document.add_table(rows=3, cols=len(heads))
        typed = (heads, ("Gardien de nuit", "200 €", "CCAS"), ("Tri", "90 €", "MJC"))
        for row, cells in zip(made.rows, typed, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text

    reading = read_sheets(docx(fill), "programme.docx")
    assert unplaced_pieces(reading) == []
    return [
        (sheet.title, sheet.territories, sheet.lead, {"lead", "territories"} <= {doubt.name for doubt in sheet.doubts})
        for sheet in reading.sheets
    ]


def test_who_leads_and_where_are_said_once_above_a_table_for_each_of_its_rows_and_told_to_be_checked() -> None:
    assert _programme("Action", "Coût total", "Partenaires") == [
        ("Gardien de nuit", ("Les Forges",), "Bailleur Sud", True), ("Tri", ("Les Forges",), "Bailleur Sud", True),
    ]  # fmt: skip


def test_what_a_column_says_wins_over_the_line_above_the_table() -> None:
    read = _programme("Action", "Coût total", "Porteur")
    assert [(territories, lead) for _, territories, lead, _ in read] == [
        (("Les Forges",), "CCAS"), (("Les Forges",), "MJC"),
    ]  # fmt: skip
