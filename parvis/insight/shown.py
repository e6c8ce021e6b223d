"""Figures of an action as a circle of readers may see them: exact where nobody's answer follows, else within bounds.

Two questions: who knows the action, and what those who know it think. What is shown is a function of the counts alone,
and this function is public; the property it has (tests/insight/test_shown.py enumerates it): whatever an organisation
answered, and even if it knows who else answered, every answer stays possible for each of the others. Organisations
named on the sheet (`named`) are known to know the action: they hide nobody.

Several actions together are the sum of what is shown of each, so that no reader of both learns more than from the
parts. A split by relation or by college is shown only where every part of it is exact.

C. F. Manski, « Partial Identification of Probability Distributions », 2003, chapter 1, for bounds on who is silent;
the risk met here is the « attribute disclosure by group » of L. Willenborg and T. de Waal, « Elements of Statistical
Disclosure Control », 2001, section 2.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from parvis.insight.bounds import LEAST_EXACT, NOBODY, Bounds, exactly, split
from parvis.insight.figures import Figures
from parvis.insight.opinion_rows import DIVIDED, NO_VIEW, UNKNOWN

LEAST_ANSWERS: Final = 5
"""Organisations that answered, for awareness; that know the action, for what they think."""
LEAST_FOR_VALUES: Final = 10
"""Organisations that know the action, for the four values."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Organisations on one action, each in one place. `unheard`: asked, and did not answer. `named`: among those that
    know it, those that the sheet names (its lead, its funders)."""

    strengthen: int = 0
    continue_: int = 0
    adapt: int = 0
    reconsider: int = 0
    divided: int = 0
    no_view: int = 0
    unknown: int = 0
    unheard: int = 0
    named: int = 0

    @classmethod
    def of(cls, figures: Figures, named: int = 0) -> Counts:
        """From figures of organisations. Those whose people differ within one side count on the milder value of it."""
        counts, support, rework = figures.counts, figures.divided_favourable, figures.divided_unfavourable
        return cls(
            strengthen=counts["strengthen"],
            continue_=counts["continue"] + support,
            adapt=counts["adapt"] + rework,
            reconsider=counts["reconsider"],
            divided=counts[DIVIDED] - support - rework,
            no_view=counts[NO_VIEW],
            unknown=counts[UNKNOWN],
            unheard=figures.silent,
            named=named,
        )

    @property
    def to_support(self) -> int:
        return self.strengthen + self.continue_

    @property
    def to_rework(self) -> int:
        return self.adapt + self.reconsider

    @property
    def knows(self) -> int:
        return self.to_support + self.to_rework + self.divided + self.no_view

    @property
    def answered(self) -> int:
        return self.knows + self.unknown


@dataclass(frozen=True, slots=True)
class Awareness:
    """Who knows an action, of `answered`; and of all `asked` whatever the silent would have said."""

    knows: Bounds
    answered: int
    asked: int

    @property
    def of_asked(self) -> Bounds:
        return Bounds(self.knows.low, self.knows.high + self.asked - self.answered)


@dataclass(frozen=True, slots=True)
class Appreciation:
    """What those who know an action think of it: the three parts make `out_of` together.

    `out_of` is how many know it, or may. Where that is a bound, those who may not know it are within `other`.
    `divided` and `no_view` are the parts of `other`, None where they cannot be told apart.
    """

    out_of: Bounds
    to_support: Bounds
    to_rework: Bounds
    other: Bounds
    divided: Bounds | None = None
    no_view: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """The two parts of *à conforter* and of *à retravailler*, None where they cannot be told apart."""

    strengthen: Bounds | None
    continue_: Bounds | None
    adapt: Bounds | None
    reconsider: Bounds | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One action. A part is None where too few answered, or know it."""

    awareness: Awareness | None
    appreciation: Appreciation | None
    values: Values | None


def show(counts: Counts) -> Shown:
    """What may be told of one action."""
    answered = counts.answered
    if answered < LEAST_ANSWERS:
        return Shown(None, None, None)
    others_who_know = split(counts.knows - counts.named, answered - counts.named)
    knows = Bounds(counts.named + others_who_know.low, counts.named + others_who_know.high)
    awareness = Awareness(knows, answered, answered + counts.unheard)
    if knows.low < LEAST_ANSWERS:
        return Shown(awareness, None, None)
    appreciation = _appreciation(counts, knows)
    values = _values(counts, appreciation) if knows.low >= LEAST_FOR_VALUES else None
    return Shown(awareness, appreciation, values)


def together(parts: Iterable[Appreciation]) -> Appreciation:
    """Several actions: what is shown of each, summed. `divided` and `no_view` stay within `other`."""
    out_of = to_support = to_rework = other = NOBODY
    for part in parts:
        out_of, to_support = out_of + part.out_of, to_support + part.to_support
        to_rework, other = to_rework + part.to_rework, other + part.other
    return Appreciation(out_of, to_support, to_rework, other)


def _appreciation(counts: Counts, knows: Bounds) -> Appreciation:
    """Who has no clear view is set against who has one, then *à conforter* against *à retravailler*.

    Where the number of those who know the action is itself a bound, the others that answered are among the first.
    """
    rest = knows.high - counts.to_support - counts.to_rework
    if rest < LEAST_EXACT:
        return _almost_all_have_a_view(counts, knows)
    with_view = knows.high - rest
    if with_view < LEAST_EXACT:
        low = Bounds(0, LEAST_EXACT - 1)
        return Appreciation(knows, low, low, low.of(knows.high))
    to_support = split(counts.to_support, with_view)
    divided = split(counts.divided, rest) if knows.exact and rest >= 2 * LEAST_EXACT - 1 else None
    return Appreciation(
        knows,
        to_support,
        to_support.of(with_view),
        exactly(rest),
        divided,
        divided.of(rest) if divided is not None else None,
    )


def _almost_all_have_a_view(counts: Counts, knows: Bounds) -> Appreciation:
    """Two at most are left out of the two sides: one side is told exactly if it can, the other takes in the doubt."""
    total, rework = knows.high, counts.to_rework
    few = Bounds(0, LEAST_EXACT - 1)
    if total - counts.to_support < LEAST_EXACT:
        return Appreciation(knows, few.of(total), few, few)
    if rework < LEAST_EXACT:
        return Appreciation(knows, Bounds(total - 4, total - 3), Bounds(1, 2), Bounds(1, 2))
    if rework >= total - 2:
        return Appreciation(knows, few, few.of(total), few)
    if rework >= total - 4:
        rework_bounds = Bounds(max(LEAST_EXACT, total - 4), total - 3)
        return Appreciation(knows, Bounds(1, total - rework_bounds.low), rework_bounds, few)
    return Appreciation(knows, Bounds(total - rework - 2, total - rework), exactly(rework), few)


def _values(counts: Counts, appreciation: Appreciation) -> Values:
    strengthen, continue_ = _two_values(counts.strengthen, appreciation.to_support)
    adapt, reconsider = _two_values(counts.adapt, appreciation.to_rework)
    return Values(strengthen, continue_, adapt, reconsider)


def _two_values(first: int, side: Bounds) -> tuple[Bounds | None, Bounds | None]:
    """The first value of a side, and the other one."""
    if not side.exact or side.low < LEAST_ANSWERS:
        return None, None
    bounds = split(first, side.low)
    return bounds, bounds.of(side.low)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the organisations that answered: how many know the action, how many of those are for *à conforter*."""

    answered: int
    knows: int
    to_support: int


def show_parts(parts: Mapping[str, Counts]) -> dict[str, Part] | None:
    """The same split by relation, or by college, never both; None unless it may be told.

    Each part must hold 5 that answered, or nobody; and of those that do not know the action, are for *à conforter*, or
    know it and are not, 3 at least: a part in bounds would be worked out from the whole and from the others. Parts
    that nobody is in are left out.
    """
    filled = {name: counts for name, counts in parts.items() if counts.answered}
    told = len(filled) > 1 and all(
        counts.answered >= LEAST_ANSWERS and min(_three_sides(counts)) >= LEAST_EXACT for counts in filled.values()
    )
    if not told:
        return None
    return {name: Part(counts.answered, counts.knows, counts.to_support) for name, counts in filled.items()}


def _three_sides(counts: Counts) -> tuple[int, int, int]:
    return counts.unknown, counts.to_support, counts.knows - counts.to_support
