from __future__ import annotations

import pytest

from parvis.french.counts import attendance, dots, enumeration, plural


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
