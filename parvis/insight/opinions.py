"""Opinions counted: by sheet, by college, people and organisations apart.

*asked* = shown the sheet within one's perimeter, and did not say that it is out of one's scope; *answered* = gave any
other value; *knows* = answered, but « je ne connais pas ». An organisation is asked if one of its people is, answered
if one of them did, knows if one of them knows. What its people say is kept as a spread: where they differ it is
`divided`, unless its référent entered a position. The opinions of the action's own lead are counted apart. Cost: one
pass over the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parvis.insight.figures import Counter, Figures
from parvis.insight.voices import (
    COLLEGES,
    DIVIDED,
    FAVOURABLE,
    NO_VIEW,
    OUT_OF_SCOPE,
    UNKNOWN,
    VIEWS,
    Answer,
    Asked,
    Position,
    Tally,
)

_LEAD = "lead"


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """One sheet. `colleges` has the five; `lead` holds values of its own people; `tallies` college → value → stickers.

    `outside`: opinions given by people of another perimeter, in none of the figures.
    """

    sheet: str
    organisations: Figures
    people: Figures
    colleges: Mapping[str, Figures]
    colleges_people: Mapping[str, Figures]
    lead: Mapping[str, int]
    outside: int
    tallies: Mapping[str, Mapping[str, int]]


@dataclass(slots=True)
class _Voice:
    """What the people of one organisation say of one sheet."""

    college: str
    people: int = 0
    values: list[str] | None = None
    out_of_scope: int = 0

    def stance(self, position: str | None) -> tuple[str | None, bool]:
        """In which category it falls, and whether all its views are favourable."""
        if position is not None:
            return position, position in FAVOURABLE
        values = set(self.values or ())
        views = values.intersection(VIEWS)
        if views:
            return (next(iter(views)) if len(views) == 1 else DIVIDED), views <= FAVOURABLE
        if NO_VIEW in values:
            return NO_VIEW, False
        if UNKNOWN in values:
            return UNKNOWN, False
        return (OUT_OF_SCOPE if self.out_of_scope == self.people else None), False


def count_opinions(
    asked: Iterable[Asked],
    answers: Iterable[Answer],
    positions: Iterable[Position] = (),
    tallies: Iterable[Tally] = (),
) -> dict[str, SheetFigures]:
    """Figures of each sheet that someone was asked about or spoke of. Raises `KeyError` on an unknown college."""
    said = {(each.sheet, each.person): each for each in answers}
    stands = {(each.sheet, each.organisation): each.value for each in positions}
    voices: dict[str, dict[str, _Voice]] = defaultdict(dict)
    people: dict[str, dict[str, Counter]] = defaultdict(_colleges)
    leads: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in asked:
        answer = said.pop((one.sheet, one.person), None)
        if answer is not None and answer.relation == _LEAD:
            leads[one.sheet][answer.value] += 1
            continue
        value = answer.value if answer is not None else None
        people[one.sheet][one.college].add(value)
        voice = voices[one.sheet].setdefault(one.organisation, _Voice(one.college))
        voice.people += 1
        if value == OUT_OF_SCOPE:
            voice.out_of_scope += 1
        elif value is not None:
            voice.values = [*(voice.values or ()), value]
    outside: dict[str, int] = defaultdict(int)
    for sheet, _ in said:
        outside[sheet] += 1
    stickers: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for tally in tallies:
        stickers[tally.sheet][tally.college][tally.value] = (
            stickers[tally.sheet][tally.college].get(tally.value, 0) + tally.count
        )
    sheets = sorted({*voices, *leads, *outside, *stickers})
    return {
        sheet: _figures(
            sheet, voices.get(sheet, {}), people.get(sheet) or _colleges(), stands,
            dict(leads.get(sheet, {})), outside.get(sheet, 0),
            {college: dict(values) for college, values in stickers.get(sheet, {}).items()},
        )
        for sheet in sheets
    }  # fmt: skip


def no_figures(sheet: str) -> SheetFigures:
    """A sheet that nobody was asked about."""
    return _figures(sheet, {}, _colleges(), {}, {}, 0, {})


def _colleges() -> dict[str, Counter]:
    return {college: Counter() for college in COLLEGES}


def _figures(
    sheet: str,
    voices: Mapping[str, _Voice],
    people: Mapping[str, Counter],
    stands: Mapping[tuple[str, str], str],
    lead: Mapping[str, int],
    outside: int,
    tallies: Mapping[str, Mapping[str, int]],
) -> SheetFigures:
    organisations = _colleges()
    for code, voice in voices.items():
        stance, favourable = voice.stance(stands.get((sheet, code)))
        organisations[voice.college].add(stance, favourable=favourable)
    return SheetFigures(
        sheet=sheet,
        organisations=total(counter.freeze() for counter in organisations.values()),
        people=total(counter.freeze() for counter in people.values()),
        colleges={college: counter.freeze() for college, counter in organisations.items()},
        colleges_people={college: counter.freeze() for college, counter in people.items()},
        lead=lead,
        outside=outside,
        tallies=tallies,
    )


def total(parts: Iterable[Figures]) -> Figures:
    """The figures of several sets of voices that share nobody."""
    whole = Counter()
    for part in parts:
        whole.asked += part.asked
        whole.out_of_scope += part.out_of_scope
        whole.divided_favourable += part.divided_favourable
        for category, count in part.said.items():
            whole.said[category] += count
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
        Point(each.sheet, known, liked)
        for each in figures
        if (known := each.organisations.awareness.value) is not None
        and (liked := each.organisations.appreciation.value) is not None
    )


def little_known(figures: Iterable[SheetFigures]) -> tuple[SheetFigures, ...]:
    """« À faire connaître »: sheets that fewer than half know, those that who knows them likes first."""
    found = [each for each in figures if (share := each.organisations.awareness.value) is not None and share < 0.5]
    return tuple(
        sorted(
            found,
            key=lambda each: (
                -(each.organisations.appreciation.value or 0.0),
                each.organisations.awareness.value or 0.0,
                each.sheet,
            ),
        )
    )
