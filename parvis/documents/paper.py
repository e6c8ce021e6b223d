"""Papers to print: letters, booklets, posters, signs, cards… as frozen blocks that a PDF and a Word file show alike."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Style: TypeAlias = Literal[
    "title", "chapter", "section", "heading", "lead", "body", "label", "small", "big", "huge", "code"
]
Align: TypeAlias = Literal["start", "center", "end"]

HEAVY_PAPER: Final = "Ce document est trop lourd à écrire : imprimez-en moins à la fois, ou allégez ses images."


@dataclass(frozen=True, slots=True)
class Image:
    """A picture. `alt` is read aloud."""

    data: bytes
    format: Literal["png", "jpeg", "svg"]
    alt: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; its line breaks are kept. `kind`: the sign and the colour of a défi, an atout, a proposition.

    `chapter` and `section` are the two levels that a `Contents` lists.
    """

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
class Contents:
    """The chapters and sections of the paper, with their pages."""

    title: str = "Sommaire"


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, a line each."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Boxes to tick, in columns, read column by column."""

    options: tuple[str, ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Lines:
    """`count` lines to write on, under what they are for."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture on a line of its own, never higher than `height_cm` when it is given."""

    image: Image
    width_cm: float
    align: Align = "start"
    height_cm: float | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """Blocks that hold in `height_cm`: the printer makes them smaller until they do. Word lets them grow."""

    blocks: tuple[Block, ...]
    height_cm: float


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that no page parts, unless they are longer than one."""

    blocks: tuple[Block, ...]


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


Block: TypeAlias = (
    Words | Items | Grid | Cards | Contents | Facts | Choices | Lines | Figure | Fitted | Together | Beside | Space
    | NewPage
)  # fmt: skip


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
    numbered: bool = True

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
    """An address as squares: a small PNG, sharp on a poster too."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=_QR_SCALE, border=_QR_BORDER)
    return Image(out.getvalue(), "png", alt)


_QR_SCALE = 12  # dots a square: sharp at 12 cm, light in a file of two hundred
_QR_BORDER = 2


def in_columns(options: tuple[str, ...], columns: int) -> list[tuple[str, ...]]:
    """The options read column by column, as even as can be."""
    most = -(-len(options) // columns)
    return [options[start : start + most] for start in range(0, len(options), most)]
