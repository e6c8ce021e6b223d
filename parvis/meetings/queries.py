"""Reads for the screens of the minutes: each asks a constant number of questions, whatever the number of lines."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from parvis.consultations.enums import Audience, Kind
from parvis.consultations.models import Theme
from parvis.consultations.models.audience import Published
from parvis.core import clock
from parvis.core.access import rule
from parvis.french.kinds import KINDS, NO_THEME
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import HeadingWord, Minutes, MinutesLine, MinutesSource, Photo, WaitingReport
from parvis.people.actor import Actor
from parvis.people.rules import WRITE, territories_of
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory

PAGE_LINES = 400
_WHOLE_WORKS = ("import_report", "draft_from_room")
"""The changes that nobody takes back by a slip of the hand: the reading of a report, what a workshop wrote."""
"""Lines of a page of the review: nearly every report is whole on the first."""
_SHORT_SOURCE = 1_500
_AROUND = 20
"""Lines of a long source shown before and after those of a page."""
_WORDS_OF_ROLE = {
    "title": "titre",
    "preamble": "préambule",
    "heading": "intertitre",
    "prose": "texte courant",
    "furniture": "en-tête ou pied de page",
}


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line as the review shows it. Two equal rows are drawn alike: what is equal need not be sent again."""

    code: str
    place: str
    heading: str
    kind: str
    theme: str
    territory: str
    number: str
    text: str
    details: tuple[str, ...]
    conclusion: bool
    checked: bool
    doubt: str
    role: str
    source: int
    first: int
    last: int

    @property
    def is_item(self) -> bool:
        return self.place == LinePlace.ITEM


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source beside its reading. `index` names it in the page, from 1; `before` lines of its `total` come before
    those that are shown."""

    index: int
    name: str
    lines: tuple[str, ...]
    warnings: tuple[str, ...]
    before: int
    total: int

    @property
    def whole(self) -> bool:
        return len(self.lines) == self.total

    @property
    def last(self) -> int:
        return self.before + len(self.lines)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Some lines of a long text. Pages are numbered from 1."""

    number: int
    pages: int
    rows: list[ReviewRow]

    @property
    def offset(self) -> int:
        """How many lines come before."""
        return (self.number - 1) * PAGE_LINES


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    items: int
    doubts: int
    aside: int
    introduction: int


def review_page(minutes: Minutes, number: int, *, only_doubts: bool = False) -> ReviewPage:
    """The lines of one page, the nearest there is to `number`. A heading stands on the first line of the page, and of
    each theme and kind. Three queries."""
    lines = minutes.lines.filter(doubtful()) if only_doubts else minutes.lines.all()
    pages = max(1, -(-lines.count() // PAGE_LINES))
    number = min(max(number, 1), pages)
    start = (number - 1) * PAGE_LINES
    return ReviewPage(number, pages, _rows(minutes, lines.order_by("position", "id")[start : start + PAGE_LINES]))


def first_doubts(minutes: Minutes, most: int) -> list[ReviewRow]:
    """What to look at first, wherever it stands. Two queries."""
    return _rows(minutes, minutes.lines.filter(doubtful()).order_by("position", "id")[:most])


def page_of(minutes: Minutes, code: str, *, only_doubts: bool = False) -> int:
    """The page where a line is; 1 for one that is gone. Two queries."""
    line = minutes.lines.filter(code=code).only("pk", "position").first()
    if line is None:
        return 1
    before = minutes.lines.filter(Q(position__lt=line.position) | Q(position=line.position, pk__lt=line.pk))
    return (before.filter(doubtful()) if only_doubts else before).count() // PAGE_LINES + 1


def _rows(minutes: Minutes, lines: QuerySet[MinutesLine]) -> list[ReviewRow]:
    indexes = {pk: index for index, pk in enumerate(_source_ids(minutes), start=1)}
    rows: list[ReviewRow] = []
    above: tuple[object, ...] = ()
    for line in lines.select_related("theme", "territory").defer("origins"):
        group = _group(line)
        rows.append(_row(line, _heading(line) if group and group != above else "", indexes.get(line.source_id or 0, 0)))
        above = group or above
    return rows


def _source_ids(minutes: Minutes) -> list[int]:
    return list(minutes.sources.order_by("id").values_list("pk", flat=True))


def _group(line: MinutesLine) -> tuple[object, ...]:
    """What is set aside breaks no group."""
    if line.place == LinePlace.ASIDE:
        return ()
    return (line.place, line.theme_id, line.kind) if line.place == LinePlace.ITEM else (line.place,)


def _heading(line: MinutesLine) -> str:
    if line.place != LinePlace.ITEM:
        return "Introduction"
    return f"{line.theme.name if line.theme else NO_THEME} · {KINDS[line.kind].many}"


def _row(line: MinutesLine, heading: str, source: int) -> ReviewRow:
    return ReviewRow(
        code=line.code,
        place=line.place,
        heading=heading,
        kind=line.kind,
        theme=line.theme.name if line.theme else "",
        territory=line.territory.name if line.territory else "",
        number=line.number,
        text=line.text,
        details=tuple(line.details),
        conclusion=line.conclusion,
        checked=line.checked,
        doubt=_doubt(line),
        role=_WORDS_OF_ROLE.get(line.role, ""),
        source=source if line.source_line else 0,
        first=line.source_line or 0,
        last=line.source_last_line or line.source_line or 0,
    )


def _doubt(line: MinutesLine) -> str:
    """What a person should look at: the reader's doubt until she checked the line, and what is missing anyway."""
    if line.place != LinePlace.ITEM:
        return ""
    doubts = [] if line.checked or not line.doubt else [line.doubt]
    if line.theme_id is None and "thématique" not in " ".join(doubts):
        doubts.append("thématique à choisir")
    if line.kind == Kind.UNSORTED:
        doubts.append("nature à choisir")
    return " ; ".join(doubts)


def doubtful() -> Q:
    """The contributions that a person should look at: what `_doubt` tells."""
    doubted = Q(checked=False) & ~Q(doubt="")
    return Q(place=LinePlace.ITEM) & (doubted | Q(theme=None) | Q(kind=Kind.UNSORTED))


def count_lines(minutes: Minutes) -> ReviewCounts:
    """How many lines of each place, and how many doubts. One query."""
    counts = minutes.lines.aggregate(
        items=Count("pk", filter=Q(place=LinePlace.ITEM)),
        doubts=Count("pk", filter=doubtful()),
        aside=Count("pk", filter=Q(place=LinePlace.ASIDE)),
        introduction=Count("pk", filter=Q(place=LinePlace.INTRODUCTION)),
    )
    return ReviewCounts(**counts)


def source_texts(minutes: Minutes, rows: Sequence[ReviewRow]) -> list[SourceText]:
    """The sources in the order they came, each whole when it is short, else around what `rows` come from. One query."""
    return [
        _source_text(source, index, [row for row in rows if row.source == index])
        for index, source in enumerate(minutes.sources.order_by("id"), start=1)
    ]


def _source_text(source: MinutesSource, index: int, rows: Sequence[ReviewRow]) -> SourceText:
    before, end = 0, len(source.lines)
    if end > _SHORT_SOURCE:
        before = max(0, min((row.first for row in rows), default=1) - 1 - _AROUND)
        end = max((row.last for row in rows), default=0) + _AROUND
    shown = tuple(source.lines[before:end])
    return SourceText(index, source.name, shown, tuple(source.warnings), before, len(source.lines))


def sources_in_short(minutes: Minutes) -> list[MinutesSource]:
    """The sources without their text."""
    return list(minutes.sources.select_related("added_by").defer("lines").order_by("id"))


def waiting_reports(minutes: Minutes) -> list[WaitingReport]:
    """The files that are not wholly in these minutes yet, without their bytes."""
    return list(WaitingReport.objects.filter(meeting__minutes=minutes).defer("data").order_by("id"))


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What « Annuler » and « Rétablir » would do: their words, empty when there is nothing. `asks`: what would go is
    the whole work of an import or of a workshop."""

    undo: str
    redo: str
    asks: bool


def taking_back(minutes: Minutes) -> TakingBack:
    """What the buttons say."""
    stands = Q(after__isnull=True)
    changes = list(minutes.changes.order_by("id").annotate(stands=stands).values_list("verb", "label", "stands"))
    standing = [(verb, label) for verb, label, here in changes if here]
    verb, label = standing[-1] if standing else ("", "")
    return TakingBack(label, next((words for _, words, here in changes if not here), ""), verb in _WHOLE_WORKS)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who will read minutes once published, and from when: the narrowest of its consultation and of its meetings."""

    audience: Audience
    since: datetime.datetime | None
    hidden: bool
    draft: bool
    reserved_themes: tuple[str, ...]

    @property
    def public(self) -> bool:
        return self.audience == Audience.PUBLIC


def readers_of(minutes: Minutes) -> Readers:
    """Counts audience, embargo, moderation and the themes that are not for everyone. Two queries."""
    meetings = list(minutes.meetings.order_by("starts_at", "id"))
    published: list[Published] = [minutes.consultation, *meetings]
    order = list(Audience)
    embargoes = [item.embargo_until for item in published if item.embargo_until and item.embargo_until > clock.now()]
    reserved = (
        Theme.objects.filter(minutesline__minutes=minutes, minutesline__place=LinePlace.ITEM)
        .exclude(audience=Audience.PUBLIC)
        .distinct()
        .order_by("position", "id")
        .values_list("name", flat=True)
    )
    return Readers(
        audience=max((Audience(item.audience) for item in published), key=order.index),
        since=max(embargoes, default=None),
        hidden=any(item.hidden_at is not None for item in published),
        draft=minutes.consultation.opened_at is None,
        reserved_themes=tuple(reserved),
    )


@rule
def word_territories(actor: Actor) -> QuerySet[Territory]:
    """Where an agent may say which headings are known: the agglomérations and the communes where she may write."""
    return Territory.objects.filter(pk__in=territories_of(actor, WRITE)).exclude(kind=TerritoryKind.NEIGHBOURHOOD)


@rule
def editable_words(actor: Actor) -> QuerySet[HeadingWord]:
    """The headings proposed, kept and left, where an agent may decide."""
    return HeadingWord.objects.filter(territory__in=territories_of(actor, WRITE)).select_related("territory")


def photos_of(minutes: Minutes) -> list[Photo]:
    """The photographs of the workshops that minutes tell, without their bytes."""
    photos = Photo.objects.filter(board__meeting__minutes=minutes).defer("data")
    return list(photos.order_by("board__meeting__starts_at", "id"))
