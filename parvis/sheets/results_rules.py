"""Who sees what partners think, and who sees who said it.

The named project team first; then the leads, each for its own sheet; then the committees; then, once published,
everyone.
"""

from __future__ import annotations

from django.db.models import Q

from parvis.consultations.enums import Standing
from parvis.consultations.models import Participant
from parvis.consultations.rules import team_consultations
from parvis.core import clock
from parvis.core.access import rule
from parvis.people.actor import Actor
from parvis.people.enums import RoleKind
from parvis.people.rules import territories_of
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
def committee_consultations(actor: Actor) -> Q:
    """Consultations whose figures for the committees she reads: elected there, once the leads had their time; or of the
    project team, that hands them on."""
    elected = Q(
        territory__in=territories_of(actor, (RoleKind.ELECTED,)), results_release__reply_until__lt=clock.today()
    )
    return team_consultations(actor) | elected


@rule
def speaks_for(participant: Participant) -> bool:
    """Whether she is the référent of her organisation."""
    contact = participant.contact
    return contact is not None and contact.is_referent and contact.organisation_id == participant.organisation_id
