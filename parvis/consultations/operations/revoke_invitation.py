"""Invitations taken back, with everyone and every link that came of them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import DeviceKey, Invitation, Participant
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.people.models import User


@transaction.atomic
def revoke_invitation(actor: User, invitation: Invitation) -> int:
    """Take an invitation back; how many others, handed on by those who came in by it, go with it.

    The devices of those who came in by it, or by the others, are closed: a link handed on is also a way back in. What
    they wrote stays, and counts. Those who came in by an open link stay: it was on a wall, for everyone.
    """
    if not _take(invitation):
        raise RefusedInput("Cette invitation est déjà retirée.")
    return _close(actor, invitation)


def _take(invitation: Invitation) -> bool:
    return bool(Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=clock.now()))


def _close(actor: User, invitation: Invitation) -> int:
    journal.record(actor, "revoke_invitation", invitation)
    if invitation.kind == InvitationKind.OPEN:
        return 0
    came = Q(came_by=invitation)
    if invitation.contact_id is not None:
        came |= Q(consultation=invitation.consultation_id, contact=invitation.contact_id)
    inside = list(Participant.objects.filter(came).order_by("pk").values_list("pk", flat=True))
    Participant.objects.filter(pk__in=inside).update(revoked_at=clock.now())
    DeviceKey.objects.filter(participant__in=inside).delete()
    handed_on = Invitation.objects.filter(forwarded_by__in=inside, revoked_at=None).order_by("pk")
    return sum(1 + _close(actor, other) for other in handed_on if _take(other))
