"""The rows that counting starts from: who was asked what, and who answered."""

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
SAID: Final = (*VIEWS, DIVIDED, NO_VIEW, UNKNOWN)
"""The categories in which whoever answered falls, each in one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One person was shown one sheet of her perimeter."""

    person: str
    organisation: str
    college: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said of one sheet."""

    person: str
    sheet: str
    value: str
    relation: str = "none"


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
