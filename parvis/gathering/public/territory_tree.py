"""The territories of the instance, in the order of the tree, with how many meetings lie below each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.consultations.enums import Audience
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
    """The territories of the consultations that everyone reads, each under the one it is part of, by name. Two queries.

    A file of all the neighbourhoods of France holds 1,600 of them: those of other agglomérations are not listed, nor
    what was hidden.

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
    return _shown().filter(outline__isnull=False).order_by("id").values_list("id", "outline")


@statement()
def _territories() -> QuerySet[Any, Any]:
    return _shown().order_by("sort_key", "id").values_list("id", "code", "name", "kind", "parent_id")


def _shown() -> QuerySet[Territory]:
    consulted = Q(Exists(_consulted("territory"))) | Q(Exists(_consulted("ancestor")))
    return Territory.objects.filter(consulted, hidden=False)


def _consulted(end: str) -> QuerySet[TerritoryAncestry]:
    """Ancestries from the territory of an open consultation: those of what lies in it, or of what it lies in."""
    other = "ancestor" if end == "territory" else "territory"
    is_open = {f"{other}__consultations__audience": Audience.PUBLIC, f"{other}__consultations__hidden_at": None}
    return TerritoryAncestry.objects.filter(**{end: OuterRef("pk")}, **is_open).order_by()


@statement(Territory._meta.get_field("id"))
def _pairs(ids: list[int]) -> QuerySet[Any, Any]:
    pairs = TerritoryAncestry.objects.filter(territory__id__in=ids).order_by()
    return pairs.values_list("territory_id", "ancestor_id")
