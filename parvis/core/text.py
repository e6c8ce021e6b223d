"""Texts compared without case or accents, since SQLite folds neither beyond ASCII.

The pure packages (`parvis.reading`, `parvis.insight`) import this module, so it imports nothing of Parvis.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LIGATURES: Final = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_SPACES: Final = re.compile(r"[\W_]+")


def without_accents(text: str) -> str:
    """`text` in lower case, without accents, ligatures opened; its punctuation and its blanks stay.

    >>> without_accents("Où ? À l’Œuvre !")
    'ou ? a l’oeuvre !'
    """
    if text.isascii():
        return text.lower()
    for ligature, letters in _LIGATURES:
        text = text.replace(ligature, letters)
    decomposed = unicodedata.normalize("NFKD", text)
    return _BEYOND_ASCII.sub(_without_marks, decomposed).casefold()


def _without_marks(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if not unicodedata.combining(char))


def fold(text: str) -> str:
    """The key by which texts are searched and ordered: no case, accent or punctuation, words parted by one space.

    >>> fold("  Éducation / Parentalité : l’œuvre ")
    'education parentalite l oeuvre'
    """
    return _SPACES.sub(" ", without_accents(text)).strip()
