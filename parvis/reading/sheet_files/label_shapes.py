"""How the labels of one document are set: learned from those that are known, it tells the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from parvis.reading.sheet_files.bits import Bit, is_prose
from parvis.reading.sheet_files.blank_lines import in_capitals_only, labels_follow_blanks
from parvis.reading.sheet_files.label_match import (
    NUMBERED,
    Label,
    Shape,
    asked,
    find_label,
    is_section,
    numbering,
    unforeseen,
    unknown_label,
)
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.ranks import UNFORESEEN

_LONGEST: Final = 60


class LabelShapes:
    """Learned from all the `bits` of a document.

    `firsts` are those that begin a line, `parted` the numbers of the lines below a blank one.
    """

    def __init__(self, bits: Sequence[Bit], firsts: Sequence[Bit], parted: frozenset[int]) -> None:
        self._parted = parted
        self._above_text = frozenset(bit.piece.line for bit, below in pairwise(firsts) if _names_text(bit, below))
        self._strong_values = False
        self._again = _said_again(bits)
        named: dict[Shape, set[FieldName]] = defaultdict(set)
        self._set_by_blanks = labels_follow_blanks(firsts, parted)
        for bit in bits:
            label = find_label(bit)
            if label is not None:
                named[label.shape].add(label.name)
                inside = label.end < len(bit.text) and label.shape.kind == "colon"
                self._strong_values = self._strong_values or (inside and bit.strong)
            question = asked(bit)
            if question is not None:
                named[question.shape].add(question.name)
                named[replace(question.shape, kind="line")].add(question.name)
        self._trusted = frozenset(shape for shape, names in named.items() if not shape.plain or len(names) >= 3)
        self._learned = frozenset(
            shape for shape, names in named.items() if len(names) >= (2 if shape.strong or shape.heading else 3)
        )

    def label(self, bit: Bit, *, beside: bool = False) -> Label | None:
        label = find_label(bit)
        if label is not None and (label.shape in self._trusted or beside or not bit.alone):
            return label
        if label is not None and (bit.piece.line in self._above_text or _is_numbered(bit)):
            return label
        if self._set_by_blanks and in_capitals_only(bit) and bit.piece.line not in self._parted:
            return None
        label = unknown_label(bit, self._learned)
        if label is not None and label.rank == UNFORESEEN and self._is_whole(bit, label):
            return None
        if label is None and bit.text in self._again and bit.alone and _is_set_apart(bit):
            return unforeseen(bit.text[numbering(bit.text) :], len(bit.text), Shape("line", bit.heading, bit.strong))
        if label is None and self._trusted and bit.alone:
            return asked(bit)  # « Qui êtes-vous ? », in strong letters among other labels
        return label

    def _is_whole(self, bit: Bit, label: Label) -> bool:
        """« Cap Alternance : vers l'entreprise », all of it set apart, where no known label has its value so."""
        inside = label.end < len(bit.text)
        return inside and (bit.heading > 0 or (bit.strong and not self._strong_values))


def _names_text(bit: Bit, below: Bit) -> bool:
    """« Présentation », alone above a sentence: a label that nothing sets apart."""
    label = find_label(bit)
    whole = label is not None and label.name in ("text", "summary") and label.end >= len(bit.text)
    return whole and bit.text[0].isupper() and not bit.listed and is_prose(below.text) and not below.listed


def _is_numbered(bit: Bit) -> bool:
    return NUMBERED.match(bit.text) is not None and not is_section(bit.text)


def _is_set_apart(bit: Bit) -> bool:
    return (bit.strong or bit.heading > 0) and len(bit.text) <= _LONGEST and not bit.text.endswith((".", ","))


def _said_again(bits: Sequence[Bit]) -> frozenset[str]:
    """The lines set apart that come again, each time above one that is not: labels, whatever they say."""
    pairs = pairwise(bits)
    times = Counter(bit.text for bit, below in pairs if _is_set_apart(bit) and not _is_set_apart(below))
    return frozenset(text for text, count in times.items() if count > 1 and not is_section(text))
