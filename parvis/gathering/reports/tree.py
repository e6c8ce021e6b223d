"""Lines of a report, in their order, become its themes, kinds and families."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parvis.documents.report import (
    HIDDEN_TEXT,
    ReportFamily,
    ReportItem,
    ReportKind,
    ReportParagraph,
    ReportTheme,
)
from parvis.french.kinds import KIND_ORDER, NO_THEME

OTHER_FAMILY = "Autres contributions"
"""The heading of what is in no family, where others are in one."""


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """A contribution and where it stands: the code and the name of its theme, its family and the dots of the family."""

    item: ReportItem
    theme: str
    theme_name: str
    family: str = ""
    family_dots: int = 0


def paragraph(text: str | None) -> ReportParagraph:
    """A paragraph of introduction, hidden when `text` is None."""
    return ReportParagraph(HIDDEN_TEXT, hidden=True) if text is None else ReportParagraph(text)


def themes_of(placed: Iterable[PlacedItem]) -> tuple[ReportTheme, ...]:
    """Themes in the order of their first contribution, kinds in that of every list."""
    by_theme: dict[str, dict[str, list[PlacedItem]]] = {}
    names: dict[str, str] = {}
    for place in placed:
        names.setdefault(place.theme, place.theme_name)
        by_theme.setdefault(place.theme, {}).setdefault(place.item.kind, []).append(place)
    return tuple(
        ReportTheme(
            names[code] or NO_THEME,
            f"t-{code or 'autres'}",
            tuple(ReportKind(kind, _families(kinds[kind])) for kind in KIND_ORDER if kind in kinds),
        )
        for code, kinds in by_theme.items()
    )


def _families(placed: Sequence[PlacedItem]) -> tuple[ReportFamily, ...]:
    """Those that follow each other in the same family; a single one without title where there is none.

    What is hidden tells nothing, its family neither: it stays with the one above it.
    """
    if not any(place.family for place in placed):
        return (ReportFamily("", 0, tuple(place.item for place in placed)),)
    groups: list[list[PlacedItem]] = []
    for place in placed:
        if not groups or (not place.item.hidden and place.family != groups[-1][0].family):
            groups.append([])
        groups[-1].append(place)
    return tuple(
        ReportFamily(
            group[0].family or OTHER_FAMILY, group[0].family_dots if group[0].family else 0,
            tuple(place.item for place in group),
        )
        for group in groups
    )  # fmt: skip
