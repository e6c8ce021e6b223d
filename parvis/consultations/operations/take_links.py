"""Personal links handed to an agent, to paste in her own mail or on a letter: who took which is written."""

from __future__ import annotations

from collections.abc import Sequence

from parvis.consultations.models import Consultation, Invitation
from parvis.core import journal
from parvis.people.models import User


def take_links(actor: User, consultation: Consultation, invitations: Sequence[Invitation]) -> None:
    """Write in the journal that `actor` was shown these links. Call it before they are."""
    if invitations:
        codes = [invitation.code for invitation in invitations]
        journal.record(actor, "take_links", consultation, invitations=codes)
