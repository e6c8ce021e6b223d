"""On which territories an actor holds a role. Every other rule is built from this one."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.people.actor import Actor
from parvis.people.enums import RoleKind
from parvis.people.models import Role
from parvis.territories.models import TerritoryAncestry
from parvis.territories.queries import ids_below

PREPARE = (RoleKind.ADMINISTRATOR, RoleKind.COORDINATOR)
WRITE = (*PREPARE, RoleKind.FACILITATOR)
MODERATE = (*PREPARE, RoleKind.MODERATOR)
READ = tuple(RoleKind)


def territories_of(actor: Actor, kinds: tuple[RoleKind, ...]) -> QuerySet[TerritoryAncestry, int]:
    """Ids of the territories where `actor` holds one of `kinds`, as a subquery (empty for anyone)."""
    roles = Role.objects.filter(user=actor, kind__in=kinds) if actor is not None else Role.objects.none()
    return ids_below(roles.order_by().values("territory_id"))  # type: ignore[arg-type]
