"""Csv files and pasted tables."""

from __future__ import annotations

import pytest

from parvis.core.errors import RefusedInput
from parvis.documents.csv_file import table_csv
from parvis.documents.tables import Column, Table
from parvis.reading.spreadsheets import limits, read_pasted, read_table
from tests.reading_spreadsheets.books import numbered_rows, refusal

TEXT = "Organisme;Où;Téléphone\nMission locale;Évry;+33 6 00 00 00 00\nCAF;« Cœur »;@mairie\n"
ROWS = [(2, ("Mission locale", "Évry", "+33 6 00 00 00 00")), (3, ("CAF", "« Cœur »", "@mairie"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_ends_of_line(encoding: str, separator: str, end: str) -> None:
    data = TEXT.replace(";", separator).replace("\n", end).encode(encoding)
    grid = read_table(data, "a.csv")
    assert grid.header == ("Organisme", "Où", "Téléphone")
    assert numbered_rows(grid) == ROWS
    assert (grid.sheet_names, grid.sheet) == ((), "")
    assert bool(grid.warnings) == (encoding == "cp1252")


def test_quoted_new_lines_and_the_lines_where_rows_start() -> None:
    grid = read_pasted('Titre\n\nNom;Texte\nun;"deux\nlignes ; et ""mots"""\n\n"trois";quatre\n')
    assert grid.header_line == 3
    assert numbered_rows(grid) == [(4, ("un", 'deux\nlignes ; et "mots"')), (7, ("trois", "quatre"))]
    assert "« Titre »" in grid.warnings[0]


def test_pasted_cells_with_bare_quotation_marks_stay_whole() -> None:
    grid = read_pasted('Nom\tMail\n"Le parvis" association\ta@exemple.fr\n"ouvert\tb@exemple.fr\nfin\t"x\ty\nz"\n')
    assert numbered_rows(grid) == [
        (2, ('"Le parvis" association', "a@exemple.fr")),
        (3, ('"ouvert', "b@exemple.fr")),
        (4, ("fin", "x\ty\nz")),
    ]


def test_a_quotation_mark_left_open_does_not_swallow_the_file() -> None:
    grid = read_pasted('Nom;Ville\n"CAF;Massy\nCPAM;Orsay\n')
    assert numbered_rows(grid) == [(2, ('"CAF', "Massy")), (3, ("CPAM", "Orsay"))]


def test_signs_inside_cells_do_not_mislead() -> None:
    assert read_pasted("Nom;Taux\nun, deux, trois;12,5\nquatre, cinq;1,5\n").header == ("Nom", "Taux")
    assert read_pasted('Nom,Texte\nun,"a; b; c; d"\ndeux,"e; f; g; h"\n').header == ("Nom", "Texte")
    assert numbered_rows(read_pasted("sep=,\nNom,Ville\nCAF;CPAM,Massy\n")) == [(3, ("CAF;CPAM", "Massy"))]


def test_numbers_are_left_as_written_but_those_with_all_their_digits() -> None:
    grid = read_pasted("Nom;SIRET\na;1.2345678901234E13\nb;1,23457E+13\nc;1E5\nd;0600000000\ne;12.0\n")
    assert [row.cells[1] for row in grid.rows] == ["12345678901234", "1,23457E+13", "1E5", "0600000000", "12.0"]
    assert [warning for warning in grid.warnings if "arrondi" in warning and "B3" in warning]


def test_mangled_accents_are_given_back() -> None:
    grid = read_table("Organisme;Ville\nÉcole;Évry\n".encode().decode("cp1252").encode(), "a.csv")
    assert grid.rows[0].cells == ("École", "Évry")
    assert "rétablis" in grid.warnings[0]


def test_addresses_of_pages_lost_no_accent() -> None:
    links = "".join(f"site {n};https://exemple.fr/page?id={n}\n" for n in range(5))
    assert read_pasted(f"Nom;Lien\n{links}").warnings == ()


def test_what_parvis_writes_comes_back_whole() -> None:
    texts = ("=1+1", "+33 6 00 00 00 00", "@mairie", "deux\nlignes", "l'été ; « ça »")
    table = Table(
        "Essai", (Column("a", "Texte", ""), Column("b", "Rang", "")), tuple((t, n) for n, t in enumerate(texts))
    )
    grid = read_table(table_csv(table), "a.csv")
    assert [row.cells for row in grid.rows] == [(text, str(rank)) for rank, text in enumerate(texts)]


def test_nothing_to_read() -> None:
    assert "vide" in refusal(b"", "a.csv")
    assert "vide" in refusal(b"\xef\xbb\xbf \r\n", "a.csv")
    assert "ligne de titres" in refusal(b"bonjour\nle monde\n", "a.csv")
    assert "pas un tableau" in refusal(bytes(range(256)) * 20, "a.csv")
    with pytest.raises(RefusedInput, match="vide"):
        read_pasted(" \n ")


def test_too_many_rows_columns_or_words() -> None:
    assert "60\u00a0000 lignes" in refusal(b"Nom;Ville\n" + b"a;b\n" * limits.MAX_ROWS, "a.csv")
    assert len(read_table(b"Nom;Ville\n" + b"a;b\n" * 19_999 + b";\n" * 50_000, "a.csv").rows) == 19_999
    assert "200 colonnes" in refusal(b"Nom;Ville\n" + b"a;" * 201 + b"\n", "a.csv")
    assert "trop de cellules" in refusal(b"Nom;Ville\n" + b";" * 5_000_000, "a.csv")
    assert "30 Mo" in refusal(b"a" * (limits.MAX_BYTES + 1), "a.csv")
