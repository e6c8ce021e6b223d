"""What each circle may read of simulated consultations: `python -m bench.figures`.

25, 40 and 60 partners, 60 % answering, 14 sheets, 20 draws of each. An action is known by a share of its partners drawn
between a fifth and all, and liked by a share drawn between a third and nine tenths. Partners see four sheets of five,
and are of six colleges; one in four funds or leads an action, one in four sends people to it. For each size: the share
of sheets of which awareness is shown (aim: 95 %), and what those think that know it, of the sheets that 5 know (aim:
95 %); of those, how many exactly; the four values; tables by relation, and by college; answers that one reader, who
knows her own, could work out (aim: none); milliseconds for a consultation.
"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from parvis.insight.shown import LEAST_ANSWERS, Appreciation, Counts, Shown, show, show_parts

SIZES = (25, 40, 60)
DRAWS = 20
SHEETS = 14
_ANSWERING = 0.6
_IN_PERIMETER = 0.8
_COLLEGES = {
    "state": 4,
    "local_authorities": 6,
    "social_and_health": 4,
    "housing": 3,
    "employment": 3,
    "civil_society": 5,
}
_RELATIONS = {"lead": 1, "funder": 2, "referrer": 3, "none": 6}
_ANSWERS = ("strengthen", "adapt", "divided", "no_view", "unknown")
"""One value for each side: the two sides are what awareness and appreciation tell."""
Sheet = tuple[Counts, Mapping[str, Counts], Mapping[str, Counts]]
"""All organisations, by relation, by college."""


def main() -> None:
    for partners in SIZES:
        dice = random.Random(partners)
        consultations = [[_sheet(dice, partners) for _ in range(SHEETS)] for _ in range(DRAWS)]
        started = time.perf_counter()
        shown = [(sheet, show(sheet[0])) for sheets in consultations for sheet in sheets]
        tables = [[show_parts(parts) is not None for parts in sheet[1:]] for sheet, _ in shown]
        spent = (time.perf_counter() - started) * 1000 / DRAWS
        by_relation, by_college = (sum(column) / len(tables) for column in zip(*tables, strict=True))
        print(
            f"{partners} partenaires : {_line([(sheet[0], what) for sheet, what in shown])}, "
            f"tableaux par lien {by_relation:.0%}, par collège {by_college:.0%}, "
            f"réponses déterminées {sum(_determined(sheet[0]) for sheet, _ in shown)} ; "
            f"{spent:.2f} ms par concertation"
        )


def _sheet(dice: random.Random, partners: int) -> Sheet:
    known, liked = dice.uniform(0.2, 1.0), dice.uniform(0.33, 0.9)
    answers: Counter[str] = Counter()
    split: dict[str, dict[str, Counter[str]]] = {"relation": defaultdict(Counter), "college": defaultdict(Counter)}
    for _ in range(partners):
        if dice.random() < _IN_PERIMETER:
            answer = _answer(dice, known, liked) if dice.random() < _ANSWERING else "unheard"
            answers[answer] += 1
            split["relation"][_drawn(dice, _RELATIONS)][answer] += 1
            split["college"][_drawn(dice, _COLLEGES)][answer] += 1
    parts = [{name: Counts(**counts) for name, counts in split[by].items()} for by in ("relation", "college")]
    return Counts(**answers), parts[0], parts[1]


def _drawn(dice: random.Random, weights: Mapping[str, int]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]


def _answer(dice: random.Random, known: float, liked: float) -> str:
    if dice.random() > known:
        return "unknown"
    if dice.random() < 0.15:
        return dice.choice(("no_view", "divided"))
    return dice.choice(("strengthen", "continue_") if dice.random() < liked else ("adapt", "reconsider"))


def _line(shown: list[tuple[Counts, Shown]]) -> str:
    aware = [what.awareness for _, what in shown if what.awareness is not None]
    known_by_five = [what for counts, what in shown if counts.answered and counts.knows >= LEAST_ANSWERS]
    liked = [what.appreciation for what in known_by_five if what.appreciation is not None]
    return ", ".join(
        (
            f"notoriété {len(aware) / len(shown):.0%} (exacte {sum(a.knows.exact for a in aware) / len(aware):.0%})",
            f"appréciation {len(liked) / len(known_by_five):.0%} (exacte {sum(map(_exact, liked)) / len(liked):.0%})",
            f"quatre valeurs {sum(what.values is not None for _, what in shown) / len(shown):.0%}",
        )
    )


def _exact(appreciation: Appreciation) -> bool:
    return appreciation.to_support.exact and appreciation.to_rework.exact


def _determined(counts: Counts) -> bool:
    """Whether some reader, who knows what she answered, is left with one answer for another: every way to answer that
    shows the same is tried. The four values are left to tests/insight/test_shown.py: their ways are too many here."""
    sides = Counts(
        strengthen=counts.to_support,
        adapt=counts.to_rework,
        divided=counts.divided,
        no_view=counts.no_view,
        unknown=counts.unknown,
    )
    ways = _ways(sides.answered)[_two_questions(sides)]
    for mine in _ANSWERS:
        hers = {
            other for way in ways if way[mine] for other in _ANSWERS if way[other] > (1 if other == mine else 0)
        }  # fmt: skip
        if len(hers) == 1:
            return True
    return False


def _two_questions(counts: Counts) -> Shown:
    return replace(show(counts), values=None)


@cache
def _ways(answered: int) -> dict[Shown, list[dict[str, int]]]:
    """What is shown → every way that so many organisations can answer and show it."""
    ways: dict[Shown, list[dict[str, int]]] = defaultdict(list)
    for numbers in compositions(answered, len(_ANSWERS)):
        way: dict[str, Any] = dict(zip(_ANSWERS, numbers, strict=True))
        ways[_two_questions(Counts(**way))].append(way)
    return ways


def compositions(total: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to put `total` alike things in `places`."""
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in compositions(total - first, places - 1):
            yield (first, *others)


if __name__ == "__main__":
    main()
