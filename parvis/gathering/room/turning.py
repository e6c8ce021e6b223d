"""Pages of the projected screen that turn by themselves: which one it shows at a moment. Pure.

The page follows from the clock: a screen, another one beside it and the facilitator's page agree without telling each
other anything, and a page that is read again shows the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

Item = TypeVar("Item")
TURN_SECONDS: Final = 12


@dataclass(frozen=True, slots=True)
class Turning:
    """`count` pages, at least one; the page `start` was shown at `since`, and is held when there is no such moment."""

    count: int
    start: int
    since: datetime.datetime | None

    def page_at(self, moment: datetime.datetime) -> int:
        """The page shown at `moment`, the first being 0."""
        if self.since is None:
            return min(self.start, self.count - 1)
        turns = max(0, int((moment - self.since).total_seconds() // TURN_SECONDS))
        return (self.start + turns) % self.count


def in_pages(items: Sequence[Item], most: int) -> tuple[tuple[Item, ...], ...]:
    """The items, `most` to a page."""
    return tuple(tuple(items[first : first + most]) for first in range(0, len(items), most))
