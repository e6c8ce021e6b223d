"""Pairs of names that may be those of one institution: spelled nearly the same, or one by the initials of the other.

A person decides. A name is compared without the words that only tell a legal form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from parvis.core.text import fold
from parvis.insight.near_titles import title_key

MOST_COMPARED: Final = 600
"""Beyond, their pairs would take longer to compare than a page may take: nothing is proposed."""
_NEAR: Final = 92.0
_EMPTY: Final = frozenset({"d", "de", "des", "du", "l", "la", "le", "les", "et", "en", "a", "au", "aux", "pour", "sur"})
_FORMS: Final = frozenset({"association", "asso", "ass", "sa", "sas", "sarl", "scop", "collectif"})
_SHORTEST_INITIALS: Final = 3
_DIGITS: Final = re.compile(r"\d+")


def alike_names(names: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the two names of each pair, the first before the second.

    >>> alike_names(["CAF", "Ville de Lisandre", "Caisse d'allocations familiales de l'Essonne", "Ville de Lissandre"])
    [(0, 2), (1, 3)]
    """
    from rapidfuzz import fuzz

    if len(names) > MOST_COMPARED:
        return []
    words = [_words(name) for name in names]
    keys = [title_key(" ".join(some)) for some in words]
    numbers = [_DIGITS.findall(key) for key in keys]
    return [
        (first, second)
        for first, second in combinations(range(len(names)), 2)
        if (
            numbers[first] == numbers[second]  # « Collège 1 » is not « Collège 2 »
            and keys[first]
            and fuzz.token_sort_ratio(keys[first], keys[second], score_cutoff=_NEAR)
        )
        or _by_initials(words[first], words[second])
        or _by_initials(words[second], words[first])
    ]


def _words(name: str) -> list[str]:
    every = [word for word in fold(name).split() if word not in _EMPTY]
    return [word for word in every if word not in _FORMS] or every


def _by_initials(short: list[str], long: list[str]) -> bool:
    """Whether a word of `short` is the initials of the first words of `long`, and the rest of both goes together."""
    for place, word in enumerate(short):
        count = len(word)
        if count >= _SHORTEST_INITIALS and word == "".join(other[0] for other in long[:count]):
            mine, theirs = {*short[:place], *short[place + 1 :]}, set(long[count:])
            return mine <= theirs or theirs <= mine
    return False
