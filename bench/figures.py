"""What each circle may read of simulated consultations: `python -m bench.figures`.

25, 40 and 60 partners, 60 % answering, 14 sheets, 20 draws of each. An action is known by a share of its partners drawn
between a fifth and all, and liked by a share drawn between a third and nine tenths. Partners see four sheets of five.
For each size: the share of sheets of which awareness is shown (aim: 95 %), and what those think that know it, of the
sheets that 5 know (aim: 95 %); of those, how many exactly; the four values; tables by college; answers that the
bounds leave to one value (aim: none); milliseconds for a consultation.
"""

from __future__ import annotations

import random
import time
from collections import Counter

from parvis.insight.shown import LEAST_ANSWERS, Appreciation, Counts, Shown, show

SIZES = (25, 40, 60)
DRAWS = 20
SHEETS = 14
_ANSWERING = 0.6
_IN_PERIMETER = 0.8


def main() -> None:
    for partners in SIZES:
        dice = random.Random(partners)
        consultations = [[_sheet(dice, partners) for _ in range(SHEETS)] for _ in range(DRAWS)]
        started = time.perf_counter()
        shown = [(counts, show(counts)) for sheets in consultations for counts in sheets]
        spent = (time.perf_counter() - started) * 1000 / DRAWS
        print(f"{partners} partenaires : {_line(shown)} ; {spent:.2f} ms par concertation")


def _sheet(dice: random.Random, partners: int) -> Counts:
    known, liked = dice.uniform(0.2, 1.0), dice.uniform(0.33, 0.9)
    answers: Counter[str] = Counter()
    for _ in range(partners):
        if dice.random() < _IN_PERIMETER:
            answers[_answer(dice, known, liked) if dice.random() < _ANSWERING else "unheard"] += 1
    return Counts(**answers)


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


if __name__ == "__main__":
    main()
