"""No territory is left without anyone to administer it: nobody could then give a role there, but from the server."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.core.errors import RefusedInput
from parvis.people.enums import RoleKind
from parvis.people.models import Role
from parvis.territories.models import TerritoryAncestry


def keep_administrators(leaving: QuerySet[Role]) -> None:
    """Refuse that the roles `leaving` go when a territory would have no administrator left, there or above.

    To call inside the transaction that takes them away: of two that leave at once, the second waits here for the first.
    Raises `RefusedInput` with the names of the territories.
    """
    gone = list(leaving.filter(kind=RoleKind.ADMINISTRATOR).select_related("territory").order_by("pk"))
    lines = TerritoryAncestry.objects.filter(territory__in=[role.territory_id for role in gone])
    above = list(lines.order_by().values_list("territory_id", "ancestor_id"))
    holders = Role.objects.filter(
        kind=RoleKind.ADMINISTRATOR, territory__in={ancestor for _, ancestor in above}, user__is_active=True
    )
    locked = holders.order_by("pk").select_for_update(of=("self",))
    left = {role.territory_id for role in locked if role not in gone}
    kept = {territory for territory, ancestor in above if ancestor in left}
    names = sorted({f"« {role.territory.name} »" for role in gone if role.territory_id not in kept})
    if names:
        raise RefusedInput(
            f"Plus personne n'administrerait {', '.join(names)} : donnez d'abord l'administration à quelqu'un d'autre, "
            "depuis « Agents », puis recommencez."
        )
