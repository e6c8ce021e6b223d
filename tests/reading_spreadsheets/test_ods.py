"""LibreOffice files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from parvis.documents.ods import table_ods
from parvis.documents.tables import Column, Table
from parvis.reading.spreadsheets import read_table
from tests.reading_spreadsheets.books import archive, cell, numbered_rows, ods, refusal, row, rows_of, xlsx

SOFFICE = shutil.which("soffice")
HEAD = row("Organisme", "SIRET", "Ville")
HIDDEN = (
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def test_values_come_back_as_a_person_types_them() -> None:
    values = (
        cell("1,23E+13", value_type="float", value="12345678901234"),
        cell("12,00", value_type="float", value="12.0"),
        cell("50 %", value_type="percentage", value="0.5"),
        cell("3 €", value_type="currency", value="3"),
        cell("03/05/24", value_type="date", date_value="2024-05-03"),
        cell("03/05/24 14:30", value_type="date", date_value="2024-05-03T14:30:00"),
        cell("9:05", value_type="time", time_value="PT09H05M00S"),
        cell("VRAI", value_type="boolean", boolean_value="true"),
        cell("FAUX", value_type="boolean", boolean_value="false"),
        cell("01000", value_type="float", value="1000"),
        cell("06 12", value_type="float", value="612"),
        cell("deux\nlignes"),
    )
    grid = read_table(ods(HEAD, *(row("x", value) for value in values)), "a.ods")
    assert [value.cells[1] for value in grid.rows] == [
        "12345678901234", "12", "0.5", "3", "2024-05-03", "2024-05-03T14:30", "09:05", "oui", "non", "01000", "612",
        "deux\nlignes",
    ]  # fmt: skip


def test_spaces_links_and_comments_of_a_cell() -> None:
    inside = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>remarque</text:p></office:annotation>'
        '<text:p>Mission<text:s text:c="2"/><text:span>locale</text:span><text:line-break/>Sud</text:p></table:table-cell>'  # noqa: E501
    )
    assert numbered_rows(read_table(ods(HEAD, row(inside)), "a.ods")) == [(2, ("Mission  locale\nSud", "", ""))]


def test_repetitions_do_not_explode() -> None:
    many = {"number_rows_repeated": "1048000"}
    wide = '<table:table-cell table:number-columns-repeated="16000"/>'
    grid = read_table(
        ods(HEAD, row("CAF", cell("x", number_columns_repeated="2")), row("CPAM", wide, number_rows_repeated="3"),
            row(wide, **many), row("fin", wide)),
        "a.ods",
    )  # fmt: skip
    assert numbered_rows(grid) == [
        (2, ("CAF", "x", "x")), (3, ("CPAM", "", "")), (4, ("CPAM", "", "")), (5, ("CPAM", "", "")),
        (1048006, ("fin", "", "")),
    ]  # fmt: skip
    assert "60\u00a0000 lignes" in refusal(ods(HEAD, row("CAF", **many)))
    assert "200 colonnes" in refusal(ods(HEAD, row(cell("x", number_columns_repeated="16000"))))
    assert "abîmé" not in refusal(ods(HEAD, row("CAF", number_rows_repeated="9" * 9)))


def test_merges_errors_and_formulas() -> None:
    covered = "<table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell>"
    grid = read_table(
        ods(
            row(cell("Liste des partenaires", number_columns_spanned="3"), covered, covered),
            HEAD,
            row(cell("CAF", number_rows_spanned="2", number_columns_spanned="1"), "1", "Massy"),
            row(covered, cell("#REF!", formula="of:=#REF!", error="x"), "Orsay"),
            row(cell(formula="of:=A1"), cell(formula="of:=A1", value_type="string", string_value=""), "Les Ulis"),
        ),
        "a.ods",
    )
    assert grid.header_line == 2
    assert numbered_rows(grid) == [(3, ("CAF", "1", "Massy")), (4, ("CAF", "", "Orsay")), (5, ("", "", "Les Ulis"))]
    assert [warning for warning in grid.warnings if "fusionnées" in warning and "à la ligne 4" in warning]
    assert [warning for warning in grid.warnings if "erreur de calcul" in warning and "B4" in warning]
    assert [warning for warning in grid.warnings if "enregistrez-le de nouveau" in warning and warning.count("5") == 1]


def test_hidden_sheets_and_those_kept_of_other_files_are_not_read() -> None:
    data = ods(
        sheets={
            "Masquée": f'<table:table table:name="Masquée" table:style-name="ta2">{HEAD}{row("non")}</table:table>',
            "Vue": HEAD + row("oui"),
            "Notes": row("rien"),
            "cache": f'<table:table table:name="\'file:x\'#F" table:style-name="ta_extref">{HEAD}</table:table>',
        },
        styles=HIDDEN,
    )
    grid = read_table(data, "a.ods")
    assert (grid.sheet, grid.sheet_names) == ("Vue", ("Vue", "Notes"))
    assert numbered_rows(grid) == [(2, ("oui", "", ""))]
    assert grid.warnings == (
        "La feuille « Vue » a été lue ; l'autre n'a pas été lue : « Notes ».",
        "Une feuille masquée n'a pas été lue : « Masquée ».",
    )
    assert "masquée" in refusal(data, "a.ods", "Masquée")


def test_protected_files_and_texts() -> None:
    manifest = '<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
    assert "mot de passe" in refusal(archive({"META-INF/manifest.xml": manifest, "content.xml": b"\x8f\x01"}))
    assert "mot de passe" in refusal(archive({"encrypted-package": b"\x8f\x01"}))
    text = (
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body/></o:document-content>'
    )
    assert "pas un tableau" in refusal(archive({"content.xml": text}))


def test_what_parvis_writes_comes_back_whole() -> None:
    texts = ("=1+1", "+33 6 00 00 00 00", "@mairie", "deux\nlignes")
    table = Table(
        "Essai", (Column("a", "Texte", ""), Column("b", "Rang", "")), tuple((t, n) for n, t in enumerate(texts))
    )
    grid = read_table(table_ods(table), "a.ods")
    assert numbered_rows(grid) == [(rank + 2, (text, str(rank))) for rank, text in enumerate(texts)]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("extension", ["ods", "xlsx"])
def test_what_libreoffice_makes_of_an_excel_file(extension: str, tmp_path: Path) -> None:
    made = xlsx(rows_of(("Organisme", "SIRET", "Ville"), ("CAF", 12345678901234, "Massy"), ("=A2", 12.5, True)))
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.xlsx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        extension,
        "--outdir",
        str(tmp_path),
        "source/a.xlsx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    grid = read_table((tmp_path / f"a.{extension}").read_bytes(), f"a.{extension}")
    assert numbered_rows(grid) == [(2, ("CAF", "12345678901234", "Massy")), (3, ("CAF", "12.5", "oui"))]
    assert grid.warnings == ()
