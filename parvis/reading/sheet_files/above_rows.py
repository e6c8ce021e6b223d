"""What a line above a table says of each of its actions: « Organisme : X – Quartier prioritaire : Y »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.bits import copied
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.ranks import GUESSED

_SAID_OF_ALL: Final[tuple[FieldName, ...]] = ("lead", "territories")
_LONGEST: Final = 120


def give_to_rows(drafts: Sequence[Draft], sheets: Sequence[Draft]) -> None:
    """Gives each row what the lines above them say, to be checked; `relabel` drops it where a column says it."""
    above = drafts[0]
    if above.row or (sheets and sheets[0] is above):
        return
    said = [entry for entry in above.entries if entry.name in _SAID_OF_ALL and _is_short(entry)]
    for sheet in sheets:
        sheet.entries += [_copy(entry) for entry in said if sheet.row]


def _is_short(entry: LabelledValues) -> bool:
    """Whether a known label has one short value; « Logements : 612 », on its line, is none of it."""
    texts = [value.piece.text for value in entry.values]
    beside = all(" :" in text for text in texts[1:])
    return entry.rank < GUESSED and bool(texts) and len(texts[0]) <= _LONGEST and beside


def _copy(entry: LabelledValues) -> LabelledValues:
    bit = copied(entry.values[0].bit)
    return LabelledValues(entry.name, GUESSED, values=[Value(bit, bit.piece)], weak=True)
