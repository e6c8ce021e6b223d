"""Texts compared without case or accents, since SQLite folds neither beyond ASCII.

The pure packages (`parvis.reading`, `parvis.insight`) import this module, so it imports nothing of Parvis.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = {
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
}  # fmt: skip
"""What Unicode does not take apart: ligatures, and letters with a stroke, as people without them type them."""
_KNOWN_LETTERS: Final = re.compile(f"[{''.join(_LETTERS)}]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_SPACES: Final = re.compile(r"[\W_]+")


def without_accents(text: str) -> str:
    """`text` in lower case, without accents, ligatures opened; its punctuation and its blanks stay.

    >>> without_accents("Où ? À l’Œuvre, Łukasz !")
    'ou ? a l’oeuvre, lukasz !'
    """
    if text.isascii():
        return text.lower()
    text = _KNOWN_LETTERS.sub(_plain_letters, text)
    decomposed = unicodedata.normalize("NFKD", text)
    return _BEYOND_ASCII.sub(_without_marks, decomposed).casefold()


def _plain_letters(match: re.Match[str]) -> str:
    return _LETTERS[match[0]]


def _without_marks(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if not unicodedata.combining(char))


def fold(text: str) -> str:
    """The key by which texts are searched and ordered: no case, accent or punctuation, words parted by one space.

    >>> fold("  Éducation / Parentalité : l’œuvre ")
    'education parentalite l oeuvre'
    """
    return _SPACES.sub(" ", without_accents(text)).strip()
