"""Files that hold many actions, in rows, under headings, numbered by hand; and sheets written in sentences."""

from __future__ import annotations

from docx.document import Document as Doc

from parvis.reading.sheet_files import read_sheets, unplaced_pieces
from tests.reading.formats.office import docx
from tests.reading.sheet_texts import lines, rows


def test_each_row_of_a_table_of_actions_is_a_sheet_with_what_it_says_and_no_more() -> None:
    reading = rows(
        ("N°", "Action", "Porteur", "Public", "Budget"),
        ("1", "Jardin", "Terre d’ici", "Familles", "12 000 €"),
        ("2", "Bus", "CCAS", "Parents", ""),
        ("", "TOTAL", "", "", "12 000 €"),
    )
    read = [(sheet.title, sheet.lead, sheet.public, sheet.budget, sheet.other) for sheet in reading.sheets]
    assert read == [
        ("Jardin", "Terre d’ici", "Familles", "12 000 €", (("N°", "1"),)),
        ("Bus", "CCAS", "Parents", "", (("N°", "2"),)),
    ]
    assert "TOTAL" in [piece.text for piece in reading.left]


def test_the_number_of_an_action_keeps_its_label() -> None:
    reading = rows(
        ("N° d’action", "Titre", "Porteur", "Public"), ("7", "Jardin", "Terre", "Tous"), ("8", "Bus", "CCAS", "Tous")
    )
    assert [sheet.other for sheet in reading.sheets] == [(("N° d’action", "7"),), (("N° d’action", "8"),)]


def test_the_labels_of_a_table_of_actions_may_stand_on_two_rows() -> None:
    reading = rows(
        ("Action", "Porteur", "Public", "Financement", ""),
        ("", "", "", "Coût total", "Financeurs"),
        ("Jardin", "Terre d’ici", "Familles", "9 000 €", "CAF : 4 000 € ; Ville : 5 000 €"),
        ("Bus", "CCAS", "Parents", "800 €", ""),
    )
    read = [(sheet.title, sheet.budget, sheet.funding) for sheet in reading.sheets]
    assert read == [("Jardin", "9 000 €", (("CAF", "4 000 €"), ("Ville", "5 000 €"))), ("Bus", "800 €", ())]


def test_the_title_of_a_part_above_rows_is_their_theme_to_be_checked() -> None:
    reading = rows(
        ("Action", "Porteur", "Public"),
        ("Emploi", "", ""),
        ("Jardin", "Terre d’ici", "Familles"),
        ("Bus", "CCAS", "Parents"),
        ("Santé", "", ""),
    )
    assert [sheet.themes for sheet in reading.sheets] == [("Emploi",), ("Emploi",)]
    assert all("themes" in [doubt.name for doubt in sheet.doubts] for sheet in reading.sheets)


def test_a_quarter_above_rows_is_where_their_actions_are_though_a_column_names_the_theme() -> None:
    reading = rows(
        ("Action", "Porteur", "Thématique", "Public"),
        ("QPV Les Cerisaies", "", "", ""),
        ("Jardin", "Terre d’ici", "Emploi", "Familles"),
        ("Bus", "CCAS", "Santé", "Parents"),
    )
    assert [(sheet.territories, sheet.themes) for sheet in reading.sheets] == [
        (("QPV Les Cerisaies",), ("Emploi",)),
        (("QPV Les Cerisaies",), ("Santé",)),
    ]


def test_a_label_nobody_knows_in_strong_letters_opens_no_action() -> None:
    form = ("Qui organise ?", "Quartier(s)", "Pour qui ?", "Partenaires", "Coût total", "Contact")

    def write(document: Doc) -> None:
        for title in ("Café des langues", "Mémoire des tours"):
            document.add_paragraph().add_run(title).bold = True
            for rank, label in enumerate(form):
                if title == "Café des langues" and rank == 3:
                    document.add_paragraph().add_run("Bénévoles").bold = True
                    document.add_paragraph("8")
                document.add_paragraph().add_run(label).bold = True
                document.add_paragraph(f"réponse {rank}")

    assert [sheet.title for sheet in read_sheets(docx(write), "fiches.docx").sheets] == [
        "Café des langues",
        "Mémoire des tours",
    ]


def test_a_table_of_steps_is_no_table_of_actions() -> None:
    reading = rows(("Action", "Date"), ("Recruter", "mars"), ("Ouvrir", "mai"))
    assert len(reading.sheets) < 2


def test_actions_of_a_catalogue_stand_each_under_its_heading_and_its_part() -> None:
    def fill(document: Doc) -> None:
        document.add_paragraph("Ce que font nos quartiers")
        for part, titles in (("Axe 1 – Emploi", ("Forum", "Permis")), ("Axe 2 – Santé", ("Navette",))):
            document.add_heading(part, 1)
            for title in titles:
                document.add_heading(title, 2)
                document.add_paragraph(f"Chaque mois, {title}.")
                document.add_paragraph(f"Porteur : Régie {title}")
                document.add_paragraph("Public : habitants")
                document.add_paragraph("Quartier : Bel Air")
        document.add_heading("Pour aller plus loin", 1)
        document.add_paragraph("Écrire à la mission.")

    reading = read_sheets(docx(fill), "catalogue.docx")
    assert unplaced_pieces(reading) == []
    assert [(sheet.title, sheet.lead, sheet.themes, sheet.text) for sheet in reading.sheets] == [
        ("Forum", "Régie Forum", ("Emploi",), "Chaque mois, Forum."),
        ("Permis", "Régie Permis", ("Emploi",), "Chaque mois, Permis."),
        ("Navette", "Régie Navette", ("Santé",), "Chaque mois, Navette."),
    ]
    assert [doubt.name for doubt in reading.sheets[1].doubts] == ["text"]


def test_the_headings_of_the_parts_of_one_sheet_open_no_action() -> None:
    def fill(document: Doc) -> None:
        document.add_heading("Le porteur et ses moyens", 1)
        for text in ("Porteur : Régie", "Contact : 01 99 00 00 00", "Budget : 900 €"):
            document.add_paragraph(text)
        document.add_heading("Ce que fait la Régie", 1)
        for text in ("Intitulé : Vélo", "Public : habitants", "Quartier : Bel Air"):
            document.add_paragraph(text)

    assert [sheet.title for sheet in read_sheets(docx(fill), "fiche.docx").sheets] == ["Vélo"]


def test_a_sheet_in_sentences_is_read_with_a_doubt_on_each_field() -> None:
    def fill(document: Doc) -> None:
        document.add_heading("Les voisins veillent", 1)
        document.add_paragraph("L’action est portée par la Régie. Elle s’adresse aux personnes âgées.")
        document.add_paragraph("Des voisins rendent visite. Le budget de l’action est de 15 200 €.")

    reading = read_sheets(docx(fill), "fiche.docx")
    assert unplaced_pieces(reading) == []
    (sheet,) = reading.sheets
    assert (sheet.title, sheet.lead, sheet.public) == ("Les voisins veillent", "la Régie", "personnes âgées")
    assert (sheet.budget, sheet.text, sheet.since) == ("15 200 €", "Des voisins rendent visite.", "")
    assert {"title", "lead", "public", "budget", "text"} <= {doubt.name for doubt in sheet.doubts}


def test_a_letter_with_a_budget_in_a_sentence_is_no_sheet() -> None:
    reading = lines("Madame, Monsieur,", "Le budget de l’action est de 900 €. Elle s’adresse aux familles.")
    assert reading.sheets == ()


def test_actions_numbered_by_hand_are_as_many_sheets() -> None:
    texts = [
        text
        for rank, title in enumerate(("Mobilité", "Logement"), 1)
        for text in (f"{rank}. {title}", "Objectif : aider", "Public : 18-25 ans", f"Budget : {rank} 000 €")
    ]
    sheets = lines("Nos actions", *texts).sheets
    assert [(sheet.title, sheet.budget, sheet.lead) for sheet in sheets] == [
        ("Mobilité", "1 000 €", ""),
        ("Logement", "2 000 €", ""),
    ]


def test_two_tables_that_begin_with_their_action_are_two_sheets() -> None:
    def fill(document: Doc) -> None:
        for title, public in (("Petits lecteurs", "0-3 ans"), ("Grands lecteurs", "ados")):
            made = document.add_table(rows=4, cols=2)
            values = (("Action", title), ("Porteur", "Bibliothèque"), ("Public", public), ("Budget", "900 €"))
            for row, texts in zip(made.rows, values, strict=True):
                row.cells[0].text, row.cells[1].text = texts
            document.add_paragraph("")

    read = [(sheet.title, sheet.public) for sheet in read_sheets(docx(fill), "fiches.docx").sheets]
    assert read == [("Petits lecteurs", "0-3 ans"), ("Grands lecteurs", "ados")]


def test_one_heading_above_all_the_actions_is_the_title_of_the_file() -> None:
    def fill(document: Doc) -> None:
        document.add_heading("Ensemble dans nos cités", 1)
        for title in ("Forum", "Permis"):
            document.add_heading(title, 2)
            document.add_paragraph(f"Porteur : Régie {title}")
            document.add_paragraph("Public : habitants")

    sheets = read_sheets(docx(fill), "catalogue.docx").sheets
    assert [(sheet.title, sheet.themes) for sheet in sheets] == [("Forum", ()), ("Permis", ())]


def test_a_row_without_its_action_is_left_and_told_on_the_sheet_above() -> None:
    reading = rows(
        ("Action", "Porteur", "Public"),
        ("Jardin", "Terre d’ici", "Familles"),
        ("", "Ville", "Enfants"),
        ("Bus", "CCAS", ""),
    )
    assert [(sheet.title, sheet.lead) for sheet in reading.sheets] == [("Jardin", "Terre d’ici"), ("Bus", "CCAS")]
    told = [[doubt.line for doubt in sheet.doubts if doubt.name == "text"] for sheet in reading.sheets]
    assert told == [[reading.lines.index("Ville") + 1], []]


def _banners(document: Doc) -> None:
    """A catalogue whose sheets are announced in a banner of two cells, their axis said once before the contents."""
    document.add_paragraph("Catalogue", style="Title")
    document.add_paragraph("Axe 3 – Bien vieillir")
    document.add_paragraph("Sommaire")
    for rank, title in enumerate(("Marche", "Chorale"), 1):
        document.add_paragraph(f"Fiche 3.{rank} {title}\tp. {rank}")
    for rank, title in enumerate(("Marche", "Chorale"), 1):
        banner = document.add_table(rows=1, cols=2)
        banner.rows[0].cells[0].text, banner.rows[0].cells[1].text = f"FICHE 3.{rank}", title
        document.add_paragraph(f"Porteur : Club {title}")
        document.add_paragraph("Public : les aînés")
        document.add_paragraph("Quartier : Bel Air")


def test_a_banner_announces_a_sheet_and_its_title_and_an_axis_said_once_holds_for_all() -> None:
    reading = read_sheets(docx(_banners), "catalogue.docx")
    assert unplaced_pieces(reading) == []
    read = [(sheet.title, sheet.lead, sheet.themes) for sheet in reading.sheets]
    assert read == [("Marche", "Club Marche", ("Bien vieillir",)), ("Chorale", "Club Chorale", ("Bien vieillir",))]
    assert all("themes" in [doubt.name for doubt in sheet.doubts] for sheet in reading.sheets)


def test_the_number_of_an_announcement_may_have_parts() -> None:
    (sheet,) = lines(
        "FICHE ACTION N° 4.2", "Marche du matin", "Porteur : Club", "Public : tous", "Budget : 300 €"
    ).sheets
    assert sheet.title == "Marche du matin"
    (deep,) = lines("Action 1.2.3 – Marche du matin", "Porteur : Club", "Public : tous", "Budget : 300 €").sheets
    assert deep.title == "Marche du matin"
    (named,) = lines("Fiche n° 4.2 – Marche du matin", "Porteur : Club", "Public : tous", "Budget : 300 €").sheets
    assert named.title == "Marche du matin"


def _review(document: Doc) -> None:
    """A review of last year: the quarter is in its title, what came of each action is counted, then a conclusion."""
    document.add_paragraph("Bilan 2024 – quartier des Tanneurs", style="Title")
    document.add_paragraph("Ce bilan a été présenté au comité technique et reprend ce que les porteurs ont transmis.")
    for rank, title in enumerate(("Marche", "Chorale"), 1):
        document.add_heading(f"Action n° {rank} – {title}", 2)
        document.add_paragraph("Porteur : Club")
        document.add_paragraph("Public : les aînés")
        document.add_paragraph("Résultats :")
        document.add_paragraph(f"{rank}2 sorties", style="List Bullet")
        document.add_paragraph("9 habitués sur 15", style="List Bullet")
        document.add_paragraph("Suites : à reconduire")
    document.add_heading("Conclusion", 1)
    document.add_paragraph("Les deux actions ont trouvé leur public et le comité propose de les garder.")


def test_a_conclusion_under_a_higher_heading_is_in_no_action() -> None:
    reading = read_sheets(docx(_review), "bilan.docx")
    assert unplaced_pieces(reading) == []
    assert [sheet.title for sheet in reading.sheets] == ["Marche", "Chorale"]
    last = reading.sheets[-1]
    assert "Conclusion" not in f"{last.text} {last.public} {last.other}"
    left = [piece.text for piece in reading.left]
    assert "Conclusion" in left
    assert any(text.startswith("Les deux actions") for text in left)


def test_results_that_are_counted_are_indicators_to_be_checked() -> None:
    sheets = read_sheets(docx(_review), "bilan.docx").sheets
    assert sheets[0].indicators == ("12 sorties", "9 habitués sur 15")
    assert "indicators" in [doubt.name for doubt in sheets[0].doubts]
    told = lines(
        "Titre : Chorale", "Porteur : Club", "Public : tous", "Résultats : on chante mieux, plus souvent."
    ).sheets[0]
    assert (told.indicators, told.text) == ((), "on chante mieux, plus souvent.")


def test_the_quarter_in_the_title_of_the_file_is_that_of_each_action_to_be_checked() -> None:
    sheets = read_sheets(docx(_review), "bilan.docx").sheets
    assert [sheet.territories for sheet in sheets] == [("Tanneurs",), ("Tanneurs",)]
    assert all("territories" in [doubt.name for doubt in sheet.doubts] for sheet in sheets)


def _in_tables(*actions: tuple[str, tuple[tuple[str, str], ...]]) -> bytes:
    """A file of actions, each a table under its title in strong letters, whose labels are in strong letters too."""

    def fill(document: Doc) -> None:
        for title, fields in actions:
            document.add_paragraph().add_run(title).bold = True
            made = document.add_table(rows=len(fields), cols=2)
            for row, (label, value) in zip(made.rows, fields, strict=True):
                row.cells[0].paragraphs[0].add_run(label).bold = True
                row.cells[1].text = value
            document.add_paragraph("")

    return docx(fill)


def test_a_title_with_a_colon_or_that_begins_as_a_label_does_is_the_title_of_its_table() -> None:
    fields = (
        ("Porteur", "Collège"),
        ("Public", "Jeunes"),
        ("Quartier", "Kergoz"),
        ("Budget", "9 €"),
        ("Axe", "Emploi"),
    )
    data = _in_tables(
        ("Référents absentéisme", fields), ("Bus", fields), ("Cap Alternance : vers l'entreprise", fields)
    )
    reading = read_sheets(data, "fiches.docx")
    assert unplaced_pieces(reading) == []
    assert [(sheet.title, sheet.lead, sheet.contact) for sheet in reading.sheets] == [
        ("Référents absentéisme", "Collège", ""), ("Bus", "Collège", ""),
        ("Cap Alternance : vers l'entreprise", "Collège", ""),
    ]  # fmt: skip


def test_words_set_apart_that_come_again_are_a_label_and_open_no_action() -> None:
    def fill(document: Doc) -> None:
        for title in ("Guinguette", "Pieds fleuris"):
            fields = (
                (title, ""), ("Public", "familles"), ("Partenaires", "Ville"), ("Budget", "9 €"),
                ("La petite histoire", "Une buvette est sur la place."), ("Porteur", "Régie"), ("Axe", "Emploi"),
                ("Qui finance ?", "Ville : 9 €"),
            )  # fmt: skip
            for label, value in fields:
                document.add_paragraph().add_run(label).bold = True
                if value:
                    document.add_paragraph(value)

    reading = read_sheets(docx(fill), "fiches.docx")
    assert [(sheet.title, sheet.lead, sheet.themes) for sheet in reading.sheets] == [
        ("Guinguette", "Régie", ("Emploi",)), ("Pieds fleuris", "Régie", ("Emploi",)),
    ]  # fmt: skip


def test_a_title_above_the_announcement_of_its_sheet_is_not_left_to_the_sheet_before() -> None:
    def fill(document: Doc) -> None:
        for title in ("1. Guinguette", "2. Jardin"):
            document.add_heading(title, 2)
            document.add_paragraph().add_run("FICHE ACTION").bold = True
            made = document.add_table(rows=3, cols=2)
            known = (("Porteur", "Régie"), ("Public", "Tous"), ("Budget", "9 €"))
            for row, cells in zip(made.rows, known, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text

    assert [sheet.title for sheet in read_sheets(docx(fill), "fiches.docx").sheets] == ["Guinguette", "Jardin"]


def test_a_question_in_capitals_is_a_label() -> None:
    (sheet,) = lines(
        "",
        "INTITULÉ",
        "Cinéma",
        "",
        "QUI SOMMES-NOUS ?",
        "MJC",
        "",
        "PUBLIC",
        "tous",
        "",
        "BUDGET",
        "9 €",
        "",
        "LIEU",
        "Pré",
    ).sheets
    assert (sheet.title, sheet.lead, sheet.public) == ("Cinéma", "MJC", "tous")
