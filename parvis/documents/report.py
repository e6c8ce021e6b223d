"""What a published report and an agenda are made of, whatever the format of the file.

Every writer of this package starts from these frozen values and from nothing else, so that the files of one
edition can be made again, years later, and say the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

HIDDEN_TEXT: Final = "Contenu masqué par la modération"
DRAFT_TEXT: Final = "Aperçu, non publié"

KIND_LABELS: Final[dict[str, tuple[str, str]]] = {
    "challenge": ("Défi", "Défis"),
    "strength": ("Atout", "Atouts"),
    "proposal": ("Proposition", "Propositions"),
}


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One line of a report. `digest` and `salt` are those of the edition's line, in hexadecimal.

    `family` is the heading of the family of ideas that holds it, empty when the kind has none; `dots`: those it got.
    """

    code: str | None
    kind: str
    number: str | None
    text: str
    children: tuple[str, ...] = ()
    conclusion: bool = False
    hidden: bool = False
    url: str | None = None
    digest: str = ""
    salt: str | None = None
    family: str = ""
    dots: int = 0

    def as_shown(self) -> ReportItem:
        """The item as anyone may read it: a hidden one keeps its place, number, code and digest, nothing else.

        The salt goes too: with it, a short text could be guessed back from the digest.
        """
        if not self.hidden:
            return self
        return replace(self, text=HIDDEN_TEXT, children=(), conclusion=False, url=None, salt=None, dots=0)


@dataclass(frozen=True, slots=True)
class ReportKind:
    """The défis, the atouts or the propositions of one theme. `label` is the heading, in the plural."""

    kind: str
    label: str
    items: tuple[ReportItem, ...]


@dataclass(frozen=True, slots=True)
class ReportTheme:
    """One theme of a report. `anchor` is the same as on the web page."""

    name: str
    anchor: str
    kinds: tuple[ReportKind, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One edition of the report of a meeting, or the preview of the next one (`draft`)."""

    title: str
    consultation: str
    territory: str
    meeting_kind: str
    when: str
    where: str
    attendance: str
    introduction: tuple[str, ...]
    themes: tuple[ReportTheme, ...]
    edition_number: int
    edition_note: str
    published_on: date
    digest: str
    url: str
    authority: str
    language: str = "fr"
    draft: bool = False
    previous_notes: tuple[tuple[int, date, str], ...] = ()

    def as_shown(self) -> Report:
        """The report without a word of what is hidden. Every writer starts by calling it."""
        themes = tuple(
            replace(
                theme,
                kinds=tuple(replace(kind, items=tuple(item.as_shown() for item in kind.items)) for kind in theme.kinds),
            )
            for theme in self.themes
        )
        return replace(self, themes=themes)


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting as calendars read it. `updated_at` moves whenever a subscriber should see a change."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    url: str
    description: str
    cancelled: bool
    updated_at: datetime
