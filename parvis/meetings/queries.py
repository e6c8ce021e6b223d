"""Reads for the screens of the minutes: each asks a constant number of questions, whatever the number of lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from parvis.consultations.enums import Audience, Kind
from parvis.consultations.models import Theme
from parvis.consultations.models.audience import Published
from parvis.core import clock
from parvis.core.access import rule
from parvis.french.kinds import KINDS, NO_THEME
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import HeadingWord, Minutes, MinutesLine, MinutesSource, Photo
from parvis.people.actor import Actor
from parvis.people.rules import WRITE, territories_of
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory

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
    """A source beside its reading. `index` names it in the page, from 1."""

    index: int
    name: str
    lines: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    items: int
    doubts: int
    aside: int
    introduction: int


def review_rows(minutes: Minutes) -> list[ReviewRow]:
    """Every line, in the order of the text. A heading stands on the first line of each theme and kind. Two queries."""
    indexes = {pk: index for index, pk in enumerate(_source_ids(minutes), start=1)}
    rows: list[ReviewRow] = []
    above: tuple[object, ...] = ()
    for line in minutes.lines.select_related("theme", "territory").defer("origins").order_by("position", "id"):
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
    said = [] if line.checked or not line.doubt else [line.doubt]
    if line.theme_id is None and "thématique" not in " ".join(said):
        said.append("thématique à choisir")
    if line.kind == Kind.UNSORTED:
        said.append("nature à choisir")
    return " ; ".join(said)


def count_rows(rows: Iterable[ReviewRow]) -> ReviewCounts:
    """How many lines of each place, and how many doubts."""
    all_rows = list(rows)
    return ReviewCounts(
        items=sum(row.place == LinePlace.ITEM for row in all_rows),
        doubts=sum(bool(row.doubt) for row in all_rows),
        aside=sum(row.place == LinePlace.ASIDE for row in all_rows),
        introduction=sum(row.place == LinePlace.INTRODUCTION for row in all_rows),
    )


def source_texts(minutes: Minutes) -> list[SourceText]:
    """The sources in the order they came. One query."""
    return [
        SourceText(index, source.name, tuple(source.lines), tuple(source.warnings))
        for index, source in enumerate(minutes.sources.order_by("id"), start=1)
    ]


def sources_in_short(minutes: Minutes) -> list[MinutesSource]:
    """The sources without their text."""
    return list(minutes.sources.select_related("added_by").defer("lines").order_by("id"))


def last_gesture(minutes: Minutes) -> str:
    """The words of what « Annuler » would take back, empty when there is nothing."""
    return minutes.changes.order_by("-id").values_list("label", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who will read minutes once published, and from when: the narrowest of its consultation and of its meetings."""

    audience: Audience
    since: datetime.datetime | None
    hidden: bool
    reserved_themes: tuple[str, ...]

    @property
    def public(self) -> bool:
        return self.audience == Audience.PUBLIC


def readers_of(minutes: Minutes) -> Readers:
    """Counts audience, embargo, moderation and the themes that are not for everyone. Two queries."""
    meetings = list(minutes.meetings.order_by("starts_at", "id"))
    published: list[Published] = [minutes.consultation, *meetings]
    order = list(Audience)
    embargoes = [each.embargo_until for each in published if each.embargo_until and each.embargo_until > clock.now()]
    reserved = (
        Theme.objects.filter(minutesline__minutes=minutes, minutesline__place=LinePlace.ITEM)
        .exclude(audience=Audience.PUBLIC)
        .distinct()
        .order_by("position", "id")
        .values_list("name", flat=True)
    )
    return Readers(
        audience=max((Audience(each.audience) for each in published), key=order.index),
        since=max(embargoes, default=None),
        hidden=any(each.hidden_at is not None for each in published),
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
    found = Photo.objects.filter(board__meeting__minutes=minutes).defer("data")
    return list(found.order_by("board__meeting__starts_at", "id"))
