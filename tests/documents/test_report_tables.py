"""Columns for people, and what proves a report on its own sheet."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from parvis.documents.csv_file import report_csv
from parvis.documents.tables import report_workbook
from parvis.documents.xlsx import report_xlsx
from tests.documents.samples import empty_report, full_report, item, report

_READ = ("theme", "kind", "number", "text", "children", "conclusion", "hidden", "url")
_PROOF = ("code", "edition", "digest", "salt")


def test_the_first_sheet_is_for_people_and_the_second_proves_it() -> None:
    table = report_workbook(full_report())
    (proof,) = table.others
    assert tuple(column.key for column in table.columns) == _READ
    assert tuple(column.key for column in proof.columns) == _PROOF
    assert len(proof.rows) == len(table.rows) == 11
    assert proof.rows[0][2:] == ("01" * 32, "aa")


@pytest.mark.parametrize(("values", "key"), [({"dots": 3}, "dots"), ({"details": ("tard",)}, "children")])
def test_a_column_that_no_line_fills_is_left_out(values: dict[str, object], key: str) -> None:
    assert key not in {column.key for column in report_workbook(report(item("Un bus"))).columns}
    assert key in {column.key for column in report_workbook(report(item("Un bus", **values))).columns}


def test_an_empty_report_has_the_columns_that_every_report_has() -> None:
    assert tuple(column.key for column in report_workbook(empty_report()).columns) == ("theme", "kind", "text", "url")


def test_the_sheets_of_the_workbook_are_named_and_the_csv_holds_every_column() -> None:
    book = load_workbook(io.BytesIO(report_xlsx(full_report())))
    assert book.sheetnames == ["Synthèse des échanges", "Vérification", "Lisez-moi"]
    assert "01" * 32 not in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "Empreinte de la ligne" in report_csv(full_report()).decode("utf-8-sig").splitlines()[0]
