"""Who sees what partners think, and who sees who said it.

The named project team first; then the leads, each for its own sheet; then, once published, everyone: the masked table.
"""

from __future__ import annotations

from django.db.models import Q

from parvis.consultations.enums import Standing
from parvis.consultations.models import Participant
from parvis.core.access import rule
from parvis.sheets.enums import SheetState


@rule
def led_sheets(participant: Participant) -> Q:
    """The sheets that her organisation leads, once the team opened the results to the leads.

    None to someone who only said that she is of that organisation, and whom nobody checked.
    """
    if participant.standing != Standing.COUNTED:
        return Q(pk__in=[])
    return Q(
        consultation=participant.consultation_id,
        consultation__results_release__shared_with_leads_at__isnull=False,
        lead=participant.organisation_id,
        lead__isnull=False,
        state=SheetState.READY,
        hidden_at=None,
    )


@rule
def speaks_for(participant: Participant) -> bool:
    """Whether she is the référent of her organisation."""
    contact = participant.contact
    return contact is not None and contact.is_referent and contact.organisation_id == participant.organisation_id
