"""The rows that `count_opinions` takes: who was asked about which sheet, who answered what, stickers counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

COLLEGES: Final = ("state", "local_authorities", "social_and_health", "housing", "employment", "civil_society")
VIEWS: Final = ("strengthen", "continue", "adapt", "reconsider")
"""Values that hold a view, from the most favourable to the least."""
FAVOURABLE: Final = frozenset({"strengthen", "continue"})
SUPPORT: Final = "support"
"""The side of who would strengthen or continue the action: *à conforter*."""
REWORK: Final = "rework"
"""The side of who would adapt or reconsider it: *à retravailler*."""
RELATIONS: Final = ("lead", "funder", "referrer", "none")
"""What ties an organisation to an action, the closest first."""
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
    """People of one organisation who gave one sheet the same value, each for herself, and have the same tie to it."""

    organisation: str
    sheet: str
    value: str
    relation: str = "none"
    people: int = 1

    @property
    def lead(self) -> bool:
        """Whether they run the action."""
        return self.relation == "lead"


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


@dataclass(frozen=True, slots=True)
class Named:
    """A sheet names an organisation, as its lead or one of its funders: everyone knows that it knows the action."""

    organisation: str
    sheet: str
