"""What a report is, once read: frozen values, nothing to compute.

`Report.lines` are the source lines, verbatim; every non-blank character of them is in exactly one place: the marker
or the text of an item, of a child, or an unassigned piece (`parvis.reading.unplaced` proves it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["challenge", "strength", "proposal"]
Role = Literal["title", "preamble", "heading", "prose", "furniture"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from. `lines` counts source lines (paragraphs for paged formats)."""

    name: str
    format: str
    lines: int


@dataclass(frozen=True, slots=True)
class Child:
    """A sub-item: it has no kind or number of its own."""

    marker: str
    text: str
    line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One contribution as it was written down.

    `column` is where the item starts in `line`, marker included, counted from 1. `number` is as printed, never
    corrected. `text` is verbatim; a text wrapped on several lines is joined by single spaces. `doubt` says in French
    what a person should check first, and `confidence` goes from 0 to 1.
    """

    theme: str | None
    kind: Kind
    number: str | None
    marker: str
    text: str
    line: int
    column: int
    last_line: int
    votes: int | None = None
    confidence: float = 1.0
    doubt: str | None = None
    children: tuple[Child, ...] = ()
    conclusion: bool = False


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A piece of the source that is no contribution, and why."""

    line: int
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: its contributions in the order of the source, and all that is none."""

    source: Source
    title: str | None
    contributions: tuple[Item, ...]
    unassigned: tuple[Unassigned, ...]
    warnings: tuple[str, ...]
    lines: tuple[str, ...]
