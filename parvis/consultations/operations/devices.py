"""The keys by which a participant's devices write."""

from __future__ import annotations

from functools import cache

from django.db.models import Exists, OuterRef, QuerySet

from parvis.consultations.enums import Audience
from parvis.consultations.models import DeviceKey, Participant, Partner
from parvis.core.access import rule
from parvis.core.codes import hash_token, new_token


def add_device(participant: Participant) -> str:
    """A fresh key for one device of `participant`, to be shown once. Only its hash is kept."""
    token = new_token()
    DeviceKey.objects.create(participant=participant, token_hash=hash_token(token))
    return token


def remove_device(token: str) -> None:
    """Forget a key: the device signs out."""
    DeviceKey.objects.filter(token_hash=hash_token(token)).delete()


@rule
def participant_of_key(token: str, *related: str) -> Participant | None:
    """Whose key it is, in one query; None when unknown, revoked, or of a consultation taken offline.

    `related` names the rows to bring with her.
    """
    if not token:
        return None
    owners = admitted_participants().filter(keys__token_hash=hash_token(token))
    return next(iter(owners.select_related(*related) if related else owners), None)


@cache
def admitted_participants() -> QuerySet[Participant]:
    """Those whose key opens. Prepared once, as it is asked at each request."""
    restricted = Partner.objects.filter(
        consultation=OuterRef("consultation"), organisation=OuterRef("organisation"), reads_restricted=True
    )
    return (
        Participant.objects.filter(revoked_at=None, consultation__hidden_at=None)
        .exclude(consultation__audience=Audience.TEAM)
        .annotate(restricted=Exists(restricted))
        .order_by()
    )
