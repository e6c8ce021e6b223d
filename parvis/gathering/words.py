"""Dates, hours and counts in French words, the same on pages, in files and in feeds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.utils import timezone

from parvis.consultations.enums import Kind

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_COUNTED = {
    Kind.CHALLENGE: ("défi", "défis"),
    Kind.STRENGTH: ("atout", "atouts"),
    Kind.PROPOSAL: ("proposition", "propositions"),
    Kind.UNSORTED: ("contribution à classer", "contributions à classer"),
}


def day(date: datetime.date) -> str:
    """« 12 mars 2026 », « 1er mars 2026 »."""
    return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"


def full_day(date: datetime.date) -> str:
    """« jeudi 12 mars 2026 »."""
    return f"{DAYS[date.weekday()]} {day(date)}"


def hour(moment: datetime.datetime) -> str:
    """« 14 h », « 9 h 30 »."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def length(minutes: int) -> str:
    """« 45 min », « 2 h », « 2 h 45 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def local(moment: datetime.datetime) -> datetime.datetime:
    """The moment as the clocks of the instance (Paris) show it."""
    return moment.astimezone(timezone.get_default_timezone())


def local_day(moment: datetime.datetime) -> str:
    """The day of a moment, in Paris: « 12 mars 2026 »."""
    return day(local(moment))


def span(starts_at: datetime.datetime, ends_at: datetime.datetime | None) -> str:
    """« jeudi 12 mars 2026, de 14 h à 17 h »; without an end, « jeudi 12 mars 2026 à 14 h »."""
    start = local(starts_at)
    if ends_at is None:
        return f"{full_day(start)} à {hour(start)}"
    end = local(ends_at)
    if start.date() == end.date():
        return f"{full_day(start)}, de {hour(start)} à {hour(end)}"
    return f"du {full_day(start)} à {hour(start)} au {full_day(end)} à {hour(end)}"


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


def plural(count: int, one: str, many: str) -> str:
    """« 0 rencontre », « 1 rencontre », « 2 000 rencontres »."""
    return f"{count:,} {many if count > 1 else one}".replace(",", "\u202f")


def enumeration(parts: list[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}" if parts else ""


def kind_counts(counts: Mapping[str, int]) -> str:
    """« 3 défis, 2 atouts et 4 propositions », without what there is none of."""
    parts = [plural(counts[kind], one, many) for kind, (one, many) in _COUNTED.items() if counts.get(kind)]
    return enumeration(parts)


def dots(count: int) -> str:
    """« 12 gommettes », nothing when there are none."""
    return plural(count, "gommette", "gommettes") if count else ""


def attendance(people: int | None, organisations: int | None) -> str:
    """« 38 personnes, 21 organismes »."""
    parts = []
    if people:
        parts.append(plural(people, "personne", "personnes"))
    if organisations:
        parts.append(plural(organisations, "organisme", "organismes"))
    return ", ".join(parts)
