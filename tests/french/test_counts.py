from __future__ import annotations

import pytest

from parvis.french.counts import attendance, bounded, dots, enumeration, plural


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0 note"), (1, "1 note"), (2, "2 notes"), (2_000, "2\u202f000 notes")]
)
def test_zero_is_singular_and_thousands_are_apart(count: int, written: str) -> None:
    assert plural(count, "note", "notes") == written


def test_an_enumeration_ends_with_and() -> None:
    assert [enumeration(list("abc"[:count])) for count in range(4)] == ["", "a", "a et b", "a, b et c"]


def test_no_dots_are_not_told() -> None:
    assert [dots(0), dots(1), dots(12)] == ["", "1 gommette", "12 gommettes"]


def test_attendance_tells_what_is_known() -> None:
    assert [attendance(38, 21), attendance(1, None), attendance(None, 1), attendance(0, 0)] == [
        "38 personnes, 21 organismes", "1 personne", "1 organisme", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (7, 7, "7 sur 12"), (10, 12, "au moins 10 sur 12"), (0, 2, "au plus 2 sur 12"), (3, 5, "de 3 à 5 sur 12"),
        (0, 12, "de 0 à 12 sur 12"), (12, 12, "12 sur 12"), (0, 0, "0 sur 12"),
    ],
)  # fmt: skip
def test_bounds_say_no_more_than_they_know(low: int, high: int, written: str) -> None:
    assert bounded(low, high, 12) == written
