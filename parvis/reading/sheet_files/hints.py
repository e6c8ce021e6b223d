"""Forms that print an instruction in italics under each label, above what people type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from parvis.reading.sheet_files.drafts import LabelledValues, Value

_AGAIN: Final = 2


def without_hints(entries: Sequence[LabelledValues]) -> list[LabelledValues]:
    """The entries, the italics first under their label set aside where two labels at least have upright words below."""
    led = [entry for entry in entries if 0 < len(_italics(entry.values)) < len(entry.values)]
    for entry in entries if len(led) >= _AGAIN else ():
        hints = _italics(entry.values)
        entry.aside += [value.piece for value in hints]
        entry.values = entry.values[len(hints) :]
    return list(entries)


def _italics(values: Iterable[Value]) -> list[Value]:
    """The values in italics before the first that is not, money left out."""
    return list(takewhile(lambda value: value.bit.italic and not value.row, values))
