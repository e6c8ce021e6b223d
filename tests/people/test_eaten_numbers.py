"""Telephones as a spreadsheet gives them: whole again, or refused; a digit that is missing is not invented."""

from __future__ import annotations

import pytest

from parvis.people.eaten_numbers import restore_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("601020304", "06 01 02 03 04"),
        ("33601020304", "+33 6 01 02 03 04"),
        ("06.01.02.03.04", "06.01.02.03.04"),
        ("(0)6-01-02-03-04", "(0)6-01-02-03-04"),
        ("0800 12 34 56", "0800 12 34 56"),
        ("+33 6 01 02 03 04", "+33 6 01 02 03 04"),
        ("0033 6 01 02 03 04", "0033 6 01 02 03 04"),
        ("01 60 00 00 00 poste 12", "01 60 00 00 00 poste 12"),
        ("3949", "3949"),
        ("", ""),
    ],
)
def test_a_number_that_can_be_dialled_is_kept(typed: str, kept: str) -> None:
    assert restore_phone(typed) == (kept, "")


@pytest.mark.parametrize(
    "typed", ["06 39 98 36", "06 01 02 03 0", "01.60.00.00.00.00", "06010203", "6,01E+08", "12/05/2024"]
)
def test_a_number_that_lost_a_digit_is_refused(typed: str) -> None:
    kept, fault = restore_phone(typed)
    assert kept == ""
    assert typed in fault
