"""Papers of a room: invitation, agenda, signs, cards… as frozen blocks that a PDF and a Word file show alike."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["title", "heading", "lead", "body", "small", "big", "huge", "code"]
Align: TypeAlias = Literal["start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `alt` is read aloud."""

    data: bytes
    format: Literal["png", "jpeg", "svg"]
    alt: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; its line breaks are kept. `kind` gives it the colour of a défi, of an atout, of a proposition."""

    text: str
    style: Style = "body"
    align: Align = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, one point each; `box` puts a box to tick before them."""

    points: tuple[str, ...]
    box: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head repeats on each page. `widths` in cm, one a column; `row_cm` is the least height of a row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    row_cm: float = 0.0

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows) or len(self.widths) != len(self.head):
            raise ValueError("each row and the widths have one value a column")


@dataclass(frozen=True, slots=True)
class Cards:
    """A page of blank cards to cut out: `columns` × `lines`, each with the sign and the word of its kind."""

    kind: str
    label: str
    hint: str
    columns: int = 2
    lines: int = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture on a line of its own."""

    image: Image
    width_cm: float
    align: Align = "start"


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns without a border. `right_cm` is the width of the second."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    right_cm: float


@dataclass(frozen=True, slots=True)
class Space:
    """Blank, in cm."""

    cm: float


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts a page."""


Block: TypeAlias = Words | Items | Grid | Cards | Figure | Beside | Space | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `logo` and `authority` stand at the head of each page, `footer` at its foot."""

    title: str
    blocks: tuple[Block, ...]
    authority: str
    made_on: datetime.date
    logo: Image | None = None
    footer: str = ""
    size: Literal["a4", "a3"] = "a4"
    landscape: bool = False

    @property
    def scale(self) -> float:
        """How much larger than on a desk the words are: what hangs on a wall is read from afar."""
        return 1.7 if self.size == "a3" else 1.0

    @property
    def sides_cm(self) -> tuple[float, float]:
        """Width and height of the page."""
        short, long = (21.0, 29.7) if self.size == "a4" else (29.7, 42.0)
        return (long, short) if self.landscape else (short, long)


MARGIN_CM = 1.8
"""Around each page; the head and the foot stand inside."""


def qr_image(address: str, alt: str) -> Image:
    """An address as squares."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, light="#fff")
    return Image(out.getvalue(), "svg", alt)
