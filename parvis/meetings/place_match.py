"""Which commune or neighbourhood a contribution names (« À Massy… », « (Les Ulis) »), to be offered as its territory.

A name counts when its words stand in a row, the first with a capital letter: « la gare » is no « Quartier de la Gare ».
When two places are named, neither is offered, unless one lies in the other: then the smaller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet

from parvis.core.text import fold
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.queries import offered_below

_SMALL: Final = frozenset({TerritoryKind.MUNICIPALITY, TerritoryKind.NEIGHBOURHOOD})
_WORD: Final = re.compile(r"[^\W_]+")
_ARTICLES: Final = frozenset({"le", "la", "les", "l", "de", "du", "des", "d"})


def places_of(territory_id: int) -> QuerySet[Territory]:
    """The communes and neighbourhoods that a consultation of this territory may name."""
    return offered_below(territory_id).filter(kind__in=_SMALL).order_by("kind", "sort_key", "id")


class PlaceMatcher:
    """Built once for a consultation: `find(texts)` gives the place they name, or None. One query for all."""

    def __init__(self, places: Iterable[Territory]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Territory]]] = {}
        for place in places:
            name = tuple(fold(place.name).split())
            if name and sum(map(len, name)) >= 4:
                self._by_first.setdefault(name[0], []).append((name, place))

    @classmethod
    def of(cls, territory_id: int) -> PlaceMatcher:
        return cls(places_of(territory_id))

    def find(self, texts: Iterable[str]) -> Territory | None:
        named = {place.pk: place for text in texts for place in self._named(text)}
        inner = [place for place in named.values() if not any(other.parent_id == place.pk for other in named.values())]
        return inner[0] if len(inner) == 1 else None

    def _named(self, text: str) -> list[Territory]:
        if not self._by_first:
            return []
        printed = _WORD.findall(text)
        words = [fold(word) for word in printed]
        places = []
        for index, word in enumerate(words):
            for name, place in self._by_first.get(word, ()):
                if tuple(words[index : index + len(name)]) == name and _capital(printed[index : index + len(name)]):
                    places.append(place)
        return places


def _capital(printed: list[str]) -> bool:
    """Whether the first word that is no article bears a capital letter."""
    main_words = [word for word in printed if fold(word) not in _ARTICLES]
    return bool(main_words) and main_words[0][0].isupper()
