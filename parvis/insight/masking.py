"""Small numbers hidden before a table is published, and the audit that nobody can work them out again.

A table counts respondents: rows (colleges) × columns (what they said), with the totals of rows, of columns and of all.
Hidden first: a count of 1 to `minimum` - 1; a whole row of fewer than `minimum` respondents; a row whose respondents
all said the same, since each would then be known. A zero says nothing of anyone, unless it tells a unanimity.

Then enough others that no hidden number can be bounded to one value by linear programming from all that is published:
M. Fischetti and J.-J. Salazar, « Models and Algorithms for Optimizing Cell Suppression in Tabular Data with Linear
Constraints », Journal of the American Statistical Association 95, 2000. The assumed attacker knows what is published,
that counts are whole and not negative, and nothing else; a respondent who takes herself out of a sum is met by
`minimum`, not by the audit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

MINIMUM: Final = 5
Place = tuple[int, int]
"""Row and column of a number; TOTAL stands for a sum."""
TOTAL: Final = -1


class Reason(Enum):
    """Why a number is hidden."""

    SMALL = "small"
    UNANIMOUS = "unanimous"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True, slots=True)
class MaskedTable:
    """Every number of a table by its place, None where hidden, and why."""

    rows: int
    columns: int
    numbers: Mapping[Place, int | None]
    reasons: Mapping[Place, Reason]

    def hidden(self) -> list[Place]:
        return sorted(place for place, number in self.numbers.items() if number is None)


@dataclass(frozen=True, slots=True)
class Determined:
    """A hidden number that can be worked out."""

    place: Place
    value: int


def mask(table: Sequence[Sequence[int]], minimum: int = MINIMUM, *, complementary: bool = True) -> MaskedTable:
    """Hide what must be in `table` (rows of equal length, counts ≥ 0).

    Without `complementary` only the rules of thumb apply: the table is then not safe, as `audit` shows.
    """
    numbers = _with_totals(table)
    reasons = _primary(table, numbers, minimum)
    masked = _masked(table, numbers, reasons)
    while complementary:
        determined = alone(masked) or audit(masked)
        if not determined:
            break
        reasons[_companion(masked, numbers, determined[0].place)] = Reason.COMPLEMENTARY
        masked = _masked(table, numbers, reasons)
    return masked


def audit(masked: MaskedTable) -> tuple[Determined, ...]:
    """The hidden numbers that what is published bounds to one value: none when the table is safe."""
    from scipy.optimize import linprog

    hidden = masked.hidden()
    if not hidden:
        return ()
    rank = {place: number for number, place in enumerate(hidden)}
    left, right = [], []
    for total, parts in equations(masked.rows, masked.columns):
        row, known = [0.0] * len(hidden), 0
        for place, sign in [(total, -1), *((part, 1) for part in parts)]:
            number = masked.numbers[place]
            if number is None:
                row[rank[place]] += sign
            else:
                known += sign * number
        if any(row):
            left.append(row)
            right.append(-known)
    determined = []
    for place in hidden:
        goal = [0.0] * len(hidden)
        goal[rank[place]] = 1.0
        low = linprog(goal, A_eq=left or None, b_eq=right or None, bounds=(0, None), method="highs")
        goal[rank[place]] = -1.0
        high = linprog(goal, A_eq=left or None, b_eq=right or None, bounds=(0, None), method="highs")
        if high.status == 0 and math.ceil(low.fun - 1e-6) >= math.floor(-high.fun + 1e-6):
            determined.append(Determined(place, round(low.fun)))
    return tuple(determined)


def alone(masked: MaskedTable) -> tuple[Determined, ...]:
    """The hidden numbers that one subtraction gives back: what `audit` would find too, at no cost."""
    determined = []
    for total, parts in equations(masked.rows, masked.columns):
        missing = [place for place in (total, *parts) if masked.numbers[place] is None]
        if len(missing) == 1:
            sum_of_parts = sum(masked.numbers[part] or 0 for part in parts)
            determined.append(Determined(missing[0], sum_of_parts or masked.numbers[total] or 0))
    return tuple(determined)


def equations(rows: int, columns: int) -> Iterator[tuple[Place, list[Place]]]:
    """Each sum of the table: the place of the total, those of its parts."""
    for row in range(rows):
        yield (row, TOTAL), [(row, column) for column in range(columns)]
    for column in range(columns):
        yield (TOTAL, column), [(row, column) for row in range(rows)]
    yield (TOTAL, TOTAL), [(row, TOTAL) for row in range(rows)]
    yield (TOTAL, TOTAL), [(TOTAL, column) for column in range(columns)]


def _with_totals(table: Sequence[Sequence[int]]) -> dict[Place, int]:
    numbers = {(row, column): count for row, counts in enumerate(table) for column, count in enumerate(counts)}
    for row, counts in enumerate(table):
        numbers[row, TOTAL] = sum(counts)
    for column in range(len(table[0])):
        numbers[TOTAL, column] = sum(counts[column] for counts in table)
    numbers[TOTAL, TOTAL] = sum(map(sum, table))
    return numbers


def _primary(table: Sequence[Sequence[int]], numbers: Mapping[Place, int], minimum: int) -> dict[Place, Reason]:
    """What the numbers themselves ask to hide, totals included."""
    columns = range(len(table[0]))
    reasons = {place: Reason.SMALL for place, number in numbers.items() if 0 < number < minimum}
    for row in (*range(len(table)), TOTAL):
        respondents = numbers[row, TOTAL]
        if 0 < respondents < minimum:
            reasons |= {(row, column): Reason.SMALL for column in columns}
        elif respondents and any(numbers[row, column] == respondents for column in columns):
            reasons |= {(row, column): Reason.UNANIMOUS for column in columns}
    return reasons


def _masked(
    table: Sequence[Sequence[int]], numbers: Mapping[Place, int], reasons: Mapping[Place, Reason]
) -> MaskedTable:
    shown = {place: None if place in reasons else number for place, number in numbers.items()}
    return MaskedTable(len(table), len(table[0]), shown, dict(reasons))


def _companion(masked: MaskedTable, numbers: Mapping[Place, int], place: Place) -> Place:
    """One more number to hide so that `place` cannot be worked out: the least informative in a sum with it.

    A cell before a total, a small count before a large one, a zero last since it moves nothing.
    """
    shared = [
        other
        for total, parts in equations(masked.rows, masked.columns)
        if place in (total, *parts)
        for other in (total, *parts)
        if masked.numbers[other] is not None
    ]
    open_ones = shared or [other for other, number in masked.numbers.items() if number is not None]
    return min(open_ones, key=lambda other: (numbers[other] == 0, other.count(TOTAL), numbers[other], other))
