"""The clock of a participant put back where what is kept of her stands."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.models import Participant
from parvis.consultations.outbox import kept_clock
from parvis.core import journal
from parvis.people.models import User


@transaction.atomic
def set_clock_right(actor: User, participant: Participant) -> int:
    """Her clock becomes that of what was accepted of her; her devices take it at their next sending. Returns it."""
    locked = Participant.objects.select_for_update().get(pk=participant.pk)
    before, locked.clock = locked.clock, kept_clock(locked)
    locked.save(update_fields=["clock"])
    journal.record(actor, "set_clock_right", locked, before=before, after=locked.clock)
    return locked.clock
