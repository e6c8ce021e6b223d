"""Blocks of an office file → the bits that labels and values are read from: stretches of a line between tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from parvis.reading.formats.office_blocks import Letters, Mark, Paragraph
from parvis.reading.sheet_files.model import Piece

_BULLET: Final = re.compile(r"(?:[-–—•▪◦●○■►➢➔→✓*·]|o(?=\s))\s+|[•▪●►➢]")
BOXES: Final = re.compile(r"[☐☑☒□■▢▣✔✅⬜🗹🗷☓✗]|\[\s?[xX✓]?\s?\]")
# A bar between blanks ends a stretch, as a tab does, and stays with it.
_PARTED: Final = re.compile(r"(?:(?!\s\|\s)[^\t])+(?:\s\|(?=\s))?")
_PROSE_WORDS: Final = 8
_LETTERS: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a source line with how it is set.

    strong   all of it is bold or underlined; `lead` is how long its strong beginning is when it is not.
    listed   an item of a list, a bullet typed by hand included; `ordinal` when the list prints a number.
    alone    nothing else stands in its line; `printed` is the rank of that line in its paragraph.
    row      the row it is in, of a table inside a cell; 0 elsewhere.
    """

    piece: Piece
    strong: bool = False
    italic: bool = False
    hint: bool = False
    lead: int = 0
    heading: int = 0
    title: bool = False
    listed: bool = False
    ordinal: bool = False
    alone: bool = True
    printed: int = 0
    row: int = 0

    @property
    def text(self) -> str:
        return self.piece.text

    @property
    def caps(self) -> bool:
        """Written in capital letters, but for what is in brackets."""
        letters = _LETTERS.findall(re.sub(r"\([^)]*\)?", "", self.text))
        return len(letters) > 2 and all(not letter.islower() for letter in letters)

    def cut(self, start: int, end: int | None = None) -> Piece | None:
        """A part of it, stripped; None when nothing is there."""
        return cut(self.piece, start, end)


def cut(piece: Piece, start: int, end: int | None = None) -> Piece | None:
    """A part of a piece, stripped; None when nothing is there."""
    part = piece.text[start:end]
    text = part.strip()
    if not text:
        return None
    return Piece(piece.line, piece.column + start + len(part) - len(part.lstrip()), text)


def copied(bit: Bit) -> Bit:
    """The same words out of their place: written once in the file, they hold for several sheets."""
    return replace(bit, piece=replace(bit.piece, line=0))


def bits_of(paragraph: Paragraph, line: int) -> list[Bit]:
    """The bits of a paragraph, whose inner breaks part it in as many printed lines."""
    marks = _marks_by_sign(paragraph.letters, paragraph)
    bits: list[Bit] = []
    start = 0
    for rank, printed in enumerate(paragraph.text.split("\n")):
        parts = [part for part in _PARTED.finditer(printed) if part.group().strip()]
        for part in parts:
            text = part.group()
            first = start + part.start() + len(text) - len(text.lstrip())
            text = text.strip()
            set_in = [mark for sign, mark in zip(text, marks[first : first + len(text)], strict=True) if sign.strip()]
            bits.append(_bit(Piece(line, first + 1, text), set_in, paragraph, rank, len(parts) == 1))
        start += len(printed) + 1
    return bits


def _marks_by_sign(letters: tuple[Letters, ...], paragraph: Paragraph) -> list[Mark]:
    """How each character is set."""
    if not letters:
        return [Mark.BOLD if paragraph.bold else Mark.PLAIN] * len(paragraph.text)
    return [mark for text, mark in letters for _ in text]


def _bit(piece: Piece, marks: list[Mark], paragraph: Paragraph, printed: int, alone: bool) -> Bit:
    first = printed == 0
    heavy = [bool(mark & (Mark.BOLD | Mark.UNDERLINED)) for mark in marks]
    strong = all(heavy)
    return Bit(
        piece,
        strong=strong,
        italic=all(Mark.ITALIC in mark for mark in marks),
        hint=all(Mark.HINT in mark for mark in marks),
        lead=0 if strong else _lead(piece.text, heavy),
        heading=paragraph.heading if first else 0,
        title=paragraph.title,
        listed=bool(paragraph.depth and first and paragraph.label is None) or _BULLET.match(piece.text) is not None,
        ordinal=bool(paragraph.depth and first and paragraph.label is not None),
        alone=alone,
        printed=printed,
        row=paragraph.row,
    )


def _lead(text: str, heavy: list[bool]) -> int:
    """Where the strong beginning of a text ends, its blanks included."""
    rank = 0
    for place, sign in enumerate(text):
        if sign.strip():
            if not heavy[rank]:
                return place
            rank += 1
    return len(text)


def bare(text: str) -> str:
    """A text without the bullet typed before it."""
    match = _BULLET.match(text)
    return text[match.end() :].strip() if match else text


def is_prose(text: str) -> bool:
    """Whether a line is a sentence, and not a name or a figure.

    >>> is_prose("Elle intervient depuis dix ans auprès des personnes âgées."), is_prose("Ville de Massy.")
    (True, False)
    """
    return text.rstrip().endswith((".", "!", "?", "…")) and len(text.split()) >= _PROSE_WORDS
