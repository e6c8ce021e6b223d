"""Several labels on one line, « Lieu : X - Date : Y »: parted where a known one begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import find_label
from parvis.reading.sheet_files.model import FieldName

_WINDOW: Final = 160
# What parts two labels of a line.
_BETWEEN: Final = re.compile(r"\s+[/–—-]\s+|\s*;\s+|(?<=\S)[.!]\s+(?=[A-ZÉÀ])|\s{3,}")
_LONG_VALUES: Final[frozenset[FieldName]] = frozenset({"text", "summary", "other"})
_MONEY: Final[frozenset[FieldName]] = frozenset({"budget", "funding"})
_PAYERS: Final[frozenset[FieldName]] = frozenset({"territories", "partners", "lead", "themes"})


def parted(bits: Sequence[Bit]) -> Iterator[tuple[Bit, bool]]:
    """The same bits, parted where a known label begins after another: « Lieu : X - Date : Y »; true for what parts."""
    for bit in bits:
        label = find_label(bit)
        start = 0
        if label is not None and label.shape.kind == "colon" and label.name not in _LONG_VALUES:
            for match in _BETWEEN.finditer(bit.text, label.end):
                following = _part(bit, match.end(), match.end() + _WINDOW)
                named = find_label(following)
                # « Budget : Ville : 500 € / CAF : 300 € » says who pays.
                payer = label.name in _MONEY and named is not None and named.name in _PAYERS
                if named is None or named.shape.kind != "colon" or named.end >= len(following.text) or payer:
                    continue
                yield _part(bit, start, match.start()), False
                if match.group().strip():
                    yield _part(bit, match.start(), match.end()), True
                start = match.end()
        yield (_part(bit, start, None) if start else bit), False


def _part(bit: Bit, start: int, end: int | None) -> Bit:
    piece = bit.cut(start, end)
    return replace(bit, piece=piece or bit.piece, lead=0 if start else bit.lead, alone=False)
