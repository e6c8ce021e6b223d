"""Who may read and who may write a consultation and what hangs from it.

A rule takes an actor and returns a `Q`: `.filter(rule)` says which ones, `.filter(rule).exists()` says whether. Public
pages ask as `None` (anyone), whoever is signed in: an agent sees there exactly what a resident sees.
"""

from __future__ import annotations

from django.db.models import Q

from parvis.consultations.enums import Audience, ContributionState, Standing
from parvis.consultations.models import Consultation, Participant, Partner
from parvis.core import clock
from parvis.core.access import rule
from parvis.people.actor import Actor
from parvis.people.enums import STATE_TYPES, RoleKind
from parvis.people.models import Role
from parvis.people.rules import MODERATE, PREPARE, READ, WRITE, administered_roles, territories_of

_OPEN_TO_AGENTS = (Audience.PUBLIC, Audience.PARTNERS)


@rule
def published_to_anyone(prefix: str = "") -> Q:
    """Public, past its embargo, and not hidden: the three questions asked of everything published."""
    return Q(**{f"{prefix}audience": Audience.PUBLIC, f"{prefix}hidden_at": None}) & (
        Q(**{f"{prefix}embargo_until": None}) | Q(**{f"{prefix}embargo_until__lte": clock.now()})
    )


def opened(prefix: str = "") -> Q:
    """An agent opened it: before, a consultation is a draft that agents alone know of."""
    return Q(**{f"{prefix}opened_at__isnull": False})


def in_use(prefix: str = "") -> Q:
    """Not put away: an archive is read, and nothing of it is written."""
    return Q(**{f"{prefix}archived_at": None})


def open_to_partners(prefix: str = "") -> Q:
    """What opens to partners, whatever they hold: nothing before the opening, nor once moderation hid it."""
    return opened(prefix) & Q(**{f"{prefix}hidden_at": None})


@rule
def readable_consultations(actor: Actor, prefix: str = "") -> Q:
    """Anyone: public ones, once open. Agents: those of their territories; `restricted` and `team` ones by the team
    alone."""
    if actor is None:
        return opened(prefix) & published_to_anyone(prefix)
    return _agents(actor, READ, prefix)


@rule
def prepared_consultations(actor: Actor, prefix: str = "") -> Q:
    """What administrators and coordinators of the territory read, archived or not: what prepares it, its papers."""
    return _agents(actor, PREPARE, prefix)


@rule
def editable_consultations(actor: Actor, prefix: str = "") -> Q:
    """Administrators and coordinators of the territory prepare, as long as it is not archived."""
    return prepared_consultations(actor, prefix) & in_use(prefix)


@rule
def team_consultations(actor: Actor) -> Q:
    """Consultations whose named project team holds the actor, who still has a role there: she releases results, and
    sees names unless she is of a funder (`naming_consultations`)."""
    if actor is None:
        return Q(pk__in=[])
    mine = actor.memberships.order_by().values("consultation_id")
    return Q(pk__in=mine, territory__in=territories_of(actor, READ))


@rule
def naming_consultations(actor: Actor) -> Q:
    """Where an actor reads the name behind an opinion: the project team, without its funders where they are kept out.

    A funder is an agent marked as one, or whose address is that of someone of a State partner.
    """
    if actor is None:
        return Q(pk__in=[])
    marked = Consultation.funders.through.objects.filter(user=actor).order_by().values("consultation_id")
    of_state = Partner.objects.filter(
        organisation__type__in=STATE_TYPES, organisation__contacts__email__iexact=actor.email
    )
    funds = Q(pk__in=marked) | Q(pk__in=of_state.order_by().values("consultation_id"))
    return team_consultations(actor) & ~(Q(names_kept_from_funders=True) & funds)


@rule
def inviting_consultations(actor: Actor) -> Q:
    """Where an actor who prepares may also hold the personal links of partners: each opens what its partner said."""
    return editable_consultations(actor) & naming_consultations(actor)


def reads_names(actor: Actor, consultation: Consultation) -> bool:
    """Whether an actor reads the names behind the opinions of one consultation."""
    return Consultation.objects.filter(naming_consultations(actor), pk=consultation.pk).exists()


@rule
def writable_consultations(actor: Actor, prefix: str = "") -> Q:
    """Where an actor may hold meetings and write minutes: those who prepare, and facilitators; not in an archive."""
    return _agents(actor, WRITE, prefix) & in_use(prefix)


@rule
def moderated_consultations(actor: Actor, prefix: str = "") -> Q:
    """Where an actor may hide, restore, erase and answer flags: in an archive too, which anyone may still read."""
    return _agents(actor, MODERATE, prefix)


@rule
def followed_mails(actor: Actor) -> Q:
    """Mails about the consultations one prepares; for an administrator, those to the agents of her territories too."""
    prepared = Consultation.objects.filter(editable_consultations(actor)).order_by().values("code")
    agents = Role.objects.filter(administered_roles(actor)).order_by().values("user__code")
    return Q(about__in=prepared) | Q(about__in=agents)


def _agents(actor: Actor, kinds: tuple[RoleKind, ...], prefix: str) -> Q:
    if actor is None:
        return Q(pk__in=[])
    on_my_territories = Q(**{f"{prefix}territory__in": territories_of(actor, kinds)})
    mine = Q(**{f"{prefix}id__in": actor.memberships.order_by().values("consultation_id")})
    return on_my_territories & (Q(**{f"{prefix}audience__in": _OPEN_TO_AGENTS}) | mine)


def reads_restricted(participant: Participant) -> bool:
    """Whether she is of the restricted group: her organisation is, and nobody has still to check that she is of it.

    Told with the participant when she came by her key.
    """
    if participant.standing != Standing.COUNTED:
        return False
    known: bool | None = getattr(participant, "restricted", None)
    if known is not None:
        return known
    return Partner.objects.filter(
        consultation=participant.consultation_id, organisation=participant.organisation_id, reads_restricted=True
    ).exists()


def listed_contributions() -> Q:
    """Contributions that anyone may read as far as their consultation, theme and state are concerned."""
    return Q(state=ContributionState.VISIBLE, erased_at=None) & open_contributions()


def open_contributions() -> Q:
    """Contributions of a consultation and of a theme that anyone may read, whatever became of them since."""
    return Q(theme__audience=Audience.PUBLIC) & readable_consultations(None, "consultation__")
