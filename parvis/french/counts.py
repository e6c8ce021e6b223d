"""Numbers of things, and lists of them, as a sentence writes them."""

from __future__ import annotations

from collections.abc import Sequence


def plural(count: int, one: str, many: str) -> str:
    """« 0 rencontre », « 1 rencontre », « 2 000 rencontres »."""
    return f"{count:,} {many if count > 1 else one}".replace(",", "\u202f")


def with_s(words: str) -> str:
    """The plural of « note masquée », « avis gardé »: an s to each word that has none."""
    return " ".join(word if word[-1] in "sxz" else f"{word}s" for word in words.split(" "))


def enumeration(parts: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}" if parts else ""


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


def bounded(low: int, high: int, total: int) -> str:
    """« 7 sur 12 », « au moins 10 sur 12 », « au plus 2 sur 12 », « de 3 à 5 sur 12 », « de 0 à 4 sur 4 »."""
    if low == high:
        return f"{low} sur {total}"
    if low == 0 and high < total:
        return f"au plus {high} sur {total}"
    if high == total and low > 0:
        return f"au moins {low} sur {total}"
    return f"de {low} à {high} sur {total}"
