from __future__ import annotations

from django.db import transaction

from parvis.core.bulk_write import delete_rows
from parvis.core.plain_insert import insert_rows
from parvis.territories.models import Territory, TerritoryAncestry


@transaction.atomic
def link_ancestry() -> None:
    """For every territory, all those it lies in: computed anew, and only what differs is written."""
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

    links = {(pk, above) for pk in parents for above in ancestors(pk)}
    rows = TerritoryAncestry.objects.order_by().values_list("pk", "territory_id", "ancestor_id")
    standing = {(pk, above): row for row, pk, above in rows}
    delete_rows(TerritoryAncestry, [row for link, row in standing.items() if link not in links])
    insert_rows(
        [TerritoryAncestry(territory_id=pk, ancestor_id=above) for pk, above in sorted(links - standing.keys())]
    )
