"""The title of a part of a file, « Axe 2 – Emploi », which is the theme of the actions below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import Label, Shape
from parvis.reading.sheet_files.ranks import UNFORESEEN
from parvis.reading.sheet_files.tokens import NOWHERE, Token

PART: Final = re.compile(
    r"(?:axe|pilier|volet|thématique|thème|priorité|orientation)(?:\s+(?:stratégique|thématique|prioritaire))?\s*(?:n\s?°\s*)?"
    r"[\dIVX]*\s*[:.–—-]\s*(?=\S)",
    re.IGNORECASE,
)
"""How the title of a part names a theme."""


def theme_tokens(bit: Bit, rank: int) -> Iterator[Token]:
    """The title of a part as a theme, its number being the label."""
    match = PART.match(bit.text)
    end = match.end() if match else 0
    if end:
        yield Token("label", bit, Label("themes", rank, end, Shape("line")))
    else:
        yield Token("label", NOWHERE, Label("themes", UNFORESEEN, 0, Shape("cell")))
    yield Token("value", bit, end=end)
    yield Token("close", NOWHERE)
