"""The theme of a meeting that has only one, proposed for the contributions whose report names none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from parvis.consultations.models import Theme
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes
from parvis.meetings.operations.working_text import change_text
from parvis.people.models import User

NO_THEME_NAMED: Final = "thématique absente"
"""The doubt of a line whose report names no theme."""
_WITHOUT_THEME: Final = Q(place=LinePlace.ITEM, theme=None, heading="")
"""A heading that names a theme nobody knows is another matter: someone has to read it."""


@dataclass(frozen=True, slots=True)
class ProposedTheme:
    """A theme, and how many contributions it is proposed for."""

    theme: Theme
    lines: int


def proposed_theme(minutes: Minutes) -> ProposedTheme | None:
    """None when nothing waits for a theme, or when the meetings of the minutes have none or several. Two queries."""
    waiting = minutes.lines.filter(_WITHOUT_THEME).count()
    themes = list(Theme.objects.filter(meetings__minutes=minutes).distinct()[:2]) if waiting else []
    return ProposedTheme(themes[0], waiting) if len(themes) == 1 else None


def give_proposed_theme(actor: User, minutes: Minutes, version: int | None = None) -> None:
    """Give it to all of them. Their other doubts stay. Raises `RefusedInput` when nothing is proposed any more."""
    proposed = proposed_theme(minutes)
    if proposed is None:
        raise RefusedInput("Plus aucune contribution n'attend cette thématique : rechargez la page.")
    theme = proposed.theme
    with change_text(actor, minutes, "set_theme", f"Thématique : {theme.name}", version) as text:
        for line in text.pick(list(minutes.lines.filter(_WITHOUT_THEME).values_list("code", flat=True))):
            line.theme = theme
            line.doubt = line.doubt.removesuffix(NO_THEME_NAMED).removesuffix(" ; ")
