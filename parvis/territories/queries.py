"""Reads of the tree."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from parvis.territories.models import Territory, TerritoryAncestry


def ids_below(
    roots: QuerySet[Territory] | list[int] | QuerySet[Territory, int],
) -> QuerySet[TerritoryAncestry, int]:
    """The ids of the territories that lie in one of `roots`, themselves included, as a subquery."""
    return TerritoryAncestry.objects.filter(ancestor__in=roots).order_by().values_list("territory_id", flat=True)


def offered_below(root: int, *, kept: Iterable[Territory] = ()) -> QuerySet[Territory]:
    """The territories among which to choose, `root` and those that lie in it, without their outlines.

    What was hidden is not offered, nor what lies below; `kept`, those chosen already, stay, so that saving a form does
    not take them away.
    """
    hidden = ids_below(Territory.objects.filter(hidden=True).order_by().values_list("pk", flat=True))
    standing = [territory.pk for territory in kept]
    below = Territory.objects.filter(pk__in=ids_below([root])).defer("outline")
    return below.filter(~Q(pk__in=hidden) | Q(pk__in=standing))
