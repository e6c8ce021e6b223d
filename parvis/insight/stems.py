"""The words of a text without their endings: « crèches » and « creche » are one.

Snowball's French rules, on folded words: a word typed without its accents has the stem of the one that has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from parvis.core.text import fold

if TYPE_CHECKING:
    import re

_EMPTY: Final = frozenset([
    "a", "au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "elle", "en", "et", "eux", "il", "l",
    "la", "le", "les", "leur", "leurs", "mais", "n", "ne", "nos", "notre", "nous", "ou", "par", "pas", "plus",
    "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "son", "sur", "un", "une", "vos", "votre", "vous", "y",
])  # fmt: skip
_LONGEST: Final = 40
"""Letters of a stem. A longer word is an address, or a hand that stayed on a key."""
_ONE_SLIP: Final = 4
_TWO_SLIPS: Final = 8
"""Letters of a word from which one letter, then two, may be missing, added, wrong or out of place."""
_MOST_NEAR: Final = 8
_IRREGULAR: Final = {"baux": "bail", "travaux": "travail", "yeux": "oeil"}


def stems(text: str) -> list[str]:
    """The stems of the words that say something, in order.

    >>> stems("Se déplacer le soir")
    ['deplac', 'soir']
    """
    return [stem for word in fold(text).split() if (stem := _stem(word))]


def near_words(word: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Those of `vocabulary` that a slip of the hand, or a word left unfinished, would have made `word`. Nearest first.

    >>> near_words("crehce", ["creche", "creches", "secheresse", "soir"])
    ('creche',)
    """
    from rapidfuzz.distance import OSA

    if len(word) < _ONE_SLIP:
        return ()
    most = 1 if len(word) < _TWO_SLIPS else 2
    near = [
        (distance, other)
        for other in vocabulary
        if len(other) >= len(word) - most
        and (distance := 0 if other.startswith(word) else OSA.distance(word, other, score_cutoff=most)) <= most
    ]
    return tuple(other for _, other in sorted(near)[:_MOST_NEAR])


def parts_by_stem(text: str, wanted: frozenset[str]) -> list[tuple[str, bool]]:
    """`text` cut in pieces, and whether each is a word whose stem is one of `wanted`.

    >>> parts_by_stem("Deux crèches, le soir", frozenset(["crech"]))
    [('Deux ', False), ('crèches', True), (', le soir', False)]
    """
    parts: list[tuple[str, bool]] = []
    done = 0
    for match in _words().finditer(text):
        if wanted.isdisjoint(stems(match[0])):
            continue
        parts += [(text[done : match.start()], False)] if match.start() > done else []
        parts.append((match[0], True))
        done = match.end()
    return [*parts, (text[done:], False)] if done < len(text) else parts


@cache
def _words() -> re.Pattern[str]:
    import re

    return re.compile(r"[^\W_]+")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Empty for a word that says nothing. A stemmer keeps the word it works on: each thread needs its own."""
    import snowballstemmer

    if word in _EMPTY:
        return ""
    return str(snowballstemmer.stemmer("french").stemWord(_singular(word)))[:_LONGEST]


def _singular(word: str) -> str:
    """Snowball leaves « emplois » as it is, and knows « habitée » by its accent alone."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 3 and word[-1] in "sx":
        word = f"{word[:-2]}l" if word.endswith("aux") and not word.endswith("eaux") else word[:-1]
    return word[:-1] if word.endswith("ee") else word
