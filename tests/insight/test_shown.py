"""Nobody's answer follows from what is shown: every way that few organisations can answer is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pytest

from bench.figures import compositions
from parvis.insight.shown import Counts, Shown, show, show_parts

ANSWERS = ("strengthen", "continue_", "adapt", "reconsider", "divided", "no_view", "unknown")
"""What an organisation may have answered."""


def counts_of(numbers: Sequence[int], classes: Sequence[str], named: int) -> Counts:
    return Counts(**dict(zip(classes, numbers, strict=True)), named=named)


def told_apart(classes: Sequence[str], answered: int, named: int) -> dict[Shown, list[tuple[int, ...]]]:
    """What is shown → every way to answer that shows it."""
    knows = [place for place, name in enumerate(classes) if name != "unknown"]
    ways: dict[Shown, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in compositions(answered, len(classes)):
        if sum(numbers[place] for place in knows) >= named:
            ways[show(counts_of(numbers, classes, named))].append(numbers)
    return ways


def possible(
    way: tuple[int, ...], classes: Sequence[str], mine: tuple[int, bool], hers: tuple[int, bool], named: int
) -> bool:
    """Whether in this way to answer I said `mine` and another said `hers`; each is named on the sheet or not."""
    left = list(way)
    for answer, is_named in (mine, hers):
        left[answer] -= 1
        if left[answer] < 0 or (is_named and classes[answer] == "unknown"):
            return False
    named_left = named - mine[1] - hers[1]
    knows_left = sum(count for count, name in zip(left, classes, strict=True) if name != "unknown")
    return 0 <= named_left <= knows_left


def given_away(classes: Sequence[str], answered: int, named: int) -> list[tuple[Shown, str, str]]:
    """(what is shown, what I answered, the answer that another, named or not, cannot have given)."""
    everything = range(len(classes))
    given = []
    for what, ways in told_apart(classes, answered, named).items():
        for mine in (
            (answer, is_named) for answer in everything for is_named in ((False, True) if named else (False,))
        ):
            for is_named in (False, True) if named > mine[1] else (False,):
                if not any(
                    possible(way, classes, mine, (hers, is_named), named) for way in ways for hers in everything
                ):
                    continue  # nobody like me, or no other like her, can see this
                for hers in everything:
                    if is_named and classes[hers] == "unknown":
                        continue
                    if not any(possible(way, classes, mine, (hers, is_named), named) for way in ways):
                        given.append((what, classes[mine[0]], classes[hers]))
    return given


@pytest.mark.parametrize("named", range(4))
@pytest.mark.parametrize("answered", range(5, 15))
def test_two_questions_give_nobody_away(answered: int, named: int) -> None:
    classes = ("strengthen", "adapt", "divided", "no_view", "unknown")
    assert given_away(classes, answered, named) == []


@pytest.mark.parametrize("answered", [10, 11, 12, 13])
def test_the_four_values_give_nobody_away(answered: int) -> None:
    """The four values, and the others as one, so that the ways to answer stay few."""
    assert given_away(("strengthen", "continue_", "adapt", "reconsider", "no_view", "unknown"), answered, 0) == []


def test_a_split_gives_nobody_away() -> None:
    """Two parts, of nine and ten: whatever I answered in either, another in either may have given any answer."""
    classes, sizes = ("strengthen", "adapt", "unknown"), (9, 10)
    ways: dict[object, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
    for first in compositions(sizes[0], 3):
        for second in compositions(sizes[1], 3):
            parts = {"a": counts_of(first, classes, 0), "b": counts_of(second, classes, 0)}
            whole = counts_of([x + y for x, y in zip(first, second, strict=True)], classes, 0)
            ways[show(whole), str(show_parts(parts))].append((first, second))
    places = [(part, answer) for part in range(2) for answer in range(3)]
    for what, those in ways.items():
        for mine in places:
            mine_possible = [way for way in those if way[mine[0]][mine[1]]]
            for hers in places:
                least = 2 if hers == mine else 1
                assert not mine_possible or any(way[hers[0]][hers[1]] >= least for way in mine_possible), (
                    what,
                    mine,
                    hers,
                )
    assert any("Part(" in str(what) for what in ways)
