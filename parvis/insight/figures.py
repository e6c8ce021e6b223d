"""Figures of one sheet for a set of voices (people, or organisations): counts, shares with bounds, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from parvis.insight.opinion_rows import CATEGORIES, DIVIDED, FAVOURABLE, OUT_OF_SCOPE, REWORK, SUPPORT, UNKNOWN, VIEWS


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, and what it would be if every silent voice had said no (`low`), or yes (`high`), of `out_of`.

    Partners are nearly a census: no sampling interval, but bounds on what is not known. Method: C. F. Manski, « Partial
    Identification of Probability Distributions », 2003, chapter 1 (missing outcomes).
    """

    k: int
    n: int
    low: int
    high: int
    out_of: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None when nobody answered."""
        return self.k / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Voices on one sheet. `counts` has every one of `CATEGORIES`; their sum is `answered`."""

    asked: int
    counts: Mapping[str, int]
    out_of_scope: int = 0
    divided_favourable: int = 0
    divided_unfavourable: int = 0

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def silent(self) -> int:
        return self.asked - self.answered

    @property
    def knows(self) -> int:
        return self.answered - self.counts[UNKNOWN]

    @property
    def awareness(self) -> Share:
        """Of those who answered, who knows the action."""
        return Share(self.knows, self.answered, self.knows, self.knows + self.silent, self.asked)

    @property
    def response(self) -> Share:
        """Of those asked, who answered."""
        return Share(self.answered, self.asked, self.answered, self.answered, self.asked)

    @property
    def with_view(self) -> int:
        return sum(self.counts[view] for view in VIEWS) + self.counts[DIVIDED]

    @property
    def to_support(self) -> int:
        """*À conforter*: would strengthen or continue it. A divided organisation counts if all its people would."""
        return sum(self.counts[view] for view in VIEWS if view in FAVOURABLE) + self.divided_favourable

    @property
    def to_rework(self) -> int:
        """*À retravailler*: would adapt or reconsider it, all its people if it is divided."""
        return sum(self.counts[view] for view in VIEWS if view not in FAVOURABLE) + self.divided_unfavourable

    @property
    def appreciation(self) -> Share:
        """Of those with a view, who would strengthen or continue it. A divided organisation counts if all its people
        would; else it is one of those the bounds leave open."""
        favourable = self.to_support
        open_ones = self.counts[DIVIDED] - self.divided_favourable
        return Share(favourable, self.with_view, favourable, favourable + open_ones, self.with_view)

    @property
    def agreement(self) -> float | None:
        """How much the voices with a view agree: 1 all alike, 0 evenly spread, -1 at the two ends. None without view.

        Van der Eijk's coefficient A on the four ordered views (C. van der Eijk, « Measuring Agreement in Ordered Rating
        Scales », Quality & Quantity 35, 2001). Divided organisations hold no single view and are left out.
        """
        return agreement([self.counts[view] for view in VIEWS])


@dataclass(slots=True)
class Counter:
    """Voices being counted."""

    asked: int = 0
    out_of_scope: int = 0
    divided_favourable: int = 0
    divided_unfavourable: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CATEGORIES, 0))

    def add(self, stance: str | None, voices: int = 1, *, side: str | None = None) -> None:
        """More voices asked, alike. `stance` None is silence; out of scope leaves the denominator. `side`: that of
        all the views of those who are divided, `support` or `rework`, if they share one."""
        if stance == OUT_OF_SCOPE:
            self.out_of_scope += voices
            return
        self.asked += voices
        if stance is not None:
            self.counts[stance] += voices
            self.divided_favourable += voices if stance == DIVIDED and side == SUPPORT else 0
            self.divided_unfavourable += voices if stance == DIVIDED and side == REWORK else 0

    def freeze(self) -> Figures:
        return Figures(
            self.asked, dict(self.counts), self.out_of_scope, self.divided_favourable, self.divided_unfavourable
        )


def agreement(counts: list[int]) -> float | None:
    """Van der Eijk's A of the counts of an ordered scale, between -1 and 1; None when all are zero.

    The counts are peeled into layers, each a pattern of empty and filled places of equal height; A is the mean of the
    layers' own coefficients, weighted by what they hold.
    """
    left, total = list(counts), sum(counts)
    if total == 0:
        return None
    coefficient = 0.0
    while any(left):
        height = min(count for count in left if count)
        pattern = [1 if count else 0 for count in left]
        coefficient += _pattern_agreement(pattern) * height * sum(pattern) / total
        left = [count - height if count else 0 for count in left]
    return coefficient


def _pattern_agreement(pattern: list[int]) -> float:
    """A of one layer: unimodality corrected by how few places are filled."""
    places, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    if filled == places:
        return 0.0
    sound = broken = 0
    for triple in combinations(pattern, 3):
        sound += triple in ((1, 1, 0), (0, 1, 1))
        broken += triple == (1, 0, 1)
    unimodality = ((places - 2) * sound - (places - 1) * broken) / ((places - 2) * (sound + broken))
    return unimodality * (1 - (filled - 1) / (places - 1))
