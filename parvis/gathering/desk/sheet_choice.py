"""The sheets from which a workshop chooses, by theme: those of its own themes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.meetings.models import Meeting
from parvis.meetings.rules import discussable_sheets
from parvis.people.models import User
from parvis.sheets.models import ActionSheet


@dataclass(frozen=True, slots=True)
class SheetShelf:
    """A theme and the sheets not chosen yet. `own`: a theme of this workshop."""

    theme: str
    own: bool
    sheets: tuple[ActionSheet, ...]


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """Those chosen, in order; those that may be added."""

    chosen: tuple[ActionSheet, ...]
    shelves: tuple[SheetShelf, ...]


def sheet_choice(actor: User, meeting: Meeting, codes: Sequence[str]) -> SheetChoice:
    """Each sheet stands once, under the first of its themes that the workshop has, else under its first. Four queries.

    A code of `codes` that may not be discussed here is left out.
    """
    discussable = ActionSheet.objects.filter(discussable_sheets(actor, meeting)).prefetch_related("themes")
    sheets = {sheet.code: sheet for sheet in discussable.order_by("number", "pk")}
    own = set(meeting.themes.values_list("pk", flat=True))
    shelves: dict[tuple[bool, int, str], list[ActionSheet]] = {}
    for code, sheet in sheets.items():
        if code in codes:
            continue
        themes = sorted(sheet.themes.all(), key=lambda theme: (theme.pk not in own, theme.position, theme.pk))
        key = (themes[0].pk not in own, themes[0].position, themes[0].name) if themes else (True, 9999, "Sans thème")
        shelves.setdefault(key, []).append(sheet)
    return SheetChoice(
        chosen=tuple(sheets[code] for code in dict.fromkeys(codes) if code in sheets),
        shelves=tuple(
            SheetShelf(name, not other, tuple(chosen)) for (other, _, name), chosen in sorted(shelves.items())
        ),
    )
