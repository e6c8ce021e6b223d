"""A consultation is born with its phases, its seven themes, its validation steps, and its author in the team."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from parvis.consultations.electoral_period import check_electoral_period
from parvis.consultations.enums import DEFAULT_STEPS, Audience, PhaseKind
from parvis.consultations.models import Consultation, ConsultationAddress, Phase, TeamMember, ValidationStep
from parvis.consultations.operations.themes import READY_THEMES, NewTheme, make_themes
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.uniqueness import refusing_duplicates
from parvis.people.models import User
from parvis.territories.models import Territory

SLUG_TAKEN = "Cette adresse est, ou a été, celle d'une autre concertation : changez-en un mot."


@dataclass(frozen=True, slots=True)
class ConsultationDetails:
    """What an agent writes of a consultation, at its birth and after."""

    title: str
    slug: str
    authority: str
    introduction: str = ""
    next_steps: str = ""
    contact_email: str = ""
    audience: str = Audience.PUBLIC
    embargo_until: datetime.datetime | None = None
    electoral_from: datetime.date | None = None
    electoral_until: datetime.date | None = None


def is_taken(slug: str, consultation: Consultation | None = None) -> bool:
    """Whether an address is, or was, that of another consultation: who follows a former one must not land there."""
    others, addresses = Consultation.objects.filter(slug=slug), ConsultationAddress.objects.filter(slug=slug)
    if consultation is not None and consultation.pk is not None:
        others = others.exclude(pk=consultation.pk)
        addresses = addresses.exclude(consultation=consultation)
    return others.exists() or addresses.exists()


def write_details(consultation: Consultation, details: ConsultationDetails) -> None:
    """Carry `details` over and save, refusing an address already taken. The former one goes on leading here."""
    if is_taken(details.slug, consultation):
        raise RefusedInput(SLUG_TAKEN)
    former = Consultation.objects.filter(pk=consultation.pk).values_list("slug", flat=True).first()
    consultation.title, consultation.slug, consultation.authority = details.title, details.slug, details.authority
    consultation.introduction, consultation.next_steps = details.introduction, details.next_steps
    consultation.contact_email = details.contact_email
    consultation.audience, consultation.embargo_until = details.audience, details.embargo_until
    check_electoral_period(details.electoral_from, details.electoral_until)
    consultation.electoral_from, consultation.electoral_until = details.electoral_from, details.electoral_until
    with refusing_duplicates(SLUG_TAKEN):
        consultation.save()
        for slug in {details.slug, former or details.slug}:
            ConsultationAddress.objects.get_or_create(slug=slug, consultation=consultation)


@transaction.atomic
def create_consultation(
    actor: User,
    territory: Territory,
    details: ConsultationDetails,
    *,
    parent: Consultation | None = None,
    themes: Sequence[NewTheme] = READY_THEMES,
) -> Consultation:
    """A consultation of `territory`, with its eight phases still without dates: a draft, until somebody opens it
    (`lifecycle`). The territory never changes after: roles, meetings and contributions hang from it."""
    # Its team is one person, who must be able to publish; the page of validation says so, and unsays it.
    consultation = Consultation(territory=territory, parent=parent, one_person_validates=True)
    write_details(consultation, details)
    Phase.objects.bulk_create(
        Phase(consultation=consultation, kind=kind, position=position) for position, kind in enumerate(PhaseKind)
    )
    make_themes(consultation, themes)
    ValidationStep.objects.bulk_create(
        ValidationStep(consultation=consultation, kind=kind, position=position)
        for position, kind in enumerate(DEFAULT_STEPS)
    )
    TeamMember.objects.create(consultation=consultation, user=actor)
    journal.record(
        actor,
        "create_consultation",
        consultation,
        territory=territory.code,
        audience=consultation.audience,
    )
    return consultation
