from __future__ import annotations

from django.db import transaction

from parvis.territories.models import Territory, TerritoryAncestry


@transaction.atomic
def link_ancestry() -> None:
    """Write again, for every territory, all those it lies in. The tree is small: a département has some hundreds."""
    parents: dict[int, set[int]] = {}
    for pk, parent in Territory.objects.order_by("pk").values_list("pk", "parent_id"):
        parents[pk] = {parent} if parent else set()
    for straddler, town in Territory.also_in.through.objects.order_by("pk").values_list(
        "from_territory_id", "to_territory_id"
    ):
        parents[straddler].add(town)

    def ancestors(pk: int) -> set[int]:
        reached, waiting = {pk}, list(parents[pk])
        while waiting:
            above = waiting.pop()
            if above not in reached:
                reached.add(above)
                waiting.extend(parents[above])
        return reached

    TerritoryAncestry.objects.all().delete()
    TerritoryAncestry.objects.bulk_create(
        TerritoryAncestry(territory_id=pk, ancestor_id=above) for pk in parents for above in sorted(ancestors(pk))
    )
