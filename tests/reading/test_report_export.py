"""What is handed out: the JSON shape outsiders rely on, and a CSV that no spreadsheet computes."""

from __future__ import annotations

import csv
import io

from parvis.reading import report_to_csv, report_to_json
from tests.reading.helpers import pasted

TEXT = """
    Rencontre du lundi
    Emploi
    Défis
    1. =SUM(A1) dans la salle (4 votes)
    2. Sur :
    - le bus
    - la "gare", à pied
    -> Relier les quartiers
    """


def test_json_has_the_promised_shape() -> None:
    printed = report_to_json(pasted(TEXT))
    assert list(printed) == ["source", "title", "contributions", "unassigned", "warnings"]
    assert printed["source"] == {"name": "texte collé", "format": "txt", "lines": 8}
    assert printed["title"] == "Rencontre du lundi"
    assert printed["contributions"][0] == {
        "theme": "Emploi",
        "kind": "challenge",
        "number": "1",
        "marker": "1.",
        "text": "=SUM(A1) dans la salle (4 votes)",
        "line": 4,
        "column": 1,
        "last_line": 4,
        "votes": 4,
        "confidence": 0.95,
        "doubt": None,
        "children": [],
        "conclusion": False,
    }
    assert printed["contributions"][1]["children"] == [
        {"marker": "-", "text": "le bus", "line": 6, "last_line": 6},
        {"marker": "-", "text": 'la "gare", à pied', "line": 7, "last_line": 7},
    ]
    assert printed["contributions"][2]["conclusion"] is True
    assert printed["unassigned"] == [
        {"line": 1, "text": "Rencontre du lundi", "role": "title"},
        {"line": 2, "text": "Emploi", "role": "heading"},
        {"line": 3, "text": "Défis", "role": "heading"},
    ]
    assert printed["warnings"] == []


def test_csv_has_a_row_for_each_contribution() -> None:
    rows = list(csv.DictReader(io.StringIO(report_to_csv(pasted(TEXT)))))
    assert [row["number"] for row in rows] == ["1", "2", ""]
    assert rows[1]["children"] == 'le bus\nla "gare", à pied'
    assert rows[2]["conclusion"] == "true"


def test_csv_cells_are_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(report_to_csv(pasted(TEXT)))))
    assert rows[0]["text"] == "'=SUM(A1) dans la salle (4 votes)"
    assert rows[2]["marker"] == "'->"
