from __future__ import annotations

from datetime import date, datetime

import pytest

from parvis.french.dates import day, full_day, hour, length, period

MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 30)


def test_days() -> None:
    assert (day(date(2026, 3, 1)), day(MARCH), full_day(date(2026, 3, 12))) == (
        "1er mars 2026", "2 mars 2026", "jeudi 12 mars 2026",
    )  # fmt: skip


def test_hours_and_lengths() -> None:
    assert [hour(datetime(2026, 3, 1, 14)), hour(datetime(2026, 3, 1, 9, 5))] == ["14\u00a0h", "9\u00a0h\u00a005"]
    assert [length(minutes) for minutes in (45, 120, 165)] == ["45\u00a0min", "2\u00a0h", "2\u00a0h\u00a045"]


@pytest.mark.parametrize(
    ("opens", "closes", "written"),
    [
        (MARCH, APRIL, "du 2 mars au 30 avril 2026"),
        (date(2025, 12, 31), MARCH, "du 31 décembre 2025 au 2 mars 2026"),
        (MARCH, MARCH, "le 2 mars 2026"),
        (MARCH, None, "à partir du 2 mars 2026"),
        (None, APRIL, "jusqu'au 30 avril 2026"),
        (None, None, "dates à venir"),
    ],
)
def test_periods(opens: date | None, closes: date | None, written: str) -> None:
    assert period(opens, closes) == written
