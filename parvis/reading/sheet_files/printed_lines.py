"""Lines outside tables, or those of a cell that holds labels of its own → tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.heads import head_end
from parvis.reading.sheet_files.inline_labels import parted
from parvis.reading.sheet_files.label_match import is_section, numbering
from parvis.reading.sheet_files.label_shapes import LabelShapes
from parvis.reading.sheet_files.tokens import Token

_SHORT: Final = 20


def printed(bits: Sequence[Bit], shapes: LabelShapes) -> Iterator[Token]:
    """Labels and values in order, by how the labels of the document are set."""
    tabbed, waiting, line = False, False, (0, 0)
    for bit, mark in parted(bits):
        if mark:
            yield Token("aside", bit)
            continue
        here = (bit.piece.line, bit.printed)
        if bit.alone or here != line:
            tabbed, waiting = False, False
        line = here
        if waiting and not bit.alone:
            yield Token("value", bit)
            waiting = False
            continue
        label = shapes.label(bit, beside=tabbed)
        head = head_end(bit)
        if head and (label is None or label.rank or label.name in ("other", "title")):
            yield Token("head", bit, end=head)
        elif label is not None:
            yield Token("label", bit, label)
            if label.end < len(bit.text):
                yield Token("value", bit, end=label.end)
            waiting = label.end >= len(bit.text) and not bit.alone
            tabbed = not bit.alone
        elif is_section(bit.text) and bit.alone and _is_set_apart(bit):
            yield Token("section", bit)
        else:
            yield Token("value", bit)


def _is_set_apart(bit: Bit) -> bool:
    return bit.strong or bit.caps or bit.heading > 0 or numbering(bit.text) > 0 or len(bit.text) < _SHORT
