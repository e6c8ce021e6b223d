"""Reads for the screens of the desk: a constant number of queries, each through a rule."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from parvis.consultations import rules
from parvis.consultations.lifecycle import why_not
from parvis.consultations.models import Consultation, GlossaryEntry, Theme
from parvis.core.access import rule
from parvis.core.fetching import get_or_refuse
from parvis.people.actor import Actor
from parvis.people.models import User
from parvis.people.rules import WRITE, territories_of
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory, TerritoryAncestry


def consultations_of(actor: Actor) -> QuerySet[Consultation]:
    """Those the agent may read, with how many meetings each has."""
    return (
        Consultation.objects.filter(rules.readable_consultations(actor))
        .select_related("territory")
        .annotate(meeting_count=Count("meetings", distinct=True))
    )


def get_consultation_or_refuse(actor: Actor, code: str, rule: Q) -> Consultation:
    """One consultation through `rule`: 404 to who may not read it, 403 to who may but not do this."""
    rows = Consultation.objects.select_related("territory", "parent")
    readable = rules.readable_consultations(actor)
    return get_or_refuse(rows, readable, rule, code, "Concertation inconnue.", reasons=why_not())


def get_theme_or_404(consultation: Consultation, code: str) -> Theme:
    """A theme of a consultation already fetched through its rule."""
    theme = consultation.themes.filter(code=code).first()
    if theme is None:
        raise Http404("Thématique inconnue.")
    theme.consultation = consultation
    return theme


def possible_members(consultation: Consultation) -> QuerySet[User]:
    """Agents with a role on the territory of the consultation (or above it), who are not in the team yet."""
    above = TerritoryAncestry.objects.filter(territory=consultation.territory_id).order_by().values("ancestor")
    return (
        User.objects.filter(is_active=True, roles__territory__in=above)
        .exclude(memberships__consultation=consultation)
        .distinct()
        .order_by("name", "email")
    )


@rule
def glossary_territories(actor: Actor) -> QuerySet[Territory]:
    """Where an agent may edit a glossary: the agglomérations and the communes where she may write."""
    return Territory.objects.filter(pk__in=territories_of(actor, WRITE)).exclude(kind=TerritoryKind.NEIGHBOURHOOD)


@rule
def editable_entries(actor: Actor) -> QuerySet[GlossaryEntry]:
    """The entries an agent may change."""
    return GlossaryEntry.objects.filter(territory__in=territories_of(actor, WRITE)).select_related("territory")
