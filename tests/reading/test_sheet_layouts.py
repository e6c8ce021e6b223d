"""Arrangements of tables that agents draw: parts beside labels, actions in columns, cells that hold their own label."""

from __future__ import annotations

from docx.document import Document as Doc

from parvis.reading.sheet_files import SheetReading, read_sheets, unplaced_pieces
from tests.reading.formats.office import docx
from tests.reading.sheet_texts import rows, table


def _set(*tables: tuple[tuple[str, ...], ...]) -> SheetReading:
    """A file of tables whose cells have their first line in bold letters, the others in plain ones."""

    def fill(document: Doc) -> None:
        for texts in tables:
            made = document.add_table(rows=len(texts), cols=max(map(len, texts)))
            for row, cells in zip(made.rows, texts, strict=True):
                for cell, text in zip(row.cells, cells, strict=False):
                    first, *rest = text.split("\n")
                    cell.paragraphs[0].add_run(first).bold = True
                    for line in rest:
                        cell.add_paragraph(line)
            document.add_paragraph("")

    reading = read_sheets(docx(fill), "fiche.docx")
    assert unplaced_pieces(reading) == []
    return reading


def test_a_first_column_that_names_parts_is_no_label() -> None:
    sheet = table(
        ("Identité", "Intitulé", "Conciergerie"), ("", "Structure porteuse", "Régie"), ("Ciblage", "QPV", "Roseraie"),
        ("", "Bénéficiaires", "Habitants"), ("Moyens", "Budget", "74 000 €"),
        ("Suivi", "Indicateurs", "Services rendus"),
    )  # fmt: skip
    assert (sheet.title, sheet.lead, sheet.territories) == ("Conciergerie", "Régie", ("Roseraie",))
    assert (sheet.public, sheet.budget, sheet.indicators) == ("Habitants", "74 000 €", ("Services rendus",))
    assert sheet.other == ()


def test_a_part_named_alone_above_labels_is_no_label() -> None:
    def fill(document: Doc) -> None:
        texts = (("A – LE PORTEUR",), ("Nom de la structure", "Tremplin"), ("B – LE PROJET",),
                 ("Titre de l'action", "Café"), ("Public", "Aînés"), ("C – LE BUDGET",),
                 ("Coût total", "900 €"))  # fmt: skip
        made = document.add_table(rows=len(texts), cols=2)
        for row, cells in zip(made.rows, texts, strict=True):
            if len(cells) == 1:
                row.cells[0].merge(row.cells[1])
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text

    (sheet,) = read_sheets(docx(fill), "fiche.docx").sheets
    assert (sheet.title, sheet.lead, sheet.public, sheet.budget) == ("Café", "Tremplin", "Aînés", "900 €")


def test_actions_in_columns_are_a_sheet_each() -> None:
    reading = rows(
        ("", "Action 1", "Action 2"), ("Intitulé", "Clauses", "Mobilité"), ("Porteur", "PLIE", "Garage"),
        ("Public", "Chômeurs", "Sans permis"), ("Budget", "40 000 €", "8 000 €"),
    )  # fmt: skip
    assert [(sheet.title, sheet.lead, sheet.public, sheet.budget) for sheet in reading.sheets] == [
        ("Clauses", "PLIE", "Chômeurs", "40 000 €"), ("Mobilité", "Garage", "Sans permis", "8 000 €"),
    ]  # fmt: skip


def test_one_action_with_a_remark_beside_is_one_sheet() -> None:
    reading = rows(
        ("Intitulé", "Vélo"), ("Porteur", "Régie", "à confirmer"), ("Public", "Jeunes"), ("Budget", "900 €", "TTC")
    )
    assert [sheet.title for sheet in reading.sheets] == ["Vélo"]


def _cards(title: str, lead: str) -> tuple[tuple[str, ...], ...]:
    return (
        (title, "", ""), (f"Service porteur\n{lead}", "Thématique\nEmploi", "Élu référent\n"),
        ("Quartier\nLa Calade", "Public\n16-20 ans", "Quand ?\nété"),
        ("Partenaires\nAteliers\nMission", "Budget\n900 €", ""),
    )  # fmt: skip


def test_cells_that_hold_their_label_above_their_value_are_read_one_by_one() -> None:
    reading = _set(
        _cards("Chantiers de la Calade", "Service jeunesse"), _cards("Cinéma sous les étoiles", "Médiathèque")
    )
    assert [(sheet.title, sheet.lead) for sheet in reading.sheets] == [
        ("Chantiers de la Calade", "Service jeunesse"), ("Cinéma sous les étoiles", "Médiathèque"),
    ]  # fmt: skip
    for sheet in reading.sheets:
        assert (sheet.themes, sheet.territories, sheet.public) == (("Emploi",), ("La Calade",), "16-20 ans")
        assert (sheet.since, sheet.partners, sheet.budget) == ("été", ("Ateliers", "Mission"), "900 €")


def test_a_label_whose_cell_has_its_value_names_nothing_in_the_next_cell() -> None:
    sheet = table(
        ("Nom de l'action : Ateliers", "N° : 23"),
        ("Porteur : ASTI", "Axe : Cohésion"),
        ("Public : adultes", "Coût : 9 €"),
    )
    assert (sheet.title, sheet.lead, sheet.themes) == ("Ateliers", "ASTI", ("Cohésion",))


def test_a_label_at_the_end_of_a_row_has_no_value() -> None:
    def fill(document: Doc) -> None:
        made = document.add_table(rows=4, cols=4)
        texts = (("Titre", "Vélo", "", ""), ("Porteur", "Régie", "Site", ""), ("Public", "Jeunes", "Nombre", "3"),
                 ("Contact", "M. X", "Fax", ""))  # fmt: skip
        for row, cells in zip(made.rows, texts, strict=True):
            for rank, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.paragraphs[0].add_run(text).bold = rank % 2 == 0

    (sheet,) = read_sheets(docx(fill), "fiche.docx").sheets
    assert (sheet.lead, sheet.contact) == ("Régie", "M. X")


def test_the_date_of_a_launch_said_in_a_calendar_is_part_of_it() -> None:
    sheet = table(
        ("Titre", "Bus"), ("Pilote", "Hôpital"), ("Public", "Femmes"), ("Calendrier", "Lancement : 2023 – 2026")
    )
    assert sheet.since == "Lancement : 2023 – 2026"


def test_a_second_pilot_is_a_partner_where_no_label_names_them() -> None:
    known = (("Titre", "Bus"), ("Pilote", "Hôpital"), ("Public", "Femmes"), ("Co-pilote", "CPTS"))
    assert table(*known).partners == ("CPTS",)
    both = table(*known, ("Partenaires", "CPAM"))
    assert (both.partners, both.other) == (("CPAM",), (("Co-pilote", "CPTS"),))


def test_labels_inside_a_cell_whose_label_names_a_part() -> None:
    sheet = table(
        ("PORTEUR", "Structure : AJT\nReprésentant : M. Z.\nTéléphone : 06 39 98 70 28"),
        ("PROJET", "Titre : Chantier\nLieu : Ternel"), ("PUBLIC", "12 jeunes"),
    )  # fmt: skip
    assert (sheet.lead, sheet.title, sheet.territories, sheet.public) == ("AJT", "Chantier", ("Ternel",), "12 jeunes")


def test_questions_and_answers_head_a_form() -> None:
    sheet = table(
        ("Questions", "Réponses"), ("Nom de l'action", "Cantine"), ("Porteur", "La Marmite"), ("Public", "Habitants")
    )
    assert (sheet.title, sheet.lead, sheet.other) == ("Cantine", "La Marmite", ())


def test_a_table_inside_a_cell_is_read_row_by_row() -> None:
    def fill(document: Doc) -> None:
        known = (
            ("Action", "Mobilité"),
            ("Porteur", "Garage"),
            ("Partenaires", ""),
            ("Budget", ""),
            ("Description", ""),
        )
        inner = {
            2: (("Partenaire", "Rôle"), ("Mission locale", "orientation"), ("CAF", "prêt")),
            3: (("Financeur", "Montant"), ("Région", "20 000 €"), ("Agglo", "12 000 €"), ("Total", "32 000 €")),
            4: (("Mars", "ouverture"), ("Juin", "bilan")),
        }
        made = document.add_table(rows=len(known), cols=2)
        for rank, (row, cells) in enumerate(zip(made.rows, known, strict=True)):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
            within = inner.get(rank, ())
            table_in = row.cells[1].add_table(rows=len(within), cols=2) if within else None
            for place, texts in enumerate(within):
                for column, text in enumerate(texts):
                    assert table_in is not None
                    table_in.cell(place, column).text = text

    reading = read_sheets(docx(fill), "fiche.docx")
    assert unplaced_pieces(reading) == []
    (sheet,) = reading.sheets
    assert (sheet.partners, sheet.budget) == (("Mission locale", "CAF"), "32 000 €")
    assert sheet.funding == (("Région", "20 000 €"), ("Agglo", "12 000 €"))
    assert sheet.text == "Mars : ouverture\nJuin : bilan"
    assert "partners" in {doubt.name for doubt in sheet.doubts}


def test_rows_in_strong_letters_over_plain_ones_are_labels_whatever_they_say() -> None:
    reading = _set(
        (
            ("Intitulé", "Qui sommes-nous ?", "Couleur"), ("\nJardin", "\nVille", "\nvert"),
            ("Lieu", "Rythme", "Usage"),
            ("\nMésanges", "\n2025", "\ncalme"), ("Budget", "Public", "Note"), ("\n9 €", "\nHabitants", "\nbien"),
        ),
    )  # fmt: skip
    (sheet,) = reading.sheets
    assert (sheet.title, sheet.lead, sheet.territories) == ("Jardin", "Ville", ("Mésanges",))
    assert (sheet.public, sheet.budget) == ("Habitants", "9 €")


def test_an_amount_or_a_label_of_another_field_heads_no_column_of_money() -> None:
    sheet = table(
        ("Titre", "Vélo", "Porteur", "Régie"), ("Plan de financement", "Ville : 4 800 €", "Durée", "2024"),
        ("Pilier", "Emploi", "Chiffrage", "14 800 €"), ("Public", "Jeunes", "Lieu", "Mésanges"),
    )  # fmt: skip
    assert (sheet.funding, sheet.themes, sheet.budget) == ((("Ville", "4 800 €"),), ("Emploi",), "14 800 €")
    above = table(
        ("Titre", "Porteur", "Lieu"), ("Vélo", "Régie", "Mésanges"), ("Partenaires", "Indicateurs", "Montant total"),
        ("MJC", "vélos", "17 350 €"),
    )  # fmt: skip
    assert (above.partners, above.indicators, above.budget) == (("MJC",), ("vélos",), "17 350 €")


def test_a_form_says_at_the_head_of_its_columns_which_one_is_guidance() -> None:
    sheet = table(
        ("Rubriques", "Renseignements à fournir", "Réponses de la structure"), ("Nom de l'action", "Titre", "Cap"),
        ("Structure", "Nom", "Ligue"), ("Public", "Âge, nombre", "80 enfants"), ("Budget", "TTC", "5 200 €"),
    )  # fmt: skip
    assert (sheet.title, sheet.lead, sheet.public, sheet.budget) == ("Cap", "Ligue", "80 enfants", "5 200 €")
