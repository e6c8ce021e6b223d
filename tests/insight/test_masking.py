"""No hidden number can be worked out again; without complementary hiding, many can."""

from __future__ import annotations

import itertools
import random

import pytest

from parvis.insight.masking import TOTAL, MaskedTable, Reason, alone, audit, equations, mask

Counts = list[list[int]]


def generated(number: int) -> Counts:
    """A table like those of a consultation: five colleges at most, sparse or dense, sometimes unanimous."""
    dice = random.Random(number)
    rows, columns = dice.randint(2, 5), dice.randint(2, 7)
    most = dice.choice([2, 4, 8, 15, 40])
    table = [[dice.randint(0, most) if dice.random() < 0.75 else 0 for _ in range(columns)] for _ in range(rows)]
    if dice.random() < 0.3:
        only = dice.randrange(columns)
        table[0] = [12 if column == only else 0 for column in range(columns)]
    return table


@pytest.mark.parametrize("number", range(200))
def test_no_hidden_number_can_be_worked_out(number: int) -> None:
    table = generated(number)
    masked = mask(table)
    assert audit(masked) == ()
    for place, shown in masked.numbers.items():
        assert shown is None or shown == 0 or shown >= 5, place
    for row, counts in enumerate(table):
        unanimous = sum(counts) > 0 and max(counts) == sum(counts)
        assert not unanimous or all(masked.numbers[row, column] is None for column in range(len(counts)))


def test_without_complementary_hiding_many_tables_tell() -> None:
    telling = [number for number in range(200) if audit(mask(generated(number), complementary=False))]
    assert len(telling) > 60


def test_what_one_subtraction_gives_the_audit_finds_too() -> None:
    for number in range(60):
        masked = mask(generated(number), complementary=False)
        assert {determined.place for determined in alone(masked)} <= {determined.place for determined in audit(masked)}


def fillings(masked: MaskedTable, most: int) -> dict[tuple[int, int], set[int]]:
    """By brute force: the values that each hidden number takes in all the tables that agree with what is shown."""
    cells = [(row, column) for row in range(masked.rows) for column in range(masked.columns)]
    hidden = [cell for cell in cells if masked.numbers[cell] is None]
    possible: dict[tuple[int, int], set[int]] = {place: set() for place in masked.hidden()}
    for values in itertools.product(range(most + 1), repeat=len(hidden)):
        numbers = {cell: masked.numbers[cell] or 0 for cell in cells} | dict(zip(hidden, values, strict=True))
        for row in range(masked.rows):
            numbers[row, TOTAL] = sum(numbers[row, column] for column in range(masked.columns))
        for column in range(masked.columns):
            numbers[TOTAL, column] = sum(numbers[row, column] for row in range(masked.rows))
        numbers[TOTAL, TOTAL] = sum(numbers[row, TOTAL] for row in range(masked.rows))
        if all(shown in (None, numbers[place]) for place, shown in masked.numbers.items()):
            for place in possible:
                possible[place].add(numbers[place])
    return possible


@pytest.mark.parametrize("number", range(25))
def test_the_audit_agrees_with_every_filling(number: int) -> None:
    dice = random.Random(1_000 + number)
    table = [[dice.randint(0, 9) for _ in range(2)] for _ in range(2)]
    for complementary in (False, True):
        masked = mask(table, complementary=complementary)
        audited = {determined.place: determined.value for determined in audit(masked)}
        assert audited == {
            place: next(iter(values)) for place, values in fillings(masked, 14).items() if len(values) == 1
        }


def test_reasons_are_told() -> None:
    masked = mask([[12, 9, 2], [8, 7, 20], [9, 0, 0]])
    assert masked.reasons[0, 2] is Reason.SMALL
    assert masked.reasons[2, 0] is Reason.UNANIMOUS
    assert Reason.COMPLEMENTARY in masked.reasons.values()


def test_every_sum_is_an_equation() -> None:
    assert len(list(equations(3, 4))) == 3 + 4 + 2


def test_a_table_without_respondents_has_nothing_to_hide() -> None:
    assert mask([[0, 0], [0, 0]]).hidden() == []
