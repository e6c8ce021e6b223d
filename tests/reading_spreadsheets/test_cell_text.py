"""What a cell says, without what does not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.reading.spreadsheets import read_pasted
from parvis.reading.spreadsheets.cell_text import clean, plain_date, plain_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  CAF \xa0", "CAF"),
        ("a\x00b\x07c\x9d\ufeffd", "abcd"),
        ("\u202a+33 6 00\u202c", "+33 6 00"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("'0612", "0612"),
        ("'=1+1", "=1+1"),
        ("'+33 6", "+33 6"),
        ("'=l'avis", "=l'avis"),
        ("'Les Amonts' (quartier)", "'Les Amonts' (quartier)"),
        ("l'avis", "l'avis"),
        ("@mairie", "@mairie"),
        ("+33 6 00 00 00 00", "+33 6 00 00 00 00"),
        ("#REF!", ""),
        ("#N/A", ""),
        ("#NOM?", ""),
        ("Err:502", ""),
        ("#1 des priorités", "#1 des priorités"),
        ("\ud800x", "x"),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert clean(text).text == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("007", "007"), ("-0.5", "-0.5"), ("1E-7", "0.0000001"), ("1e300", "1e+300"), ("12345678901234567", "12345678901234567"),  # noqa: E501
     ("9" * 5_000, "9" * 5_000), ("nan", "nan"), ("", ""), ("x", "x"), ("-3.0", "-3")],
)  # fmt: skip
def test_numbers(written: str, expected: str) -> None:
    assert plain_number(written) == expected


def test_dates() -> None:
    assert plain_date("2024-05-03T14:30:15.5") == "2024-05-03T14:30:15"
    assert plain_date("n'importe quoi") == "n'importe quoi"


def test_long_cells_are_cut_and_said() -> None:
    grid = read_pasted(f"Nom;Texte\nCAF;{'mot ' * 6_000}\n")
    assert len(grid.rows[0].cells[1]) == 20_000
    assert grid.warnings == ("Une cellule dépasse 20 000 caractères et a été coupée : B2.",)


@given(st.text())
def test_any_text_is_cleaned_once_for_all_but_its_quotes(text: str) -> None:
    once = clean(text.replace("'", "")).text
    assert clean(once).text == once
    assert once == once.strip()
