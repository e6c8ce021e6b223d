"""A whole consultation taken off every public page, and shown again."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.models import Consultation
from parvis.core import clock, journal
from parvis.people.models import User
from parvis.publishing.signals import tell_hidden


@transaction.atomic
def hide_consultation(actor: User, consultation: Consultation, *, reason: str) -> None:
    """Take a consultation, and all that hangs from it, off every public page, file and feed."""
    Consultation.objects.filter(pk=consultation.pk, hidden_at=None).update(hidden_at=clock.now())
    journal.record(actor, "hide_consultation", consultation, reason=reason)
    tell_hidden("consultation", consultation.code)


@transaction.atomic
def restore_consultation(actor: User, consultation: Consultation) -> None:
    """Show again a consultation that was hidden."""
    Consultation.objects.filter(pk=consultation.pk).update(hidden_at=None)
    journal.record(actor, "restore_consultation", consultation)
    tell_hidden("consultation", consultation.code)
