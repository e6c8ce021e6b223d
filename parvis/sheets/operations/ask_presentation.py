"""« Me la présenter »: consent given for one purpose, stored apart from the opinion, withdrawable."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.models import Participant
from parvis.core import clock, journal
from parvis.people.models import FollowUpConsent
from parvis.sheets.models import ActionSheet

PURPOSE = "presentation"


@transaction.atomic
def ask_presentation(participant: Participant, sheet: ActionSheet, *, name: str, email: str) -> None:
    """Let the lead of `sheet` have this name and this address. Asking again corrects them."""
    FollowUpConsent.objects.update_or_create(
        purpose=PURPOSE,
        subject=sheet.journal_name,
        owner=participant.journal_name,
        defaults={"name": name.strip(), "email": email.strip().lower(), "given_at": clock.now()},
    )
    journal.record(participant, "ask_presentation", sheet)


@transaction.atomic
def withdraw_presentation(participant: Participant, sheet: ActionSheet) -> None:
    """Forget the name and the address."""
    FollowUpConsent.objects.filter(purpose=PURPOSE, subject=sheet.journal_name, owner=participant.journal_name).delete()
    journal.record(participant, "withdraw_presentation", sheet)
