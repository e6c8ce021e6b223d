"""What of the list must be drawn again after an action of the review: no more than what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parvis.meetings.queries import ReviewRow


@dataclass(frozen=True, slots=True)
class Swaps:
    """Rows to take away, rows to draw in place, and rows to insert under `anchor` (empty: at the head of the list)."""

    gone: list[str] = field(default_factory=list)
    redrawn: list[ReviewRow] = field(default_factory=list)
    inserted: list[ReviewRow] = field(default_factory=list)
    anchor: str = ""


def compare(before: Sequence[ReviewRow], after: Sequence[ReviewRow]) -> Swaps:
    """The stretch between the first and the last difference of order is drawn again; elsewhere, changed rows only.

    >>> compare([], []) == Swaps()
    True
    """
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    pairs = [*zip(before[:head], after[:head], strict=True)]
    if tail:
        pairs += zip(before[-tail:], after[-tail:], strict=True)
    return Swaps(
        gone=[row.code for row in before[head : len(before) - tail]],
        redrawn=[new for old, new in pairs if old != new],
        inserted=list(after[head : len(after) - tail]),
        anchor=after[head - 1].code if head else "",
    )


def _common(one: Sequence[ReviewRow], other: Sequence[ReviewRow]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left.code != right.code:
            break
        count += 1
    return count
