"""The quadrant of the committees: each action is a box, as wide and as high as what may be told of it is in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from parvis.gathering.results.for_committees import CommitteeSheet
from parvis.gathering.results.published import PublishedSheet
from parvis.insight.shown import Appreciation
from parvis.web.desk.results.quadrant import MARGIN, SIDE

_LEAST: Final = 14
"""User units of a box that is sure on both sides: its number is still read."""


@dataclass(frozen=True, slots=True)
class Box:
    """Its place and size in user units, the `label` in its middle and its `title`: of every action that it covers."""

    x: int
    y: int
    width: int
    height: int
    label: str
    title: str

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


def place_boxes(sheets: Iterable[CommitteeSheet]) -> tuple[Box, ...]:
    """Awareness to the right, appreciation upwards; the actions of which both are told."""
    places: dict[tuple[int, int, int, int], list[PublishedSheet]] = {}
    for sheet in sheets:
        shown = sheet.results.shown
        if shown.awareness is not None and shown.appreciation is not None:
            knows, answered = shown.awareness.knows, shown.awareness.answered
            left, width = _span(knows.low / answered, knows.high / answered)
            bottom, height = _span(*_liked(shown.appreciation))
            top = round(MARGIN / 2) + SIDE - bottom - height
            places.setdefault((MARGIN + left, top, width, height), []).append(sheet.results)
    return tuple(
        Box(
            *place,
            label=", ".join(str(sheet.number) for sheet in same),
            title=" ; ".join(f"{sheet.number}. {sheet.title}" for sheet in same),
        )
        for place, same in places.items()
    )


def _liked(appreciation: Appreciation) -> tuple[float, float]:
    """Bounds of the share of *à conforter* among those who are on a side."""
    support, rework = appreciation.to_support, appreciation.to_rework
    return support.low / max(1, support.low + rework.high), support.high / max(1, support.high + rework.low)


def _span(low: float, high: float) -> tuple[int, int]:
    """Start and length on a side of the square, never under `_LEAST`, never beyond the square."""
    length = max(_LEAST, round((high - low) * SIDE))
    start = round((low + high) / 2 * SIDE - length / 2)
    return max(0, min(start, SIDE - length)), length
