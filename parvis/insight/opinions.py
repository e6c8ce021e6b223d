"""Opinions counted: by sheet, by college, people and organisations apart.

*asked* = shown the sheet within one's perimeter, and did not say that it is out of one's scope; *answered* = gave any
other value; *knows* = answered, but « je ne connais pas ». An organisation is asked if one of its people is, answered
if one of them did, knows if one of them knows. What its people say is kept as a spread: where they differ it is
`divided`, unless its référent entered a position. The opinions of the action's own lead are counted apart. Cost: one
pass over the rows, which may each stand for many people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from parvis.insight.figures import Counter, Figures
from parvis.insight.opinion_rows import (
    COLLEGES,
    DIVIDED,
    FAVOURABLE,
    NO_VIEW,
    OUT_OF_SCOPE,
    RELATIONS,
    REWORK,
    SUPPORT,
    UNKNOWN,
    VIEWS,
    Answer,
    Asked,
    Named,
    Position,
    Tally,
)


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """One sheet. `colleges` has the six; `lead` holds values of its own people; `tallies` college → value → stickers.

    `outside`: opinions given by people of another perimeter, in none of the figures. `relations`: organisations that
    answered, by their tie to the action. `named`: how many of those that know it the sheet names.
    """

    sheet: str
    organisations: Figures
    people: Figures
    colleges: Mapping[str, Figures]
    colleges_people: Mapping[str, Figures]
    lead: Mapping[str, int]
    outside: int
    tallies: Mapping[str, Mapping[str, int]]
    relations: Mapping[str, Figures]
    named: int


@dataclass(slots=True)
class _Voice:
    """What the people of one organisation say of one sheet: value → people."""

    college: str
    people: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    relation: str = RELATIONS[-1]

    def add(self, answer: Answer) -> None:
        self.counts[answer.value] = self.counts.get(answer.value, 0) + answer.people
        self.relation = min(self.relation, answer.relation, key=RELATIONS.index)

    @property
    def silent(self) -> int:
        """Never below zero: someone may come in while the rows are read."""
        return max(0, self.people - sum(self.counts.values()))

    def stance(self, position: str | None) -> str | None:
        """In which category it falls; None when it is silent."""
        if position is not None:
            return position
        views = self.counts.keys() & set(VIEWS)
        if views:
            return next(iter(views)) if len(views) == 1 else DIVIDED
        for value in (NO_VIEW, UNKNOWN):
            if value in self.counts:
                return value
        return None if self.silent else OUT_OF_SCOPE

    @property
    def side(self) -> str | None:
        """That of all its views, when they share one."""
        views = self.counts.keys() & set(VIEWS)
        if not views:
            return None
        return SUPPORT if views <= FAVOURABLE else REWORK if not views & FAVOURABLE else None


def count_opinions(
    asked: Iterable[Asked],
    answers: Iterable[Answer],
    positions: Iterable[Position] = (),
    tallies: Iterable[Tally] = (),
    named: Iterable[Named] = (),
) -> dict[str, SheetFigures]:
    """Figures of each sheet that someone was asked about or spoke of. Raises `KeyError` on an unknown college."""
    names = {(name.sheet, name.organisation) for name in named}
    stands = {(position.sheet, position.organisation): position.value for position in positions}
    voices: dict[str, dict[str, _Voice]] = defaultdict(dict)
    for group in asked:
        voices[group.sheet].setdefault(group.organisation, _Voice(group.college)).people += group.people
    leads: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    outside: dict[str, int] = defaultdict(int)
    for answer in answers:
        voice = voices.get(answer.sheet, {}).get(answer.organisation)
        if voice is None:
            outside[answer.sheet] += answer.people
        elif answer.lead:
            leads[answer.sheet][answer.value] += answer.people
            voice.people -= answer.people
        else:
            voice.add(answer)
    stickers: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for tally in tallies:
        stickers[tally.sheet][tally.college][tally.value] = (
            stickers[tally.sheet][tally.college].get(tally.value, 0) + tally.count
        )
    return {
        sheet: _figures(
            sheet, voices.get(sheet, {}), stands, names, dict(leads.get(sheet, {})), outside.get(sheet, 0),
            {college: dict(values) for college, values in stickers.get(sheet, {}).items()},
        )
        for sheet in sorted({*voices, *outside, *stickers})
    }  # fmt: skip


def no_figures(sheet: str) -> SheetFigures:
    """A sheet that nobody was asked about."""
    return _figures(sheet, {}, {}, set(), {}, 0, {})


def _colleges() -> dict[str, Counter]:
    return {college: Counter() for college in COLLEGES}


def _figures(
    sheet: str,
    voices: Mapping[str, _Voice],
    stands: Mapping[tuple[str, str], str],
    names: Collection[tuple[str, str]],
    lead: Mapping[str, int],
    outside: int,
    tallies: Mapping[str, Mapping[str, int]],
) -> SheetFigures:
    organisations, people = _colleges(), _colleges()
    relations, named = {relation: Counter() for relation in RELATIONS}, 0
    for code, voice in voices.items():
        if not voice.people and not voice.counts:
            continue  # only the action's own lead spoke for it
        stance = voice.stance(stands.get((sheet, code)))
        organisations[voice.college].add(stance, side=voice.side)
        if stance not in (None, OUT_OF_SCOPE):
            relations[voice.relation].add(stance, side=voice.side)
            named += (sheet, code) in names and stance != UNKNOWN
        people[voice.college].add(None, voice.silent)
        for value, count in voice.counts.items():
            people[voice.college].add(value, count)
    return SheetFigures(
        sheet=sheet,
        organisations=total(counter.freeze() for counter in organisations.values()),
        people=total(counter.freeze() for counter in people.values()),
        colleges={college: counter.freeze() for college, counter in organisations.items()},
        colleges_people={college: counter.freeze() for college, counter in people.items()},
        lead=lead,
        outside=outside,
        tallies=tallies,
        relations={relation: counter.freeze() for relation, counter in relations.items()},
        named=named,
    )


def total(parts: Iterable[Figures]) -> Figures:
    """The figures of several sets of voices that share nobody."""
    whole = Counter()
    for part in parts:
        whole.asked += part.asked
        whole.out_of_scope += part.out_of_scope
        whole.divided_favourable += part.divided_favourable
        whole.divided_unfavourable += part.divided_unfavourable
        for category, count in part.counts.items():
            whole.counts[category] += count
    return whole.freeze()


@dataclass(frozen=True, slots=True)
class Point:
    """A sheet in the quadrant: shares between 0 and 1 of the organisations."""

    sheet: str
    awareness: float
    appreciation: float


def quadrant(figures: Iterable[SheetFigures]) -> tuple[Point, ...]:
    """The sheets that someone answered and on which someone has a view, in the order given."""
    return tuple(
        Point(sheet.sheet, known, liked)
        for sheet in figures
        if (known := sheet.organisations.awareness.value) is not None
        and (liked := sheet.organisations.appreciation.value) is not None
    )


def little_known(figures: Iterable[SheetFigures]) -> tuple[SheetFigures, ...]:
    """« À faire connaître »: sheets that fewer than half know, those that who knows them likes first."""
    unknown = [sheet for sheet in figures if (share := sheet.organisations.awareness.value) is not None and share < 0.5]
    return tuple(
        sorted(
            unknown,
            key=lambda sheet: (
                -(sheet.organisations.appreciation.value or 0.0),
                sheet.organisations.awareness.value or 0.0,
                sheet.sheet,
            ),
        )
    )
