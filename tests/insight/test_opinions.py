"""Awareness, appreciation and bounds, against figures worked out by hand."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from parvis.insight.figures import Figures, Share, agreement
from parvis.insight.opinion_rows import CATEGORIES, Answer, Asked, Named, Position, Tally
from parvis.insight.opinions import SheetFigures, count_opinions, little_known, quadrant
from parvis.insight.shown import Counts

# One sheet, seven organisations, twelve people asked:
#   CAF (social)      a continue, b adapt                     → divided, not all favourable
#   CPAM (social)     c strengthen, d continue                → divided, all favourable
#   DDETS (state)     e unknown, f unknown                    → unknown
#   Mairie (local)    g continue, h silent                    → continue
#   Bailleur (housing) i silent                               → silent
#   Asso (civil)      j no_view, k out_of_scope               → no_view
#   Service (local)   l out_of_scope                          → leaves the denominator
#   Porteur (civil)   m strengthen, as lead                   → apart
# and n of Elsewhere, not asked, said continue                → outside
PEOPLE = {
    "a": ("caf", "social_and_health"), "b": ("caf", "social_and_health"),
    "c": ("cpam", "social_and_health"), "d": ("cpam", "social_and_health"),
    "e": ("ddets", "state"), "f": ("ddets", "state"),
    "g": ("mairie", "local_authorities"), "h": ("mairie", "local_authorities"),
    "i": ("bailleur", "housing"),
    "j": ("asso", "civil_society"), "k": ("asso", "civil_society"),
    "l": ("service", "local_authorities"),
    "m": ("porteur", "civil_society"),
}  # fmt: skip
ASKED = [Asked(organisation, college, "s") for organisation, college in PEOPLE.values()]
SAID_BY = {
    "a": "continue", "b": "adapt", "c": "strengthen", "d": "continue", "e": "unknown", "f": "unknown", "g": "continue",
    "j": "no_view", "k": "out_of_scope", "l": "out_of_scope", "n": "continue",
}  # fmt: skip


def answer(person: str, value: str, *, lead: bool = False) -> Answer:
    return Answer(PEOPLE.get(person, ("elsewhere", ""))[0], "s", value, "lead" if lead else "none")


ANSWERS = [*(answer(person, value) for person, value in SAID_BY.items()), answer("m", "strengthen", lead=True)]


def counted(positions: tuple[Position, ...] = (), tallies: tuple[Tally, ...] = ()) -> SheetFigures:
    return count_opinions(ASKED, ANSWERS, positions, tallies)["s"]


def test_organisations_are_counted_by_hand() -> None:
    organisations = counted().organisations
    assert (organisations.asked, organisations.answered) == (6, 5)
    assert (organisations.silent, organisations.out_of_scope) == (1, 1)
    assert organisations.counts == {
        "strengthen": 0, "continue": 1, "adapt": 0, "reconsider": 0, "divided": 2, "no_view": 1, "unknown": 1
    }  # fmt: skip
    assert organisations.awareness == Share(k=4, n=5, low=4, high=5, out_of=6)
    assert organisations.response == Share(5, 6, 5, 5, 6)
    assert organisations.appreciation == Share(k=2, n=3, low=2, high=3, out_of=3)


def test_people_are_counted_by_hand() -> None:
    people = counted().people
    assert (people.asked, people.answered, people.silent, people.out_of_scope) == (10, 8, 2, 2)
    assert people.awareness == Share(6, 8, 6, 8, 10)
    assert people.appreciation == Share(4, 5, 4, 4, 5)


def test_the_lead_the_others_and_the_stickers_are_apart() -> None:
    sheet = counted(tallies=(Tally("s", "civil_society", "continue", 12), Tally("s", "civil_society", "continue", 3)))
    assert (sheet.lead, sheet.outside) == ({"strengthen": 1}, 1)
    assert sheet.tallies == {"civil_society": {"continue": 15}}
    assert sheet.organisations == counted().organisations


def test_a_position_of_the_referent_replaces_the_spread() -> None:
    organisations = counted(positions=(Position("caf", "s", "adapt"),)).organisations
    assert (organisations.counts["divided"], organisations.counts["adapt"]) == (1, 1)


def test_colleges_add_up() -> None:
    sheet = counted()
    assert sheet.colleges["state"].awareness == Share(0, 1, 0, 0, 1)
    assert sheet.colleges["housing"].awareness == Share(0, 0, 0, 1, 1)
    assert sheet.colleges["housing"].awareness.value is None
    for name in CATEGORIES:
        assert sum(college.counts[name] for college in sheet.colleges.values()) == sheet.organisations.counts[name]


def test_the_order_of_rows_changes_nothing() -> None:
    dice = random.Random(7)
    for _ in range(20):
        asked, answers = ASKED[:], ANSWERS[:]
        dice.shuffle(asked)
        dice.shuffle(answers)
        assert count_opinions(asked, answers)["s"] == counted()


def test_a_row_may_stand_for_many_people() -> None:
    asked = [Asked(organisation, college, sheet, people) for (organisation, college, sheet), people in Counter(
        (row.organisation, row.college, row.sheet) for row in ASKED).items()]  # fmt: skip
    answers = [Answer(*alike, people) for alike, people in Counter(
        (row.organisation, row.sheet, row.value, row.relation) for row in ANSWERS).items()]  # fmt: skip
    assert len(asked) < len(ASKED)
    assert count_opinions(asked, answers)["s"] == counted()


def test_bounds_hold_whatever_the_answers() -> None:
    dice = random.Random(11)
    values = ("strengthen", "continue", "adapt", "reconsider", "unknown", "no_view", "out_of_scope", None)
    for _ in range(200):
        given = {person: dice.choice(values) for person in PEOPLE}
        answers = [answer(person, value) for person, value in given.items() if value]
        for counted_figures in (
            count_opinions(ASKED, answers)["s"].organisations,
            count_opinions(ASKED, answers)["s"].people,
        ):
            share = counted_figures.awareness
            assert 0 <= share.low == share.k <= share.n <= share.out_of
            assert share.k <= share.high <= share.out_of
            assert counted_figures.asked == counted_figures.answered + counted_figures.silent
            liked = counted_figures.appreciation
            assert 0 <= liked.low <= liked.high <= counted_figures.with_view


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([7, 0, 0, 0], 1.0), ([3, 3, 3, 3], 0.0), ([5, 0, 0, 5], -1.0), ([5, 5, 0, 0], 2 / 3), ([0, 0, 0, 0], None),
        ([5, 0, 5, 0], -1 / 6),
    ],
)  # fmt: skip
def test_agreement_is_van_der_eijk_s(counts: list[int], expected: float | None) -> None:
    assert agreement(counts) == (None if expected is None else pytest.approx(expected))


def figures(sheet: str, known: int, unknown: int, liked: int) -> SheetFigures:
    counts = dict.fromkeys(CATEGORIES, 0) | {"continue": liked, "adapt": known - liked, "unknown": unknown}
    both = Figures(known + unknown, counts)
    return SheetFigures(sheet, both, both, {}, {}, {}, 0, {}, {}, 0)


def test_what_to_make_known_is_liked_by_the_few_who_know_it() -> None:
    sheets = [figures("a", 9, 1, 9), figures("b", 2, 8, 1), figures("c", 2, 8, 2), figures("d", 1, 9, 1)]
    assert [sheet.sheet for sheet in little_known(sheets)] == ["d", "c", "b"]
    points = quadrant([*sheets, figures("e", 0, 4, 0)])
    assert [point.sheet for point in points] == ["a", "b", "c", "d"]
    assert all(first.awareness >= second.awareness for first, second in pairwise(points))


def test_what_is_shown_is_counted_from_the_same_figures() -> None:
    """The CPAM, whose people say à renforcer and à poursuivre, is on one side; the CAF, on both, stays divided."""
    sheet = count_opinions(ASKED, ANSWERS, named=[Named("cpam", "s"), Named("bailleur", "s"), Named("ddets", "s")])["s"]
    assert sheet.named == 1, "the landlord is silent and the DDETS says that it does not know the action"
    assert Counts.of(sheet.organisations, sheet.named) == Counts(
        continue_=2, divided=1, no_view=1, unknown=1, unheard=1, named=1
    )


def test_an_organisation_has_the_closest_tie_of_its_people() -> None:
    ties = {"a": "none", "b": "funder", "g": "referrer"}
    answers = [Answer(PEOPLE[who][0], "s", SAID_BY[who], ties.get(who, "none")) for who in "abcdefg"]
    relations = count_opinions(ASKED, answers)["s"].relations
    assert {name: counted.answered for name, counted in relations.items()} == {
        "lead": 0, "funder": 1, "referrer": 1, "none": 2
    }  # fmt: skip
