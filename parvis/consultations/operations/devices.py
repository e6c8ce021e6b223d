"""The keys by which a participant's devices write."""

from __future__ import annotations

from parvis.consultations.enums import Audience
from parvis.consultations.models import DeviceKey, Participant
from parvis.core.codes import hash_token, new_token


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
        .select_related("consultation", "organisation", "contact")
        .first()
    )
