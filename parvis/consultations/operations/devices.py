"""The keys by which a participant's devices write."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from parvis.consultations.enums import Audience
from parvis.consultations.models import DeviceKey, Participant, Partner
from parvis.core.codes import hash_token, new_token

_RESTRICTED = Partner.objects.filter(
    consultation=OuterRef("consultation"), organisation=OuterRef("organisation"), reads_restricted=True
)


def add_device(participant: Participant) -> str:
    """A fresh key for one device of `participant`, to be shown once. Only its hash is kept."""
    token = new_token()
    DeviceKey.objects.create(participant=participant, token_hash=hash_token(token))
    return token


def remove_device(token: str) -> None:
    """Forget a key: the device signs out."""
    DeviceKey.objects.filter(token_hash=hash_token(token)).delete()


def participant_of_key(token: str) -> Participant | None:
    """Whose key it is, in one query; None when unknown, revoked, or of a consultation taken offline."""
    if not token:
        return None
    return (
        Participant.objects.filter(keys__token_hash=hash_token(token), revoked_at=None, consultation__hidden_at=None)
        .exclude(consultation__audience=Audience.TEAM)
        .annotate(restricted=Exists(_RESTRICTED))
        .select_related("consultation", "organisation", "contact")
        .first()
    )
