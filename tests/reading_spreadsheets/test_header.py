"""Which row is the header."""

from __future__ import annotations

import pytest

from parvis.reading.spreadsheets import read_pasted
from parvis.reading.spreadsheets.header import looks_like_header

TABLE = "Organisme;Type;Ville;Courriel\nCAF;autre;Massy;a@exemple.fr\nEspace Test;association;Orsay;b@exemple.fr\n"


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("", 1),
        ("\n\n", 3),
        ("Partenaires 2026;;;\n", 2),
        ("Territoire;Val d'Exemple\n\n", 3),
        ("Territoire;Val d'Exemple\nMise à jour;mars\n", 3),
        ("Mise à jour;12/03/2026;;\n;;;\n", 3),
        ("Contact;a@exemple.fr;;\n", 2),
        ("12;13;14;15\n", 2),
        (f"Version;{'long ' * 40};;\n", 2),
    ],
)
def test_header_below_titles_and_facts(above: str, line: int) -> None:
    grid = read_pasted(above + TABLE)
    assert (grid.header_line, grid.header) == (line, ("Organisme", "Type", "Ville", "Courriel"))
    assert len(grid.rows) == 2
    assert bool(grid.warnings) == (line > 1)


def test_header_of_words_over_rows_of_words() -> None:
    assert read_pasted("Organisme;Ville\nCAF;Massy\nEspace Test;Orsay\n").header_line == 1
    assert read_pasted("Organisme;Ville\n\nCAF;Massy\n").header_line == 1


def test_titles_are_one_line_and_years_may_be_among_them() -> None:
    assert read_pasted('Nom;"Nom de\nl\'organisme";2025;2026\na;b;1;2\n').header == (
        "Nom",
        "Nom de l'organisme",
        "2025",
        "2026",
    )


def test_columns_without_a_title_are_kept_in_place() -> None:
    grid = read_pasted(";Nom;Ville\n1;CAF;12;3\n")
    assert grid.header == ("", "Nom", "Ville", "")
    assert grid.rows[0].cells == ("1", "CAF", "12", "3")


def test_a_row_of_values_is_no_header() -> None:
    assert not looks_like_header({1: "CAF", 2: "Test", 3: "a@exemple.fr"})
    assert not looks_like_header({1: "Nom", 2: "12"})
    assert not looks_like_header({1: "12/03/2026", 2: "1 000 €", 3: "Nom"})
