"""The report of a meeting: the one tree from which its page, its preview and each of its files are drawn.

It is filled from an edition or from a draft (`gathering`), then only drawn. What moderation hid never enters it:
neither its words, nor the salt of its digest, by which a short text could be guessed back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from parvis.french import counts, dates
from parvis.french.kinds import KINDS, kind_counts

HIDDEN_TEXT: Final = "Contenu masqué par la modération"
DRAFT_TEXT: Final = "Aperçu, non publié"


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """A paragraph of introduction; `text` is `HIDDEN_TEXT` once hidden."""

    text: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One contribution. `digest` and `salt` are those of the edition's line, in hexadecimal; a draft has none.

    A hidden one keeps its place, its number, its code and its digest: building it with anything else raises ValueError.
    """

    code: str | None
    kind: str
    number: str | None
    text: str
    details: tuple[str, ...] = ()
    conclusion: bool = False
    hidden: bool = False
    digest: str = ""
    salt: str | None = None
    dots: int = 0

    def __post_init__(self) -> None:
        if self.hidden and (self.text != HIDDEN_TEXT or self.details or self.salt is not None or self.dots):
            raise ValueError("a hidden contribution has no words, no salt and no dots")

    @property
    def concludes(self) -> bool:
        """Whether files draw it as a conclusion: what is hidden looks like any other line."""
        return self.conclusion and not self.hidden

    @property
    def spoken(self) -> str:
        """« le défi 3 », for whoever hears the page."""
        words = KINDS[self.kind].spoken if self.kind in KINDS else "la contribution"
        return f"{words} {self.number or ''}"


@dataclass(frozen=True, slots=True)
class ReportFamily:
    """Contributions that a workshop put together under a title, and the dots it got; no title where there is none."""

    title: str
    dots: int
    items: tuple[ReportItem, ...]

    @property
    def dots_counted(self) -> str:
        """« 12 gommettes », empty when there are none."""
        return counts.dots(self.dots)

    @property
    def heading(self) -> str:
        """« Les bus du soir · 12 gommettes »."""
        return f"{self.title} · {self.dots_counted}" if self.dots else self.title


@dataclass(frozen=True, slots=True)
class ReportKind:
    """The défis, the atouts or the propositions of one theme, by family."""

    kind: str
    families: tuple[ReportFamily, ...]

    @property
    def label(self) -> str:
        """The heading, in the plural; a kind that nobody knows is shown as it is."""
        return KINDS[self.kind].many if self.kind in KINDS else self.kind

    @property
    def items(self) -> Iterator[ReportItem]:
        """All of them, in order."""
        return (item for family in self.families for item in family.items)


@dataclass(frozen=True, slots=True)
class ReportTheme:
    """One theme. `anchor` names its section on the page."""

    name: str
    anchor: str
    kinds: tuple[ReportKind, ...]

    @property
    def items(self) -> Iterator[ReportItem]:
        """All its contributions, in order."""
        return (item for kind in self.kinds for item in kind.items)

    @property
    def summary(self) -> str:
        """« 3 défis, 2 atouts et 4 propositions »: a conclusion sums up what was counted already."""
        return _summary(self.items)


@dataclass(frozen=True, slots=True)
class ReportMeeting:
    """A meeting that the report tells, as it was when the edition was frozen."""

    code: str
    title: str
    kind: str
    when: str
    where: str
    territory: str
    attendance: str


@dataclass(frozen=True, slots=True)
class ReportEdition:
    """An edition in the list of all of them."""

    number: int
    published_on: date
    note: str

    @property
    def day(self) -> str:
        """« 12 mars 2026 »."""
        return dates.day(self.published_on)


@dataclass(frozen=True, slots=True)
class Report:
    """An edition, or the draft of the next one (`draft`: nothing frozen, no digest).

    `validation`: how it was validated, one sentence a fact. `editions`: all of them, the newest first; `latest`,
    whether this is the newest. Whoever draws a file says where the report is read (`url`), and the threads of its
    contributions (`thread_url`, where `{code}` stands for a code).
    """

    title: str
    consultation: str
    authority: str
    meetings: tuple[ReportMeeting, ...]
    introduction: tuple[ReportParagraph, ...]
    themes: tuple[ReportTheme, ...]
    number: int
    published_on: date
    note: str = ""
    validation: tuple[str, ...] = ()
    digest: str = ""
    edition_code: str = ""
    editions: tuple[ReportEdition, ...] = ()
    latest: bool = True
    draft: bool = False
    language: str = "fr"
    url: str = ""
    thread_url: str = ""

    @property
    def day(self) -> str:
        """The day of publication: « 12 mars 2026 »."""
        return dates.day(self.published_on)

    @property
    def territory(self) -> str:
        """Those of all the meetings told."""
        return counts.enumeration(_once(meeting.territory for meeting in self.meetings))

    @property
    def meeting_kind(self) -> str:
        """« Atelier et réunion publique »."""
        return counts.enumeration(_once(meeting.kind for meeting in self.meetings))

    @property
    def when(self) -> str:
        """The dates of all the meetings told."""
        return " ; ".join(meeting.when for meeting in self.meetings)

    @property
    def where(self) -> str:
        """Their places, each once."""
        return " ; ".join(_once(meeting.where for meeting in self.meetings))

    @property
    def attendance(self) -> str:
        """Who came, where it is known."""
        return " ; ".join(meeting.attendance for meeting in self.meetings if meeting.attendance)

    @property
    def summary(self) -> str:
        """« 3 défis, 2 atouts et 4 propositions », all themes together."""
        return _summary(item for theme in self.themes for item in theme.items)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of contribution that it holds, in the order of every list."""
        known = {kind.kind for theme in self.themes for kind in theme.kinds}
        return tuple(kind for kind in KINDS if kind in known)

    def only(self, kind: str) -> Report:
        """The same with the contributions of one kind, and the themes that have some."""
        alone = [
            replace(theme, kinds=tuple(some for some in theme.kinds if some.kind == kind)) for theme in self.themes
        ]
        return replace(self, themes=tuple(theme for theme in alone if theme.kinds))

    @property
    def former_editions(self) -> tuple[ReportEdition, ...]:
        """Those before this one, the oldest first."""
        return tuple(edition for edition in reversed(self.editions) if edition.number < self.number)

    def thread_of(self, item: ReportItem) -> str | None:
        """Where the thread of a contribution is read; None when there is none to open."""
        if not self.thread_url or item.hidden or item.code is None:
            return None
        return self.thread_url.format(code=item.code)


def _summary(items: Iterable[ReportItem]) -> str:
    return kind_counts(item.kind for item in items if not item.conclusion)


def _once(values: Iterable[str]) -> list[str]:
    """The non-empty ones, each once, in order."""
    return list(dict.fromkeys(value for value in values if value))
