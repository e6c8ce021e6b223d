"""Excel files."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from parvis.documents.tables import Column, Table
from parvis.documents.xlsx import table_xlsx
from parvis.reading.spreadsheets import read_table
from tests.reading_spreadsheets.books import SHEET, changed, numbered_rows, refusal, rows_of, saved, with_rows, xlsx

HEAD = ("Organisme", "SIRET", "Ville")


def test_values_come_back_as_a_person_types_them() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Titre", "Valeur"])
        for value in (12345678901234, 12.0, 0.1 + 0.2, -3.5, 612345678, True, False, date(2024, 5, 3),
                      datetime(2024, 5, 3, 14, 30), time(9, 5), timedelta(hours=30, minutes=15)):  # fmt: skip
            sheet.append(["x", value])
        sheet.append(["x", 1000])
        sheet.cell(sheet.max_row, 2).number_format = "00000"

    values = [row.cells[1] for row in read_table(xlsx(fill), "a.xlsx").rows]
    assert values == [
        "12345678901234", "12", "0.3", "-3.5", "612345678", "oui", "non", "2024-05-03", "2024-05-03T14:30", "09:05",
        "30:15", "01000",
    ]  # fmt: skip


def test_numbers_written_with_an_exponent_keep_their_digits() -> None:
    row = b'<row r="2"><c r="A2"><v>1.2345678901234E13</v></c><c r="B2"><v>1E400</v></c><c r="C2"><v>7.0</v></c></row>'
    grid = read_table(with_rows(xlsx(rows_of(HEAD)), row), "a.xlsx")
    assert numbered_rows(grid) == [(2, ("12345678901234", "1E400", "7"))]


def test_dates_counted_from_1904() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Quoi", "Quand"])
    sheet.append(["Atelier", date(2024, 5, 3)])
    assert numbered_rows(read_table(saved(book), "a.xlsx")) == [(2, ("Atelier", "2024-05-03"))]


def test_title_rows_blank_rows_and_lines_seen_in_the_spreadsheet() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Partenaires du contrat de ville"
        sheet.merge_cells("A1:C1")
        for column, title in enumerate(HEAD, start=1):
            sheet.cell(4, column, title)
        sheet.cell(5, 1, "Mission locale")
        sheet.cell(9, 3, "Massy")

    grid = read_table(xlsx(fill), "partenaires.xlsx")
    assert (grid.name, grid.sheet, grid.sheet_names) == ("partenaires.xlsx", "Sheet", ("Sheet",))
    assert (grid.header, grid.header_line) == (HEAD, 4)
    assert numbered_rows(grid) == [(5, ("Mission locale", "", "")), (9, ("", "", "Massy"))]
    assert grid.warnings == (
        "Les titres des colonnes sont à la ligne 4 : les lignes 1 à 3 n'ont pas été lues : "
        "« Partenaires du contrat de ville ».",
    )


def test_vertical_merges_are_repeated_and_said() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (("Organisme", "Contact"), ("CAF", "a"), (None, "b"), (None, "c"), ("CPAM", "d"), (None, "e")):
            sheet.append(list(row))
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("A5:A60000")

    grid = read_table(xlsx(fill), "a.xlsx")
    assert [row.cells for row in grid.rows] == [("CAF", "a"), ("CAF", "b"), ("CAF", "c"), ("CPAM", "d"), ("CPAM", "e")]
    (warning,) = grid.warnings
    assert "aux lignes 3 à 4, 6" in warning


def test_titles_merged_over_columns_stand_above_the_header() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Organisme", "Contact", None, None])
        sheet.append([None, "Nom", "Courriel", "Téléphone"])
        sheet.append(["CAF", "Test", "a@exemple.fr", "+33 6 00 00 00 00"])
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:D1")

    grid = read_table(xlsx(fill), "a.xlsx")
    assert grid.header == ("Organisme", "Nom", "Courriel", "Téléphone")
    assert numbered_rows(grid) == [(3, ("CAF", "Test", "a@exemple.fr", "+33 6 00 00 00 00"))]


def test_header_merged_downwards_is_no_value() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Organisme", "Ville"])
        sheet.append([None, None])
        sheet.append([None, "Massy"])
        sheet.merge_cells("A1:A3")

    assert numbered_rows(read_table(xlsx(fill), "a.xlsx")) == [(3, ("", "Massy"))]


def test_formulas_give_what_was_computed_and_say_what_was_not() -> None:
    computed = (
        b'<row r="2"><c r="A2" t="str"><f>B1</f><v>CAF</v></c><c r="B2"><f>1+1</f><v>2</v></c>'
        b'<c r="C2" t="str"><f>""</f><v></v></c></row>'
        b'<row r="3"><c r="A3"><f>B1</f><v/></c><c r="B3"><f>1+1</f></c><c r="C3" t="inlineStr"><is><t>x</t></is></c></row>'  # noqa: E501
    )
    grid = read_table(with_rows(xlsx(rows_of(HEAD)), computed), "a.xlsx")
    assert numbered_rows(grid) == [(2, ("CAF", "2", "")), (3, ("", "", "x"))]
    (warning,) = grid.warnings
    assert "A3, B3" in warning
    assert "enregistrez-le de nouveau" in warning


def test_errors_are_empty_and_said() -> None:
    row = b'<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="inlineStr"><is><t>#N/A</t></is></c><c r="C2"><v>1</v></c></row>'  # noqa: E501
    grid = read_table(with_rows(xlsx(rows_of(HEAD)), row), "a.xlsx")
    assert numbered_rows(grid) == [(2, ("", "", "1"))]
    assert grid.warnings == ("2 cellules contiennent une erreur de calcul et ont été lues comme vides : A2, B2.",)


def test_sheets_the_first_that_shows_and_has_a_header() -> None:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Accueil"
    first["A1"] = "Bienvenue"
    for name, state in (
        ("Vieux", "hidden"),
        ("Secret", "veryHidden"),
        ("Partenaires", "visible"),
        ("Notes", "visible"),
    ):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        rows_of(HEAD, (name, 1, "Massy"))(sheet)
    book.create_chartsheet("Graphique").add_chart(BarChart())
    data = saved(book)
    grid = read_table(data, "a.xlsx")
    assert grid.sheet_names == ("Accueil", "Partenaires", "Notes")
    assert grid.sheet == "Partenaires"
    assert any("« Accueil », « Notes »" in warning for warning in grid.warnings)
    assert any("2 feuilles masquées" in warning and "« Vieux », « Secret »" in warning for warning in grid.warnings)
    assert read_table(data, "a.xlsx", "notes ").rows[0].cells[0] == "Notes"
    assert "masquée" in refusal(data, sheet="Vieux")
    assert "« Partenaires »" in refusal(data, sheet="Absente")
    assert "« Accueil » n'a pas de ligne de titres" in refusal(data, sheet="Accueil")


def test_hidden_rows_and_columns_are_read() -> None:
    def fill(sheet: Worksheet) -> None:
        rows_of(HEAD, ("CAF", 1, "Massy"))(sheet)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    assert numbered_rows(read_table(xlsx(fill), "a.xlsx")) == [(2, ("CAF", "1", "Massy"))]


def test_cells_without_an_address_take_their_place() -> None:
    row = b'<row><c/><c t="inlineStr"><is><r><t>deux </t></r><r><t>mots</t></r><rPh><t>bruit</t></rPh></is></c><c><v>3</v></c></row>'  # noqa: E501
    assert numbered_rows(read_table(with_rows(xlsx(rows_of(HEAD)), row), "a.xlsx")) == [(2, ("", "deux mots", "3"))]


def test_formatted_empty_rows_do_not_matter() -> None:
    empty = b"".join(
        b'<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(3, 60_003)
    )
    grid = read_table(with_rows(xlsx(rows_of(HEAD, ("CAF", 1, "Massy"))), empty), "a.xlsx")
    assert len(grid.rows) == 1


def test_strict_files_are_read_too() -> None:
    spaces = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def strict(part: bytes) -> bytes:
        for old, new in spaces:
            part = part.replace(old, new)
        return part

    names = (
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        SHEET,
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    )
    data = changed(xlsx(rows_of(HEAD, ("CAF", date(2024, 5, 3), "Massy"))), dict.fromkeys(names, strict))
    assert numbered_rows(read_table(data, "a.xlsx")) == [(2, ("CAF", "2024-05-03", "Massy"))]


def test_what_parvis_writes_comes_back_whole() -> None:
    texts = ("=1+1", "+33 6 00 00 00 00", "@mairie", "-12 %", "deux\nlignes", "_x0041_", "'quotation' gardée")
    table = Table(
        "Essai", (Column("a", "Texte", ""), Column("b", "Rang", "")), tuple((t, n) for n, t in enumerate(texts))
    )
    grid = read_table(table_xlsx(table), "a.xlsx", "Essai")
    assert [row.cells[0] for row in grid.rows] == list(texts)
