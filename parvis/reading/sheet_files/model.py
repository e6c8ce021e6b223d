"""What a file of action sheets is, once read: frozen values, nothing to compute.

`SheetReading.lines` are the source lines (paragraphs), verbatim. Every non-blank character of them is in exactly one
`Piece`: the label or the value of a passage of one sheet, or what was left (`unplaced_pieces` proves it).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

FieldName = Literal[
    "title", "summary", "lead", "partners", "themes", "territories", "public", "since", "budget", "funding",
    "indicators", "text", "contact", "other",
]  # fmt: skip
FIELDS: Final[tuple[FieldName, ...]] = (
    "title", "summary", "lead", "partners", "themes", "territories", "public", "since", "budget", "funding",
    "indicators", "text", "contact", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source line, verbatim. `line` and `column` count from 1."""

    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One label of a sheet and the pieces of text under it. `label` includes its number and the instruction beside it.

    `aside` are the pieces under the label that are no value: instructions, boxes left empty, a repeated total.
    """

    name: FieldName
    label: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    aside: tuple[Piece, ...] = ()

    def all_pieces(self) -> Iterator[Piece]:
        yield from self.label
        yield from self.pieces
        yield from self.aside


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person should check first, in French; `line` is 0 when nothing in the source shows it."""

    name: FieldName
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One action sheet as it was written. Names are as written, nothing is matched with a directory.

    `funding` and `other` hold (source, amount) and (label, value). `contact` is for the team alone.
    """

    title: str
    summary: str
    lead: str
    partners: tuple[str, ...]
    themes: tuple[str, ...]
    territories: tuple[str, ...]
    public: str
    since: str
    budget: str
    funding: tuple[tuple[str, str], ...]
    indicators: tuple[str, ...]
    text: str
    contact: str
    other: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...]
    passages: tuple[Passage, ...]
    left: tuple[Piece, ...]
    first_line: int
    last_line: int

    def lines_of(self, name: FieldName) -> list[int]:
        """The source lines where a field was read, labels included, in order."""
        lines = {piece.line for passage in self.passages if passage.name == name for piece in passage.all_pieces()}
        return sorted(lines)


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """A picture of the file, as it is stored there: not checked. `alt` is what its author wrote in its place."""

    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A whole file: its sheets in order, what belongs to none, and remarks for the person who brought it.

    `picture` is the largest one that is no logo, for a file that holds one sheet.
    """

    name: str
    format: str
    sheets: tuple[ReadSheet, ...]
    left: tuple[Piece, ...]
    warnings: tuple[str, ...]
    lines: tuple[str, ...]
    picture: EmbeddedPicture | None = None

    def all_pieces(self) -> Iterator[Piece]:
        yield from self.left
        for sheet in self.sheets:
            yield from sheet.left
            for passage in sheet.passages:
                yield from passage.all_pieces()


def unplaced_pieces(reading: SheetReading) -> list[int]:
    """The lines with a character that is in no piece, in two, or in a piece of another place; none when all is well."""
    seen: dict[int, list[Piece]] = {}
    for piece in reading.all_pieces():
        seen.setdefault(piece.line, []).append(piece)
    wrong = [line for line in seen if not 1 <= line <= len(reading.lines)]
    for line, text in enumerate(reading.lines, 1):
        covered = [" "] * len(text)
        for piece in seen.get(line, ()):
            start = piece.column - 1
            free = all(sign.isspace() for sign in covered[start : start + len(piece.text)])
            if text[start : start + len(piece.text)] != piece.text or not free:
                wrong.append(line)
                break
            covered[start : start + len(piece.text)] = piece.text
        else:
            if "".join("".join(covered).split()) != "".join(text.split()):
                wrong.append(line)
    return wrong
