"""What the tests of reports share: how a report is compared with a reading made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

from parvis.reading import Item, Report, read_text
from parvis.reading.formats.registry import runs_of_pasted
from parvis.reading.passes.furniture import mark_furniture
from parvis.reading.passes.headings import mark_kinds
from parvis.reading.passes.listed_headings import mark_listed_headings
from parvis.reading.passes.rows import Row, rows_of
from parvis.reading.passes.sections import Section, cut_sections

DATA = Path(__file__).with_name("data")
Entry = tuple[str | None, str, str | None, str, tuple[str, ...], bool]


def pasted(text: str) -> Report:
    """The report of an indented text of a test."""
    return read_text(dedent(text).strip("\n"))


def entry(item: Item) -> Entry:
    """What a hand reading says of an item."""
    children = tuple(child.text for child in item.children)
    return item.theme, item.kind, item.number, item.text, children, item.conclusion


def entries(report: Report) -> list[Entry]:
    """The same for a whole report."""
    return [entry(item) for item in report.contributions]


def gold(path: Path) -> list[Entry]:
    """The hand reading kept in a file, in the shape of `parvis read --json`."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [
        (
            item["theme"],
            item["kind"],
            item["number"],
            item["text"],
            tuple(child["text"] for child in item["children"]),
            item["conclusion"],
        )
        for item in read["contributions"]
    ]


def texts(report: Report) -> list[str]:
    """The texts of the contributions."""
    return [item.text for item in report.contributions]


def kinds(report: Report) -> list[tuple[str, str]]:
    """Kind and text of each contribution."""
    return [(item.kind, item.text) for item in report.contributions]


def roles(report: Report) -> dict[str, str]:
    """What was left out, and why."""
    return {piece.text: piece.role for piece in report.unassigned}


def rows(text: str) -> list[Row]:
    """The rows of a text, before any other pass."""
    source_runs, _ = runs_of_pasted(dedent(text).strip("\n"))
    return rows_of(source_runs)[0]


def marked(text: str) -> list[Row]:
    """The rows once furniture and headings of kind are known."""
    all_rows = rows(text)
    mark_furniture(all_rows)
    mark_listed_headings(all_rows)
    return mark_kinds(all_rows)


def sections(text: str) -> list[Section]:
    """The sections of a text."""
    return cut_sections(marked(text))
