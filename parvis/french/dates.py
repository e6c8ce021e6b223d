"""Days and hours, written here so that no locale of a machine can change a page or a file."""

from __future__ import annotations

import datetime
from typing import Final

from parvis.french.typography import no_break

DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def day_and_month(date: datetime.date) -> str:
    """« 12 mars », « 1er mars »."""
    return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]}"


def day(date: datetime.date) -> str:
    """« 12 mars 2026 », « 1er mars 2026 »."""
    return f"{day_and_month(date)} {date.year}"


def full_day(date: datetime.date) -> str:
    """« jeudi 12 mars 2026 »."""
    return f"{DAYS[date.weekday()]} {day(date)}"


def hour(moment: datetime.datetime) -> str:
    """« 14 h », « 9 h 30 », never cut at the end of a line."""
    return no_break(f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h")


def day_and_hour(moment: datetime.datetime) -> str:
    """« 12 mars 2026 à 14 h 30 »."""
    return f"{day(moment)} à {hour(moment)}"


def length(minutes: int) -> str:
    """« 45 min », « 2 h », « 2 h 45 », never cut at the end of a line."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return no_break(f"{rest} min")
    return no_break(f"{hours} h {rest:02d}" if rest else f"{hours} h")


def period(opens: datetime.date | None, closes: datetime.date | None) -> str:
    """« du 2 mars au 30 avril 2026 », « à partir du … », « jusqu'au … », « dates à venir »."""
    if opens is None:
        return f"jusqu'au {day(closes)}" if closes else "dates à venir"
    if closes is None:
        return f"à partir du {day(opens)}"
    if opens == closes:
        return f"le {day(opens)}"
    first = day(opens)
    if opens.year == closes.year:
        first = first.removesuffix(f" {opens.year}")
    return f"du {first} au {day(closes)}"
