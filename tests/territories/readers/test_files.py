"""Official files in every format, without a database."""

from __future__ import annotations

import pytest

from parvis.core.errors import RefusedInput
from parvis.territories.enums import TerritoryKind
from parvis.territories.readers.entries import TerritoryEntry
from parvis.territories.readers.files import MAX_BYTES, read_official_file, text_of_file
from tests.reading_spreadsheets.books import cell, ods, row, rows_of, with_rows, xlsx

TITLES = ("code_qp", "lib_qp", "insee_com", "lib_com", "siren_epci", "lib_epci")
LINES = (
    ("QN00101M", "Les Tilleuls", "01004", "Ambérieu; en Bugey", "200000001", "Val de Lune"),
    ("QN00102M", "Le\nPont", "01005", "Ambérieux", "200000001", "Val de Lune"),
)
ENTRIES = (
    TerritoryEntry(2, TerritoryKind.INTERCOMMUNALITY, "200000001", "Val de Lune"),
    TerritoryEntry(2, TerritoryKind.MUNICIPALITY, "01004", "Ambérieu; en Bugey", "200000001"),
    TerritoryEntry(3, TerritoryKind.MUNICIPALITY, "01005", "Ambérieux", "200000001"),
    TerritoryEntry(2, TerritoryKind.NEIGHBOURHOOD, "QN00101M", "Les Tilleuls", "01004", ()),
    TerritoryEntry(3, TerritoryKind.NEIGHBOURHOOD, "QN00102M", "Le Pont", "01005", ()),
)
# Spreadsheets make numbers of codes: a first zero goes, and a SIREN stands on the right of its cell.
AS_NUMBERS = tuple(
    (code, name, int(town), town_name, int(epci), epci_name) for code, name, town, town_name, epci, epci_name in LINES
)
BOOKS = {
    "xlsx": xlsx(rows_of(TITLES, *AS_NUMBERS)),
    "ods": ods(
        row(*TITLES),
        *(
            row(
                *(
                    cell(str(value), value_type="float", value=str(value)) if isinstance(value, int) else value
                    for value in line
                )
            )
            for line in AS_NUMBERS
        ),
    ),
}


@pytest.mark.parametrize("extension", BOOKS)
def test_workbooks_give_the_same_territories_as_text(extension: str) -> None:
    assert read_official_file(BOOKS[extension]).entries == ENTRIES


@pytest.mark.parametrize("extension", BOOKS)
def test_a_workbook_becomes_a_text_that_reads_the_same(extension: str) -> None:
    text = text_of_file(BOOKS[extension])
    assert text.split("\n")[0] == ";".join(TITLES)
    assert read_official_file(text).entries == ENTRIES


def test_a_text_comes_back_as_it_was_with_its_lines() -> None:
    text = ",".join(TITLES) + "\n\n" + "QN00101M,Les Tilleuls,01004,Ambérieu,200000001,Val de Lune\n"
    assert text_of_file(text.encode("cp1252")) == text
    assert read_official_file(text).entries[0].line == 3


def test_titles_under_a_heading_are_found_and_lines_are_those_of_the_spreadsheet() -> None:
    book = xlsx(rows_of(("Quartiers prioritaires 2024",), (), TITLES, *AS_NUMBERS))
    assert [entry.line for entry in read_official_file(book).entries] == [4, 4, 5, 4, 5]


def test_a_merged_agglomeration_holds_for_each_of_its_rows() -> None:
    blank = (*AS_NUMBERS[1][:4], None, None)

    def fill(sheet):  # type: ignore[no-untyped-def]
        rows_of(TITLES, AS_NUMBERS[0], blank)(sheet)
        sheet.merge_cells("E2:E3")
        sheet.merge_cells("F2:F3")

    file = read_official_file(xlsx(fill))
    assert file.entries == ENTRIES
    assert file.remarks == (
        "Des cellules sont fusionnées : leur valeur a été répétée à la ligne 3. Vérifiez ces lignes.",
    )


def test_what_the_spreadsheet_says_of_the_file_is_a_remark() -> None:
    text = "code_insee;nom\n1004;Ambérieu\n"
    assert read_official_file(text.encode("cp1252")).remarks == (
        "Le fichier n'est pas en UTF-8 : il a été lu comme du Windows-1252. Vérifiez les accents.",
    )


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_separator_inside_a_name_is_refused_with_its_line(separator: str) -> None:
    lines = [TITLES, ("QN00101M", "Les Tilleuls", "01004", "Ambérieu", "200000001", f"Val{separator} de Lune")]
    with pytest.raises(RefusedInput) as refused:
        read_official_file("\n".join(separator.join(line) for line in lines))
    assert refused.value.message == (
        "La ligne 2 a plus de colonnes que l'en-tête : mettez entre guillemets le texte qui contient le séparateur."
    )


def test_all_the_communes_of_france_are_read() -> None:
    lines = "".join(f"{code:05d};Commune {code};200000001\n" for code in range(1000, 36_000))
    assert len(read_official_file("code_insee;nom;siren_epci\n" + lines).entries) == 35_001


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7\n", "Ce fichier est un PDF, et pas un tableau : "),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Ce fichier est un ancien document Excel (.xls), qui n'est pas lu : "),
        (b"{\x00\xff\xfe\x01", "Ce fichier n'est ni un tableau ni des contours : "),
        (b"a" * (MAX_BYTES + 1), "Ce fichier dépasse 30 Mo : "),
        (
            with_rows(xlsx(rows_of(TITLES)), b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "Le tableau a plus de 200 colonnes : ",
        ),
    ],
    ids=["pdf", "old Excel", "neither", "too heavy", "a cell in the last corner"],
)
def test_other_files_are_refused_with_what_to_do(content: bytes, message: str) -> None:
    for read in (read_official_file, text_of_file):
        with pytest.raises(RefusedInput) as refused:
            read(content)
        assert refused.value.message.startswith(message)
        assert refused.value.lines == ()
