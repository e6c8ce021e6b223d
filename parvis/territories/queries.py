"""Reads of the tree."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.territories.models import Territory, TerritoryAncestry


def ids_below(
    roots: QuerySet[Territory] | list[int] | QuerySet[Territory, int],
) -> QuerySet[TerritoryAncestry, int]:
    """The ids of the territories that lie in one of `roots`, themselves included, as a subquery."""
    return TerritoryAncestry.objects.filter(ancestor__in=roots).order_by().values_list("territory_id", flat=True)
