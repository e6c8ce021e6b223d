"""The territories of the instance, in the order of the tree, with how many meetings lie below each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from parvis.core.statements import statement
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory, TerritoryAncestry

_LABELS = {
    TerritoryKind.INTERCOMMUNALITY: "agglomération",
    TerritoryKind.MUNICIPALITY: "commune",
    TerritoryKind.NEIGHBOURHOOD: "quartier prioritaire",
}
_DEPTHS = ("top", "town", "neighbourhood")


@dataclass(frozen=True, slots=True)
class Place:
    """A territory and how many meetings are in it or below. `own` are in it alone."""

    id: int
    code: str
    name: str
    kind: str
    kind_label: str
    depth: int
    depth_word: str
    count: int
    own: int


def places(counts: Mapping[int, int]) -> list[Place]:
    """All territories, each under the one it is part of, those of one level by name. Two queries.

    `counts`: meetings by territory id. A neighbourhood that straddles two towns counts once in each, and once above.
    """
    below: dict[int, int] = {}
    for territory, ancestor in _pairs(sorted(counts)) if counts else ():
        below[ancestor] = below.get(ancestor, 0) + counts[territory]
    children: dict[int | None, list[tuple[int, str, str, str]]] = {}
    for pk, code, name, kind, parent in _territories():
        children.setdefault(parent, []).append((pk, code, name, kind))
    ordered: list[Place] = []

    def walk(parent: int | None, depth: int) -> None:
        for pk, code, name, kind in children.get(parent, ()):
            label = _LABELS[TerritoryKind(kind)]
            ordered.append(
                Place(pk, code, name, kind, label, depth, _DEPTHS[min(depth, 2)], below.get(pk, 0), counts.get(pk, 0))
            )
            walk(pk, depth + 1)

    walk(None, 0)
    return ordered


def outlines() -> dict[int, dict[str, Any]]:
    """Territory id → its outline, as GeoJSON, where it has one. One query."""
    return {pk: outline for pk, outline in _outlined() if outline}


@statement()
def _outlined() -> QuerySet[Any, Any]:
    return Territory.objects.filter(outline__isnull=False).order_by("id").values_list("id", "outline")


@statement()
def _territories() -> QuerySet[Any, Any]:
    return Territory.objects.order_by("sort_key", "id").values_list("id", "code", "name", "kind", "parent_id")


@statement(Territory._meta.get_field("id"))
def _pairs(ids: list[int]) -> QuerySet[Any, Any]:
    pairs = TerritoryAncestry.objects.filter(territory__id__in=ids).order_by()
    return pairs.values_list("territory_id", "ancestor_id")
