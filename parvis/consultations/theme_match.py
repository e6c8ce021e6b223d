"""Which theme of a consultation a heading of a report names.

Headings swap words (« Sport / Santé »), drop them (« Sécurité ») or add some: the same words win, then the theme or
alias that shares the greatest part of its words with the heading, provided no other theme does as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from parvis.consultations.models import Theme
from parvis.core.text import fold

_STOP_WORDS = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "et",
        "a",
        "au",
        "aux",
        "en",
        "un",
        "une",
        "pour",
        "par",
        "sur",
        "theme",
        "thematique",
        "atelier",
    ]
)
_ENOUGH = 0.5


def meaningful_words(text: str) -> frozenset[str]:
    """The folded words of `text`, less those that name no theme."""
    return frozenset(fold(text).split()) - _STOP_WORDS


class ThemeMatcher:
    """Built once for a consultation: `find(heading)` gives its theme or None. One query for all."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        self._names = [
            (meaningful_words(name), theme)
            for theme in themes
            for name in (theme.name, *(alias.label for alias in theme.aliases.all()))
        ]

    @classmethod
    def of(cls, consultation_id: int) -> ThemeMatcher:
        return cls(Theme.objects.filter(consultation_id=consultation_id).prefetch_related("aliases"))

    def find(self, heading: str | None) -> Theme | None:
        wanted = meaningful_words(heading or "")
        if not wanted:
            return None
        scores: dict[int, tuple[float, Theme]] = {}
        for name, theme in self._names:
            score = len(name & wanted) / len(name | wanted) if name else 0.0
            if name == wanted:
                return theme
            if score > scores.get(theme.pk, (0.0, theme))[0]:
                scores[theme.pk] = (score, theme)
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        if not ranked or ranked[0][0] < _ENOUGH:
            return None
        if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
            return None
        return ranked[0][1]
