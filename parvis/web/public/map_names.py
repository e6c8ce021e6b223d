"""Where the names of a map are written: each under its place or over it, none over another, all inside the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

SIZE: Final = 15.0
"""Height of the letters, in units of the drawing."""
_LETTER: Final = 7.9
"""Width of a letter, the widest words counted: a name that is thought too long is only written elsewhere."""
_GAP: Final = 3.0


class Spot(NamedTuple):
    """The middle of a place, the radius of what is drawn there, and its name."""

    x: float
    y: float
    radius: float
    name: str


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )  # fmt: skip


def place_names(spots: Iterable[Spot], width: float, height: float) -> list[tuple[float, float]] | None:
    """For each spot, the middle of the foot of its name. None when one finds no room: such a map would not be read."""
    listed = list(spots)
    discs = [_Box(x - r, y - r, x + r, y + r) for x, y, r, _ in listed]
    taken: list[_Box] = []
    feet: list[tuple[float, float]] = []
    for rank, spot in enumerate(listed):
        others = taken + discs[:rank] + discs[rank + 1 :]
        half = len(spot.name) * _LETTER / 2
        x = min(max(spot.x, half), width - half)
        below = spot.y + max(spot.radius, _GAP) + SIZE
        for foot in (below, spot.y - max(spot.radius, _GAP) - _GAP):
            box = _Box(x - half, foot - SIZE, x + half, foot + _GAP)
            inside = box.left >= 0 and box.top >= 0 and box.right <= width and box.bottom <= height
            if inside and not any(box.meets(other) for other in others):
                break
        else:
            return None
        taken.append(box)
        feet.append((round(x, 1), round(foot, 1)))
    return feet
