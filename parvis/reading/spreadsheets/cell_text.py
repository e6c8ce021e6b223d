"""The value of a cell as plain text: numbers as a person would type them, dates in ISO, nothing that does not show."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from parvis.reading.decoding import without_controls
from parvis.reading.spreadsheets.limits import MAX_CELL

Note = Literal["", "error", "cut", "rounded", "uncached"]

# Control characters but tab and new line; then signs that show nothing and break comparisons: zero-width ones, those
# that turn the direction of writing (address books put them around telephone numbers), lone surrogates.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_BREAKS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_ERROR: Final = re.compile(
    r"#(?:REF|NOM|NAME|VALEUR|VALUE|NOMBRE|NUM|NUL|NULL|DIV/0|EPARS|SPILL|PROPAGATION|CALC|CALCUL|CHAMP|FIELD|BLOQU[EÉ]"
    r"|BLOCKED|CONNECT|INCONNU|UNKNOWN)!|#N/?A|#(?:NOM|NAME|CHAMP)\?|#GETTING_DATA|(?:Err|Erreur) ?: ?5\d\d"
)
_WHOLE: Final = re.compile(r"-?[0-9]{1,400}")
_SCIENTIFIC: Final = re.compile(r"([0-9])(?:[.,]([0-9]{1,20}))?[eE]\+?([0-9]{1,2})")
# 'Les Amonts' (quartier): a quotation that closes is one; an opening sign alone is a spreadsheet's mark of text.
_QUOTATION: Final = re.compile(r"'[^'=+@|%-][^']{0,200}'(?!\w)")
_MOST_DIGITS: Final = 1e21
_MANY_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and what to warn of."""

    text: str
    note: Note = ""


EMPTY: Final = Cell("")
ERROR: Final = Cell("", "error")
UNCACHED: Final = Cell("", "uncached")


def clean(text: str) -> Cell:
    """The text of a cell without what does not show, cut if it is beyond measure."""
    if not text or text.isspace():
        return EMPTY
    if not (text.isascii() and text.isprintable()):
        text = _UNSEEN.sub("", without_controls(_BREAKS.sub("\n", text)))
    text = text.strip()
    if text[:1] == "'" and not _QUOTATION.match(text):
        text = text[1:].lstrip()
    if len(text) > MAX_CELL:
        return Cell(text[:MAX_CELL], "cut")
    if text[:1] in ("#", "E") and len(text) <= 16 and _ERROR.fullmatch(text):
        return ERROR
    if match := _SCIENTIFIC.fullmatch(text):
        return _unfold(text, *match.groups())
    return Cell(text)


def _unfold(text: str, first: str, rest: str | None, power: str) -> Cell:
    """1.2345678901234E13 holds all its digits and is given back; 1,23457E+13 has lost some, for good."""
    digits, size = rest or "", int(power)
    if size < _MANY_DIGITS:
        return Cell(text)
    return Cell(first + digits) if len(digits) == size else Cell(text, "rounded")


def plain_number(text: str) -> str:
    """A number of a spreadsheet as a person would type it; a text that is none comes back as it is.

    >>> plain_number("1.2345678901234E13"), plain_number("12.0"), plain_number("0.10000000000000001")
    ('12345678901234', '12', '0.1')
    """
    if _WHOLE.fullmatch(text):
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    if value.is_integer():
        return str(int(value)) if abs(value) < _MOST_DIGITS else repr(value)
    # Spreadsheets keep 15 digits: the sixteenth is the noise of binary numbers.
    return format(Decimal(repr(float(f"{value:.15g}"))), "f")


def plain_date(text: str) -> str:
    """An ISO date without an hour that is midnight, nor seconds that are none.

    >>> plain_date("2024-05-03T00:00:00"), plain_date("2024-05-03T14:30:00")
    ('2024-05-03', '2024-05-03T14:30')
    """
    day, _, hour = text.strip().removesuffix("Z").partition("T")
    hour = re.sub(r"\.\d{0,9}$", "", hour)
    if not hour or hour == "00:00:00":
        return day
    return f"{day}T{hour.removesuffix(':00') if hour.count(':') == 2 else hour}"


def plain_truth(value: bool) -> str:
    return "oui" if value else "non"
