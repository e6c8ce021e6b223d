"""The title of a part of a file, « Axe 2 – Emploi », which is the theme of the actions below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import Label, Shape
from parvis.reading.sheet_files.ranks import GUESSED, UNFORESEEN
from parvis.reading.sheet_files.tokens import NOWHERE, Token

PART: Final = re.compile(
    r"(?:axe|pilier|volet|thématique|thème|priorité|orientation)(?:\s+(?:stratégique|thématique|prioritaire))?\s*(?:n\s?°\s*)?"
    r"[\dIVX]*\s*[:.–—-]\s*(?=\S)",
    re.IGNORECASE,
)
"""How the title of a part names a theme."""


_QUARTER: Final = re.compile(r"(?:QPV|quartiers?)\b", re.IGNORECASE)


def field_of_part(texts: Sequence[str]) -> Literal["territories", "themes"]:
    """What the title of a part says of the actions below it: where they are, or their theme."""
    return "territories" if any(map(_QUARTER.match, texts)) else "themes"


def theme_tokens(bit: Bit, rank: int) -> Iterator[Token]:
    """The title of a part as a theme, its number being the label; « QPV Les Cerisaies » is where its actions are."""
    if field_of_part([bit.text]) == "territories":
        yield from (Token("label", NOWHERE, Label("territories", GUESSED, 0, Shape("cell"))), Token("value", bit))
        yield Token("close", NOWHERE)
        return
    match = PART.match(bit.text)
    end = match.end() if match else 0
    if end:
        yield Token("label", bit, Label("themes", rank, end, Shape("line")))
    else:
        yield Token("label", NOWHERE, Label("themes", UNFORESEEN, 0, Shape("cell")))
    yield Token("value", bit, end=end)
    yield Token("close", NOWHERE)
