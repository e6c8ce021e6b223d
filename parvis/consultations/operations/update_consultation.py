"""Changing what is said of a consultation, and who may read it."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.consultations.operations.create_consultation import ConsultationDetails, write_details
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.people.models import User

RESERVED = frozenset({Audience.RESTRICTED, Audience.TEAM})


@transaction.atomic
def update_consultation(actor: User, consultation: Consultation, details: ConsultationDetails) -> None:
    """Write `details`. Whoever reserves a consultation to its team must be in it, or would lose sight of it."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if details.audience in RESERVED and not locked.members.filter(user=actor).exists():
        raise RefusedInput(
            "Vous ne faites pas partie de l'équipe projet : ajoutez-vous à l'équipe, puis réservez-lui la concertation."
        )
    before = (locked.audience, locked.embargo_until)
    write_details(locked, details)
    changed = [] if before == (locked.audience, locked.embargo_until) else ["audience"]
    journal.record(
        actor,
        "update_consultation",
        locked,
        audience=locked.audience,
        embargo_until=locked.embargo_until.isoformat() if locked.embargo_until else None,
        changed=changed,
    )
