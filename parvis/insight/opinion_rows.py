"""The rows that `count_opinions` takes: who was asked about which sheet, who answered what, stickers counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

COLLEGES: Final = ("state", "local_authorities", "social_and_health", "housing_and_employment", "civil_society")
VIEWS: Final = ("strengthen", "continue", "adapt", "reconsider")
"""Values that hold a view, from the most favourable to the least."""
FAVOURABLE: Final = frozenset({"strengthen", "continue"})
UNKNOWN: Final = "unknown"
NO_VIEW: Final = "no_view"
OUT_OF_SCOPE: Final = "out_of_scope"
DIVIDED: Final = "divided"
"""What an organisation says when its people differ: a spread, never a majority."""
CATEGORIES: Final = (*VIEWS, DIVIDED, NO_VIEW, UNKNOWN)
"""The categories of answers: whoever answered is in exactly one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """People of one organisation, of one college, were shown one sheet of its perimeter."""

    organisation: str
    college: str
    sheet: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """People of one organisation who gave one sheet the same value, each for herself. `lead`: they run the action."""

    organisation: str
    sheet: str
    value: str
    lead: bool = False
    people: int = 1


@dataclass(frozen=True, slots=True)
class Position:
    """What an organisation says of a sheet, entered by its référent."""

    organisation: str
    sheet: str
    value: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Stickers of a college on a sheet: people who cannot be told apart."""

    sheet: str
    college: str
    value: str
    count: int
