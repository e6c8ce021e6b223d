"""Families of a snapshot, with their notes: the same for the facilitator's page and for the screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A family and its notes."""

    reference: str
    title: str
    table: int | None
    dots: int
    hidden: bool
    promoted: bool
    notes: tuple[dict[str, Any], ...]
    joined: tuple[tuple[str, str], ...]
    """Reference and title of the families joined to it."""


def standing_families(families: list[dict[str, Any]], notes: list[dict[str, Any]]) -> tuple[FamilyPage, ...]:
    """Those that stand, with their notes and the families joined to them."""
    by_family, by_target = rows_by(notes, "family"), rows_by(families, "joined_into")
    return tuple(
        FamilyPage(
            reference=family["reference"],
            title=family["title"],
            table=family["table"],
            dots=family["dots"],
            hidden=family["hidden"],
            promoted=family["promoted"],
            notes=tuple(by_family.get(family["reference"], ())),
            joined=tuple((other["reference"], other["title"]) for other in by_target.get(family["reference"], ())),
        )
        for family in families
        if family["joined_into"] is None
    )


def rows_by(rows: Iterable[dict[str, Any]], name: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of a snapshot by the one they name: read once, whatever their number."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row[name] is not None:
            grouped[row[name]].append(row)
    return grouped
