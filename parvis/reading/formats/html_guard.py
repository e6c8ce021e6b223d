"""Pages made to exhaust a parser: refused by one linear scan, before any parser sees them.

Two shapes cost far more than their size: elements nested without end (quadratic time), and formatting left open, which
the HTML rules open again in each block that follows (memory).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.vocabulary import word_set

MAX_DEPTH: Final = 500
MAX_REOPENED: Final = 200_000

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_RAW: Final = re.compile(r"</(?:script|style|textarea|title)", re.IGNORECASE)
_RAW_NAMES: Final = word_set("script style textarea title")
_VOID: Final = word_set("area base br col embed hr img input link meta param source track wbr")
# Elements that the next of their kind closes, so that leaving them open is ordinary.
_CLOSED_BY_NEXT: Final = word_set("p li dt dd tr td th thead tbody tfoot option optgroup a rp rt colgroup")
_FORMATTING: Final = word_set("b big code em font i nobr s small strike strong tt u")


def check_markup(text: str) -> None:
    """Refuses a page nested or left open beyond measure. Over-counts rather than under-counts."""
    opened: Counter[str] = Counter()
    depth = formatting = reopened = position = 0
    while (match := _TAG.search(text, position)) is not None:
        position = match.end()
        name = match.group(2).lower()
        if name in _VOID:
            continue
        change = -1 if match.group(1) else 1
        if name in _RAW_NAMES:
            if change > 0:
                closing = _RAW.search(text, position)
                position = closing.end() if closing else len(text)
            continue
        if change > 0 and name not in _FORMATTING:
            reopened += formatting
        if name not in _CLOSED_BY_NEXT and (change > 0 or opened[name]):
            opened[name] += change
            depth += change
            formatting += change if name in _FORMATTING else 0
        if depth > MAX_DEPTH or reopened > MAX_REOPENED:
            raise RefusedInput(
                "Cette page est mal formée (balises jamais refermées) : copiez le texte du compte-rendu et collez-le."
            )
