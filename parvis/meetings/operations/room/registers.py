"""What a room keeps the last intention of: marks, dots, people counted, titles of families."""

from __future__ import annotations

import uuid
from typing import Final

from parvis.consultations.latest_intention import Registers
from parvis.meetings.enums import MarkField
from parvis.meetings.models import Board, Dot, Family, Headcount, Mark

_MARKS: Final = Registers(Mark, ("board", "reference", "field"), {"stamp": ("value",)})
DOTS: Final = Registers(Dot, ("board", "participant", "target"), {"stamp": ("count",)})
HEADCOUNTS: Final = Registers(Headcount, ("board", "participant", "key"), {"stamp": ("organisation", "people")})
TITLES: Final = Registers(Family, ("board", "reference"), {"title_stamp": ("title",)})


def mark(board: Board, field: MarkField, value: str, stamp: str, *references: uuid.UUID) -> None:
    """Set one register of notes or of families."""
    _MARKS.write([
        Mark(board=board, reference=reference, field=field, value=value, stamp=stamp) for reference in references
    ])  # fmt: skip
