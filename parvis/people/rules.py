"""On which territories an actor holds a role. Every other rule is built from this one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from parvis.core.access import rule
from parvis.people.actor import Actor
from parvis.people.enums import RoleKind
from parvis.people.models import Role
from parvis.territories.models import TerritoryAncestry
from parvis.territories.queries import ids_below

PREPARE = (RoleKind.ADMINISTRATOR, RoleKind.COORDINATOR)
WRITE = (*PREPARE, RoleKind.FACILITATOR)
MODERATE = (*PREPARE, RoleKind.MODERATOR)
READ = tuple(RoleKind)


@rule
def territories_of(actor: Actor, kinds: tuple[RoleKind, ...]) -> QuerySet[TerritoryAncestry, int]:
    """Ids of the territories where `actor` holds one of `kinds`, as a subquery (empty for anyone)."""
    roles = Role.objects.filter(user=actor, kind__in=kinds) if actor is not None else Role.objects.none()
    return ids_below(roles.order_by().values("territory_id"))  # type: ignore[arg-type]


@rule
def administered_territories(actor: Actor, prefix: str = "pk__") -> Q:
    """Where an actor may give and take roles."""
    return Q(**{f"{prefix}in": territories_of(actor, (RoleKind.ADMINISTRATOR,))})


@rule
def administered_roles(actor: Actor) -> Q:
    """The roles an actor may take away: those given on the territories she administers."""
    return administered_territories(actor, "territory__")


@rule
def resettable_agents(actor: Actor) -> Q:
    """The agents whose second factor an administrator may take away: those who work on her territories alone.

    Else anyone could be given a role here, then be weakened there. Never herself: who holds her telephone needs nobody.
    """
    mine = territories_of(actor, (RoleKind.ADMINISTRATOR,))
    here = Role.objects.filter(territory__in=mine).order_by()
    elsewhere = Role.objects.exclude(territory__in=mine).order_by()
    apart = actor.pk if actor is not None else None
    return Q(pk__in=here.values("user_id")) & ~Q(pk__in=elsewhere.values("user_id")) & ~Q(pk=apart)


@rule
def importable_territories(actor: Actor) -> Q:
    """The territories an administrator may change by an import: hers, and those on which nobody holds a role yet.

    Moving a territory moves the rights that hold on it, so nobody may touch one that others work on.
    """
    if not administers_somewhere(actor):
        return Q(pk__in=[])
    claimed = TerritoryAncestry.objects.filter(ancestor__roles__isnull=False).order_by().values("territory_id")
    return administered_territories(actor) | ~Q(pk__in=claimed)


@rule
def administers_somewhere(actor: Actor) -> bool:
    """Whether an actor may open the pages of administration at all."""
    return actor is not None and Role.objects.filter(user=actor, kind=RoleKind.ADMINISTRATOR).exists()


@rule
def prepares_somewhere(actor: Actor) -> bool:
    """Whether an actor prepares a consultation anywhere."""
    return actor is not None and Role.objects.filter(user=actor, kind__in=PREPARE).exists()


def roles_held(actor: Actor) -> frozenset[str]:
    """Kinds of the roles that an actor holds anywhere. One query."""
    if actor is None:
        return frozenset()
    return frozenset(Role.objects.filter(user=actor).order_by().values_list("kind", flat=True).distinct())
