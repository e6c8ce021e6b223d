"""Whole numbers between two bounds, and how a group split in two may be told so that no member's side follows.

Someone in the group knows her own side, knows this method, and may know who answered. A split of `total` into `part`
and the rest is exact when both hold 3 at least: a side of 0 tells on everyone, a side of 1 lets its only member know
the others, and a side of 2 is told with 0 and 1, that would otherwise have nothing to be mistaken for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEAST_EXACT: Final = 3
_SMALL: Final = LEAST_EXACT - 1


@dataclass(frozen=True, slots=True, order=True)
class Bounds:
    """Between `low` and `high`, both included."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def __add__(self, other: Bounds) -> Bounds:
        """Of two groups that share nobody."""
        return Bounds(self.low + other.low, self.high + other.high)

    def of(self, total: int) -> Bounds:
        """What is left of `total`."""
        return Bounds(total - self.high, total - self.low)


NOBODY: Final = Bounds(0, 0)


def exactly(count: int) -> Bounds:
    return Bounds(count, count)


def split(part: int, total: int) -> Bounds:
    """How many of `total` are on one side, as it may be told. The other side is `split(part, total).of(total)`.

    >>> split(7, 12), split(11, 12), split(1, 12), split(2, 4)
    (Bounds(low=7, high=7), Bounds(low=10, high=12), Bounds(low=0, high=2), Bounds(low=0, high=4))
    """
    if total < 2 * LEAST_EXACT - 1:
        return Bounds(0, total)
    if part <= _SMALL:
        return Bounds(0, _SMALL)
    if part >= total - _SMALL:
        return Bounds(total - _SMALL, total)
    return exactly(part)
