"""Documents whose labels nothing sets apart but capitals and the blank line above: « STRUCTURE », then its value.

Values in capitals look like labels there: the blank line tells them apart, when the known labels all have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import find_label

_FEW: Final = 4


def after_blank(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines above which one is blank, that of the first line included."""
    numbered = enumerate(zip(("", *lines), lines, strict=False), 1)
    return frozenset(number for number, (above, line) in numbered if line.strip() and not above.strip())


def in_capitals_only(bit: Bit) -> bool:
    """Whether capitals alone set a line apart."""
    return bit.caps and bit.alone and not (bit.strong or bit.heading or bit.title or bit.listed)


def labels_follow_blanks(lines: Iterable[Bit], parted: frozenset[int]) -> bool:
    """Whether the known labels in capitals stand under a blank line, but for one at most, below the title.

    `parted` are the lines that do.
    """
    known = [bit for bit in lines if in_capitals_only(bit) and _is_label(bit)]
    return len(known) >= _FEW and sum(bit.piece.line not in parted for bit in known) <= 1


def _is_label(bit: Bit) -> bool:
    label = find_label(bit)
    return label is not None and label.shape.kind == "line"
