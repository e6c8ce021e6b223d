"""What a file is read into before its sheets are told apart: labels, values, heads of sheets, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import Label, Shape
from parvis.reading.sheet_files.model import Piece
from parvis.reading.sheet_files.ranks import SUB

Kind = Literal["label", "value", "aside", "head", "title", "section", "row", "action", "close", "form"]

COLUMNS: Final = -1
NOWHERE: Final = Bit(Piece(0, 0, ""))
FUNDING: Final = Label("funding", 1, 0, Shape("money"))
TOTAL: Final = Label("budget", SUB, 0, Shape("money"))


@dataclass(frozen=True, slots=True)
class Token:
    """`row` joins the cells of a line of money, and the kind `row` begins a sheet written in a row; it is `COLUMNS` for
    what the other columns of a list say. The kind `form` begins a form that the file holds again.

    `end` is where the value begins in a head.
    """

    kind: Kind
    bit: Bit
    label: Label | None = None
    row: int = 0
    end: int = 0
