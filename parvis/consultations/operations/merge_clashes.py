"""What becomes of two rows of this app that may not both stand once two organisations, or two contacts, are one."""

from __future__ import annotations

from typing import Final

from parvis.consultations.merging import absorb, count_references
from parvis.consultations.models import DeviceKey, Invitation, Participant, Partner
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.people.models import FollowUpConsent

SPOKE_TWICE: Final = (
    "« {} » a répondu sous les deux noms dans « {} », et ses réponses peuvent différer : rien n'est changé. "
    "Effacez d'abord son contact dans l'un des deux organismes : ses avis y restent comptés, "
    "ses commentaires y sont effacés."
)
_SAYS_NOTHING: Final = frozenset({DeviceKey, Invitation})
"""What points at a participant who only came in."""


def settle_partners(standing: Partner, coming: Partner) -> None:
    """Asked about all that either was asked about: an empty side leaves nothing out."""
    for name in ("themes", "territories"):
        mine, others = getattr(standing, name), getattr(coming, name)
        rows, more = list(mine.all()), list(others.all())
        mine.set({*rows, *more} if rows and more else ())
        others.clear()
    if coming.reads_restricted and not standing.reads_restricted:
        standing.reads_restricted = True
        standing.save(update_fields=["reads_restricted"])
    absorb(standing, coming)


def settle_invitations(standing: Invitation, coming: Invitation) -> None:
    """One link for one person: the one she opened, else the last that was sent. The other no longer opens."""
    closed = min((coming, standing), key=lambda row: (row.opened_at is not None, row.sent_at or row.created_at))
    Invitation.objects.filter(pk=closed.pk).update(revoked_at=clock.now())


def settle_participants(standing: Participant, coming: Participant) -> None:
    """One person in one consultation: who only came in joins who spoke. Refused when both spoke."""
    silent = next((row for row in (coming, standing) if _says_nothing(row)), None)
    if silent is None:
        raise RefusedInput(SPOKE_TWICE.format(coming.contact, coming.consultation))
    absorb(standing if silent is coming else coming, silent)


def _says_nothing(participant: Participant) -> bool:
    if FollowUpConsent.objects.filter(owner=participant.journal_name).exists():
        return False
    return count_references(participant).keys() <= _SAYS_NOTHING
