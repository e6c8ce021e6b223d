"""The quadrant awareness × appreciation, placed on a square ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.insight.opinions import quadrant
from parvis.sheets.results import SheetResults

SIDE = 300
MARGIN = 44


@dataclass(frozen=True, slots=True)
class Dot:
    """A sheet on the square, in user units. `label` is its number; sheets at one place share a dot."""

    x: float
    y: float
    label: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quadrant:
    """`absent` are the sheets that nobody can place yet."""

    dots: tuple[Dot, ...]
    absent: tuple[str, ...]


def place_sheets(rows: tuple[SheetResults, ...]) -> Quadrant:
    """Awareness to the right, appreciation upwards."""
    by_code = {row.code: row for row in rows}
    places: dict[tuple[float, float], list[SheetResults]] = {}
    for point in quadrant([row.figures for row in rows]):
        where = (round(MARGIN + point.awareness * SIDE, 1), round(MARGIN / 2 + (1 - point.appreciation) * SIDE, 1))
        places.setdefault(where, []).append(by_code.pop(point.sheet))
    return Quadrant(
        dots=tuple(
            Dot(x, y, _numbers(sheets), tuple(f"{row.number}. {row.title}" for row in sheets))
            for (x, y), sheets in sorted(places.items())
        ),
        absent=tuple(row.title for row in by_code.values()),
    )


def _numbers(sheets: list[SheetResults]) -> str:
    shown = ", ".join(str(row.number) for row in sheets[:3])
    return shown if len(sheets) <= 3 else f"{shown}…"
