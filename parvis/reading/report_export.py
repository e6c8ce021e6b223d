"""A report as JSON (the shape that outsiders rely on) and as CSV (safe to open in a spreadsheet)."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any, Final

from parvis.reading.model import Item, Report

COLUMNS: Final = (
    "theme",
    "kind",
    "number",
    "marker",
    "text",
    "children",
    "line",
    "column",
    "last_line",
    "votes",
    "confidence",
    "doubt",
    "conclusion",
)
# Signs that make a spreadsheet compute a cell, and their full-width forms.
_FORMULA: Final = frozenset("=+-@\t\r\n|%＝＋－＠")


def report_to_json(report: Report) -> dict[str, Any]:
    """The report as `parvis read --json` prints it, ready for `json.dumps`."""
    return {
        "source": asdict(report.source),
        "title": report.title,
        "contributions": [_item(item) for item in report.contributions],
        "unassigned": [asdict(piece) for piece in report.unassigned],
        "warnings": list(report.warnings),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "theme": item.theme,
        "kind": item.kind,
        "number": item.number,
        "marker": item.marker,
        "text": item.text,
        "line": item.line,
        "column": item.column,
        "last_line": item.last_line,
        "votes": item.votes,
        "confidence": item.confidence,
        "doubt": item.doubt,
        "children": [asdict(child) for child in item.children],
        "conclusion": item.conclusion,
    }


def report_to_csv(report: Report) -> str:
    """One row for each contribution, its sub-items one a line in their cell.

    A cell that a spreadsheet could take for a formula gets a leading quote; nothing else of it changes.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in report.contributions:
        fields = _item(item)
        fields["children"] = "\n".join(child.text for child in item.children)
        fields["conclusion"] = "true" if item.conclusion else "false"
        writer.writerow([_cell(fields[column]) for column in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in _FORMULA and text else text
