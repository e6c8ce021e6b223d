"""The content of a report, published or in preparation: what a page shows and what files are made from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from parvis.consultations.enums import KIND_PLURALS, Kind
from parvis.documents.report import HIDDEN_TEXT
from parvis.gathering import words
from parvis.gathering.glossary import Glossary, Term

KIND_ORDER = (Kind.CHALLENGE, Kind.STRENGTH, Kind.PROPOSAL, Kind.UNSORTED)
NO_THEME = "Sans thématique"


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is laid in its section. `text` and `details` are empty once hidden."""

    code: str
    theme: str
    theme_name: str
    kind: str
    number: int | None
    text: str
    details: tuple[str, ...]
    conclusion: bool
    hidden: bool
    digest: str = ""
    salt: str | None = None
    family: str = ""
    family_dots: int = 0
    dots: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of introduction. `reference` names its line in the edition (`line:<code>`)."""

    reference: str
    text: str
    html: SafeString
    hidden: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One contribution as a reader meets it: its line, and its words as HTML with the acronyms marked.

    `thread` names its thread for whoever hears the page (« le défi 3 »); empty when there is none to open.
    """

    code: str
    number_text: str
    thread: str
    html: SafeString
    details_html: tuple[SafeString, ...]
    conclusion: bool
    hidden: bool
    line: Line


@dataclass(frozen=True, slots=True)
class FamilyGroup:
    """Entries that a workshop put together under a title, empty for those that are in no family.

    `dots`: « 12 gommettes », empty when there are none.
    """

    title: str
    dots: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class KindSection:
    """The défis, the atouts or the propositions of a theme: all of them, and the same by family."""

    kind: str
    label: str
    entries: tuple[Entry, ...]
    families: tuple[FamilyGroup, ...]


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """A theme. `summary` counts it in words: « 3 défis, 2 atouts et 4 propositions »."""

    name: str
    anchor: str
    summary: str
    kinds: tuple[KindSection, ...]


@dataclass(frozen=True, slots=True)
class EditionNote:
    """An edition in the list of all of them."""

    number: int
    published_at: datetime.datetime
    day: str
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting that the report tells, as it was when the edition was frozen."""

    code: str
    title: str
    kind: str
    when: str
    where: str
    territory: str
    attendance: str


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """A report: an edition of it, or the draft of the next one (`draft`: no digest, nothing frozen)."""

    title: str
    consultation: str
    authority: str
    meetings: tuple[Told, ...]
    introduction: tuple[Paragraph, ...]
    themes: tuple[ThemeSection, ...]
    summary: str
    draft: bool
    edition_code: str
    number: int
    published_at: datetime.datetime
    day: str
    note: str
    digest: str
    editions: tuple[EditionNote, ...]
    latest: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The body of a report, laid out."""

    introduction: tuple[Paragraph, ...]
    themes: tuple[ThemeSection, ...]
    summary: str


def lay_out(
    paragraphs: Sequence[tuple[str, str | None]], lines: Sequence[Line], glossary: Glossary, *, threads: bool = True
) -> Content:
    """Sections in the order of `lines`, within each theme by kind. Paragraphs are (reference, text or None if hidden).

    Every text goes through the glossary in one pass. Without `threads` (a draft), lines have none to open.
    """
    texts = [text or HIDDEN_TEXT for _, text in paragraphs]
    for line in lines:
        if not line.hidden:
            texts.append(line.text)
            texts.extend(line.details)
    marked = iter(glossary.mark(texts))
    introduction = tuple(
        Paragraph(reference, text or HIDDEN_TEXT, next(marked), text is None) for reference, text in paragraphs
    )
    themes: dict[str, dict[str, list[Entry]]] = {}
    names: dict[str, str] = {}
    for line in lines:
        details: tuple[SafeString, ...] = ()
        html = _HIDDEN if line.hidden else next(marked)
        if line.details and not line.hidden:
            details = tuple(next(marked) for _ in line.details)
        number = "" if line.number is None else str(line.number)
        thread = f"{_SPOKEN.get(line.kind, 'la contribution')} {number}" if threads and not line.hidden else ""
        entry = Entry(line.code, number, thread, html, details, line.conclusion, line.hidden, line)
        names.setdefault(line.theme, line.theme_name)
        themes.setdefault(line.theme, {}).setdefault(line.kind, []).append(entry)
    sections = tuple(_theme_section(code, names[code], kinds) for code, kinds in themes.items())
    return Content(introduction, sections, words.kind_counts(_count(entry for entry in _entries(themes))))


_HIDDEN = SafeString(HIDDEN_TEXT)
_SPOKEN: dict[str, str] = {
    Kind.CHALLENGE: "le défi",
    Kind.STRENGTH: "l'atout",
    Kind.PROPOSAL: "la proposition",
}


def _entries(themes: dict[str, dict[str, list[Entry]]]) -> Iterable[Entry]:
    return (entry for kinds in themes.values() for entries in kinds.values() for entry in entries)


def _count(entries: Iterable[Entry]) -> dict[str, int]:
    """How many of each kind. A conclusion sums up what was counted already."""
    counts: dict[str, int] = {}
    for entry in entries:
        if not entry.conclusion:
            counts[entry.line.kind] = counts.get(entry.line.kind, 0) + 1
    return counts


def _theme_section(code: str, name: str, kinds: dict[str, list[Entry]]) -> ThemeSection:
    sections = tuple(
        KindSection(kind.value, KIND_PLURALS[kind], tuple(kinds[kind]), _families(kinds[kind]))
        for kind in KIND_ORDER
        if kind in kinds
    )
    counts = _count(entry for entries in kinds.values() for entry in entries)
    return ThemeSection(name or NO_THEME, f"t-{code or 'autres'}", words.kind_counts(counts), sections)


OTHERS = "Autres contributions"
"""The heading of what is in no family, where others are in one."""


def _families(entries: Sequence[Entry]) -> tuple[FamilyGroup, ...]:
    """Entries that follow each other in the same family, one group; a single one without title where there is none.

    What is hidden tells nothing, its family neither: it stays with the one above it.
    """
    if not any(entry.line.family for entry in entries):
        return (FamilyGroup("", "", tuple(entries)),)
    groups: list[tuple[Line, list[Entry]]] = []
    for entry in entries:
        if not groups or (not entry.hidden and entry.line.family != groups[-1][0].family):
            groups.append((entry.line, []))
        groups[-1][1].append(entry)
    return tuple(
        FamilyGroup(first.family or OTHERS, words.dots(first.family_dots) if first.family else "", tuple(held))
        for first, held in groups
    )
