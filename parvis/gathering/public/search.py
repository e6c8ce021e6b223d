"""What was said, found by its words: contributions that anyone may read, and the passage that answers.

Each hit is asked of the same rule as its own page: what is hidden, erased, reserved or under embargo is not found, nor
lends its words to the correction of a slip.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from parvis.consultations.models import Contribution
from parvis.core.text import fold
from parvis.core.word_index import HoldsWords
from parvis.french.kinds import KIND_ORDER
from parvis.gathering import local_time
from parvis.insight.stems import near_words, parts_by_stem, stems
from parvis.meetings.models import Meeting
from parvis.meetings.rules import readable_meetings
from parvis.publishing.rules import readable_contributions

PER_PAGE = 20
_EXCERPT = 260
"""Characters of a passage; a word that would be cut stays whole."""
_BEFORE = 80
"""Characters kept before the first word that answers."""

Part = tuple[str, bool]
"""Some text, and whether it is a word that answers."""
Groups = tuple[tuple[str, ...], ...]
"""For each word that was asked, the stems that answer it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A contribution that answers. `details`: its sub-points that do. `meetings` are (code, title, day)."""

    code: str
    kind: str
    theme: str
    territory: str
    text: tuple[Part, ...]
    details: tuple[tuple[Part, ...], ...]
    meetings: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`counts`: how many of each kind. `corrected`: nothing holds the words as typed; these are near them."""

    text: str
    kind: str
    hits: tuple[Hit, ...]
    total: int
    counts: tuple[tuple[str, int], ...]
    corrected: bool
    page: int
    pages: int

    @property
    def everywhere(self) -> int:
        """How many there are, whatever their kind."""
        return sum(count for _, count in self.counts)


def search_page(text: str, kind: str = "", page: int = 1) -> SearchPage:
    """Page `page` (the nearest that exists), the last said first. Three queries; five when a word is not found."""
    asked: Groups = tuple((stem,) for stem in dict.fromkeys(stems(text)))
    counts, corrected = _counts(asked), False
    if asked and not counts and (near := _near(text)):
        counts, asked = _counts(near), near
        corrected = bool(counts)
    kind = kind if kind in counts else ""
    total = counts[kind] if kind else sum(counts.values())
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    return SearchPage(
        text=text,
        kind=kind,
        hits=_hits(asked, kind, (page - 1) * PER_PAGE) if total else (),
        total=total,
        counts=tuple((name, counts[name]) for name in KIND_ORDER if name in counts),
        corrected=corrected,
        page=page,
        pages=pages,
    )


def said_with(groups: Groups) -> QuerySet[Contribution]:
    """The contributions that anyone may read and that hold a word of each group, unordered. None without a word."""
    readable = Contribution.objects.filter(readable_contributions()).order_by()
    return readable.filter(HoldsWords(Contribution, groups)) if groups else readable.none()


def _counts(groups: Groups) -> dict[str, int]:
    return dict(said_with(groups).values_list("kind").annotate(count=Count("pk")))


def _near(text: str) -> Groups | None:
    """What the words of `text` mean once those that nobody said are replaced by words near them. None without any.

    Whole words are compared: a slip at the end of one would give it another stem.
    """
    readable = Contribution.objects.filter(readable_contributions()).order_by()
    rows = readable.values_list("text", "details", "search_key")
    texts, keys = [], []
    for said, details, key in rows.iterator():
        texts += [said, *details]
        keys.append(key)
    words, known = set(fold(" ".join(texts)).split()), set(" ".join(keys).split())
    groups = []
    for word in fold(text).split():
        for stem in stems(word):
            near = [other for close in near_words(word, words) for other in stems(close)]
            groups.append((stem,) if stem in known else tuple(dict.fromkeys(near)))
    return tuple(groups) if all(groups) else None


def _hits(groups: Groups, kind: str, start: int) -> tuple[Hit, ...]:
    contributions = said_with(groups).filter(**({"kind": kind} if kind else {})).order_by("-pk")
    columns = ("pk", "code", "kind", "theme__name", "territory__name", "text", "details")
    rows = list(contributions.values_list(*columns)[start : start + PER_PAGE])
    meetings = _meetings_of([row[0] for row in rows])
    wanted = frozenset(stem for group in groups for stem in group)
    return tuple(
        Hit(
            code,
            kind,
            theme,
            territory or "",
            excerpt(text, wanted),
            tuple(part for detail in details if _answers(part := excerpt(detail, wanted))),
            tuple(meetings.get(pk, ())),
        )
        for pk, code, kind, theme, territory, text, details in rows
    )


def _meetings_of(contributions: list[int]) -> dict[int, list[tuple[str, str, str]]]:
    """Where each was said, of the meetings that anyone may read. One query."""
    told = Meeting.objects.filter(readable_meetings(None), minutes__contributions__in=contributions)
    rows = told.annotate(contribution=F("minutes__contributions")).order_by("starts_at", "pk").distinct()
    meetings: dict[int, list[tuple[str, str, str]]] = {}
    for contribution, code, title, starts in rows.values_list("contribution", "code", "title", "starts_at"):
        meetings.setdefault(contribution, []).append((code, title, local_time.local_day(starts)))
    return meetings


def excerpt(text: str, wanted: frozenset[str]) -> tuple[Part, ...]:
    """The passage of `text` around the first word that answers; all of it when it is short."""
    text = " ".join(text.split())
    parts = parts_by_stem(text, wanted)
    if len(text) <= _EXCERPT:
        return tuple(parts)
    first = 0
    for part, answers in parts:
        if answers:
            break
        first += len(part)
    else:
        first = 0
    start = text.find(" ", max(0, first - _BEFORE)) + 1 if first > _BEFORE else 0
    end = text.rfind(" ", start, start + _EXCERPT) if start + _EXCERPT < len(text) else len(text)
    end = end if end > first else min(len(text), start + _EXCERPT)
    passage = f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
    return tuple(parts_by_stem(passage, wanted))


def _answers(parts: Iterable[Part]) -> bool:
    return any(answers for _, answers in parts)
