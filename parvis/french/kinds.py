"""The kinds of contribution, in the order in which every list shows them, with all that is written of each.

`consultations.enums.Kind` is built from it; pages, files and the command line read it. The signs of the pages are
`web/components/signs/<kind>.svg`, their colours the tokens of the style; those of the files, `colour` below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from parvis.french.counts import enumeration, plural


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind. `colour` is that of its headings on paper, as RRGGBB; empty for that of the text."""

    one: str
    many: str
    counted: tuple[str, str]
    spoken: str
    colour: str = ""


KINDS: Final[dict[str, KindWords]] = {
    "challenge": KindWords("Défi", "Défis", ("défi", "défis"), "le défi", "8F4A00"),
    "strength": KindWords("Atout", "Atouts", ("atout", "atouts"), "l'atout", "2C6A33"),
    "proposal": KindWords("Proposition", "Propositions", ("proposition", "propositions"), "la proposition", "1F4FA3"),
    "unsorted": KindWords(
        "À classer", "À classer", ("contribution à classer", "contributions à classer"), "la contribution"
    ),
}
KIND_ORDER: Final = tuple(KINDS)
NO_THEME: Final = "Sans thématique"
"""The heading of contributions that have no theme."""


def kind_counts(kinds: Iterable[str]) -> str:
    """« 3 défis, 2 atouts et 4 propositions », without what there is none of."""
    listed = list(kinds)
    counts = {kind: listed.count(kind) for kind in KINDS}
    return enumeration([plural(counts[kind], *words.counted) for kind, words in KINDS.items() if counts[kind]])
