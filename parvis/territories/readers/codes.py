"""Official codes as files write them: QPVs, communes, agglomérations; and names that lost a letter on the way."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from parvis.core.text import fold

_QPV: Final = re.compile(r"Q[NP][0-9][0-9AB][0-9]{3}[0-9A-Z]")
_TOWN: Final = re.compile(r"[0-9][0-9AB][0-9]{3}")
_SIREN: Final = re.compile(r"[0-9]{9}")
_SEPARATORS: Final = re.compile(r"\s*[,;|/]\s*")

# « Cur d'Essonne », « Champ De Manuvre »: the œ fell out of these words when the file was written.
_LOST_OE: Final = re.compile(r"\b(?:Curs?|Manuvres?|Uvres?|Nuds?|Bufs?|Vux|Churs?|Surs)\b", re.IGNORECASE)
_DAMAGED: Final = re.compile(rf"{_LOST_OE.pattern}|[\ufffd\u0080-\u009f]|Ã.|Å.", re.IGNORECASE)


def split_list(cell: str) -> list[str]:
    """The codes or names that one cell lists."""
    return [part for part in _SEPARATORS.split(cell) if part]


def qpv_code(cell: str) -> str | None:
    """The code of a QPV (QN09106M, QP091001), or None."""
    code = cell.upper().replace(" ", "")
    return code if _QPV.fullmatch(code) else None


def town_code(cell: str) -> str | None:
    """The INSEE code of a commune; a first zero that a spreadsheet ate is given back."""
    code = cell.upper().replace(" ", "")
    if len(code) == 4 and code.isdigit():
        code = f"0{code}"
    return code if _TOWN.fullmatch(code) else None


def siren(cell: str) -> str | None:
    """The SIREN of an agglomération, or None."""
    code = cell.replace(" ", "")
    return code if _SIREN.fullmatch(code) else None


def looks_damaged(name: str) -> bool:
    """Whether letters seem to have been lost: the name is kept as it came, and shown to the agent."""
    return _DAMAGED.search(name) is not None


def with_ligature(name: str, words: Collection[str]) -> str:
    """`name` with its œ put back in the words that lost it, when the word it makes is one of `words`, folded.

    >>> with_ligature("CA Cur d'Essonne", ["coeur", "d", "essonne"])
    "CA Cœur d'Essonne"
    """

    def mended(match: re.Match[str]) -> str:
        word, place = match[0], match[0].lower().index("u")
        ligature, rest = ("Œ", word[place:]) if word[place].isupper() else ("œ", word[place:])
        if ligature == "Œ" and not word.isupper():
            rest = rest[0].lower() + rest[1:]
        whole = word[:place] + ligature + rest
        return whole if fold(whole) in words else word

    return _LOST_OE.sub(mended, name)
