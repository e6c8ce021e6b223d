"""Before a role is taken from an agent: what she will no longer do, and what waits for her."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation
from parvis.consultations.rules import in_use
from parvis.french.counts import enumeration
from parvis.gathering.desk.waiting_steps import waiting_steps
from parvis.meetings.models import Minutes
from parvis.people.enums import RoleKind
from parvis.people.models import Role
from parvis.publishing.enums import PublishingState
from parvis.publishing.validation import ROLES_OF_STEP
from parvis.sheets.models import ResultsRelease
from parvis.territories.models import TerritoryAncestry

_DOES: Final = {
    RoleKind.ADMINISTRATOR: "donner et retirer les rôles, préparer les concertations, publier, modérer",
    RoleKind.COORDINATOR: "préparer les concertations, publier, modérer",
    RoleKind.FACILITATOR: "annoncer les rencontres, animer les ateliers, écrire les comptes-rendus",
    RoleKind.MODERATOR: "répondre aux signalements, masquer, effacer",
    RoleKind.ELECTED: "lire, et valider en comité de pilotage",
    RoleKind.READER: "lire ce qui n'est pas réservé à l'équipe projet",
}


@dataclass(frozen=True, slots=True)
class Leaving:
    """`loses`: what she will no longer do. `waits`: what is under way and counted on her. `kept`: the roles that she
    still has where this one held, in words."""

    loses: tuple[str, ...]
    waits: tuple[str, ...]
    kept: str


def gather_leaving(role: Role) -> Leaving:
    """What the page that confirms says. Eight queries, and those of the steps."""
    others = Role.objects.filter(user=role.user).exclude(pk=role.pk).select_related("territory")
    above = TerritoryAncestry.objects.filter(territory=role.territory_id).order_by().values("ancestor")
    kept = list(others.filter(territory__in=above).order_by("kind"))
    loses = [f"Sur « {role.territory} » : {_DOES[RoleKind(role.kind)]}."]
    if not others.exists():
        loses.append("Entrer dans l'espace des agents : c'est son seul rôle.")
    return Leaving(
        tuple(loses),
        (*_teams(role, alone=not kept), *_steps(role, {RoleKind(other.kind) for other in kept})),
        enumeration([f"{RoleKind(other.kind).label} sur « {other.territory} »" for other in kept]),
    )


def _below(role: Role) -> Iterator[int]:
    below = TerritoryAncestry.objects.filter(ancestor=role.territory_id).order_by()
    yield from below.values_list("territory_id", flat=True)


def _teams(role: Role, *, alone: bool) -> Iterator[str]:
    """The project teams that name her, once no role lets her read what they read."""
    if not alone:
        return
    hers = Consultation.objects.filter(in_use(), members__user=role.user, territory__in=list(_below(role))).order_by()
    counted = Consultation.objects.filter(pk__in=hers.values("pk")).annotate(people=Count("members"))
    for consultation in counted.order_by("sort_key", "id"):
        where = f"Équipe projet de « {consultation.title} »"
        if consultation.people == 1:
            yield f"{where} : cette personne y est seule. Nommez-en une autre d'abord, qui verra qui a dit quoi."
        else:
            yield f"{where} : son nom y reste, sans qu'elle y lise plus rien. Retirez-la de l'équipe aussi."


def _steps(role: Role, kept: set[RoleKind]) -> Iterator[str]:
    """The validation steps that wait, and that this role lets her pass."""
    passed_by = {step for step, kinds in ROLES_OF_STEP.items() if role.kind in kinds and not kept.intersection(kinds)}
    of_teams = not kept
    consultations = Consultation.objects.filter(in_use(), territory__in=list(_below(role))).order_by()
    here = {"consultation__in": consultations.values("pk"), "state": PublishingState.VALIDATION}
    minutes = Minutes.objects.filter(**here).select_related("consultation").prefetch_related("consultation__steps")
    results = ResultsRelease.objects.filter(**here).select_related("consultation")
    drafts: list[Minutes | ResultsRelease] = [*minutes, *results.prefetch_related("consultation__steps")]
    teams = set(role.user.memberships.order_by().values_list("consultation_id", flat=True))
    waiting = waiting_steps(drafts)
    for draft in drafts:
        step = waiting.get(draft.subject)
        if step is None or role.user_id in step.barred:
            continue
        if step.kind in passed_by or (
            step.kind == StepKind.PROJECT_TEAM and of_teams and draft.consultation_id in teams
        ):
            title = draft.title if isinstance(draft, Minutes) else f"les résultats de {draft.consultation.title}"
            yield f"Validation : l'étape « {step.kind.label} » de « {title} » attend, et peut être passée par elle."
