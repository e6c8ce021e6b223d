"""Themes and territories of a consultation, known by the names that people write in a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Final, TypeVar

from parvis.consultations.models import Consultation, Theme
from parvis.consultations.theme_match import ThemeMatcher
from parvis.core.text import fold
from parvis.territories.models import Territory
from parvis.territories.queries import ids_below

Named = TypeVar("Named", Theme, Territory)
_PARTS: Final = re.compile(r"\s*[;\n|]\s*")
_FINER_PARTS: Final = re.compile(r"\s*[;\n|,/]\s*")
_MEANS_ALL: Final = frozenset({"", "tous", "toutes", "tout", "toutes les thematiques", "tous les quartiers"})
_KIND: Final = re.compile(r"^(?:qpv|quartier|commune|ville|agglomeration)(?: de| du| des| d| la| le| les| l)* ")


class NameMatcher:
    """Built once for an import: two queries, whatever the number of lines."""

    def __init__(self, consultation: Consultation) -> None:
        self._themes = ThemeMatcher.of(consultation.pk)
        self._places: dict[str, list[Territory]] = defaultdict(list)
        below = ids_below([consultation.territory])  # type: ignore[list-item]
        for place in Territory.objects.filter(pk__in=below).defer("outline").order_by("pk"):
            for key in {fold(place.name), fold(place.official_code)}:
                self._places[key].append(place)

    def themes(self, cell: str) -> tuple[list[Theme], list[str]]:
        """The themes that a cell names, and the names that are none. « / » and « , » part names only if they must."""
        return _split_and_match(cell, self._themes.find, "Thématique inconnue")

    def places(self, cell: str) -> tuple[list[Territory], list[str]]:
        """The territories that a cell names, by name or official code, and what is wrong with the others."""
        return _split_and_match(cell, self._place, "Territoire inconnu, ou porté par deux territoires")

    def _place(self, name: str) -> Territory | None:
        key = fold(name)
        places = self._places.get(key) or self._places.get(_KIND.sub("", key), [])
        return places[0] if len(places) == 1 else None


def _split_and_match(cell: str, find: Callable[[str], Named | None], fault: str) -> tuple[list[Named], list[str]]:
    matched: list[Named] = []
    faults: list[str] = []
    if fold(cell) in _MEANS_ALL:
        return [], []
    for part in _PARTS.split(cell):
        whole = find(part)
        if whole is not None:
            matched.append(whole)
            continue
        for name in _FINER_PARTS.split(part):
            match = find(name) if name else None
            if match is not None:
                matched.append(match)
            elif name:
                faults.append(f"{fault} : « {name} »")
    return list(dict.fromkeys(matched)), faults
