"""Pairs of titles that mean nearly the same: families of different tables, proposed for joining. A person decides.

The likeness is rapidfuzz's token-sort ratio on folded words without their endings (Snowball, French): « Se déplacer le
soir » and « Déplacements du soir » meet, whatever the order of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from parvis.insight.stems import stems

NEAR: Final = 78.0
"""Ratio (0 to 100) from which two titles are proposed."""


@dataclass(frozen=True, slots=True)
class NearTitles:
    """Two places in the list that was given, the first before the second, and their likeness (0 to 100)."""

    first: int
    second: int
    likeness: float


def near_titles(titles: Sequence[str], near: float = NEAR) -> tuple[NearTitles, ...]:
    """Pairs of `titles` alike at `near` at least, the most alike first. Cost grows with the square of their number."""
    from rapidfuzz import fuzz

    keys = [title_key(title) for title in titles]
    pairs = []
    for second, key in enumerate(keys):
        for first in range(second):
            likeness = fuzz.token_sort_ratio(keys[first], key) if keys[first] and key else 0.0
            if likeness >= near:
                pairs.append(NearTitles(first, second, likeness))
    return tuple(sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second)))


def title_key(title: str) -> str:
    """The stems of the words that say something, in order.

    >>> title_key("Se déplacer le soir")
    'deplac soir'
    """
    return " ".join(stems(title))
