"""How much a text reads like French, by its letters beyond ASCII: which of several encodings a file was written in.

A letter read in the wrong encoding is one that French does not have (« C†UR »), or in the wrong case, or
where French never puts it: names of places are short, often in capitals, and may hold one accent only.
"""

from __future__ import annotations

import re
from typing import Final

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_LETTERS: Final = {"é": 4, "è": 3, "ê": 3, "à": 3, "ç": 3, "ô": 3, "î": 3, "â": 3, "û": 2, "ù": 2, "ë": 2, "ï": 2,
                   "ü": 2, "ÿ": 1, "œ": 3, "æ": 1}  # fmt: skip
_AFTER_OE: Final = frozenset("uinsdcvtf")
_AFTER_CEDILLA: Final = frozenset("aouâôû")
_SIGNS: Final = frozenset("’‘“”«»–—…€°·•²\u00a0")
_OPENING, _CLOSING = frozenset("«“"), frozenset("»”…")
_WRONG: Final = -4


def how_french(text: str) -> int:
    """The greater, the better; 0 for a text in plain ASCII."""
    places = (seen.start() for seen in _BEYOND_ASCII.finditer(text))
    return sum(_worth(text[max(0, place - 2) : place], text[place], text[place + 1 : place + 2]) for place in places)


def _worth(start: str, letter: str, after: str) -> int:
    """Of one letter between the two that come before it (fewer at the beginning) and the one that follows."""
    before = start[-1:]
    if letter in _SIGNS:
        misplaced = (letter in _OPENING and before.isalpha()) or (letter in _CLOSING and after.isalpha())
        return 0 if misplaced else 1
    worth = _LETTERS.get(letter.lower())
    if worth is None:
        return _WRONG
    if _wrong_case(start, letter, after) or _wrong_place(before.lower(), letter.lower(), after.lower()):
        return -1
    return worth


def _wrong_case(start: str, letter: str, after: str) -> bool:
    """A capital after a small letter; a small one among capitals, or before one at the head of a word."""
    before = start[-1:]
    if letter.isupper():
        return before.islower()
    among_capitals = before.isupper() and (after.isupper() or (len(start) > 1 and start.isalpha() and start.isupper()))
    return among_capitals or (after.isupper() and not before.isalpha())


def _wrong_place(before: str, letter: str, after: str) -> bool:
    if letter == "œ":
        return after not in _AFTER_OE
    if letter == "à":
        return after.isalpha()  # « à », « là », « déjà »
    if letter == "ù":
        return before != "o"  # « où »
    if letter == "ç":
        return after not in _AFTER_CEDILLA
    return letter in "îêâôû" and after == "u" and before != "e"
