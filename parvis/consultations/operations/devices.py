"""The keys by which a participant's devices write."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, QuerySet

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, DeviceKey, Participant, Partner
from parvis.consultations.rules import in_use, open_to_partners
from parvis.core.access import rule
from parvis.core.codes import hash_token, new_token
from parvis.core.statements import statement


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
    """Whose key it is, in one query; None when unknown, revoked, or of a consultation not open to partners.

    `related` names the rows to bring with her. Without any, it is asked at each tap: the query is compiled once.
    """
    if not token:
        return None
    if related:
        return next(iter(_admitted(hash_token(token)).select_related(*related)), None)
    return next((_participant(*row) for row in _admitted_alone(hash_token(token))), None)


def is_archived(participant: Participant) -> bool:
    """Whether her consultation is put away: told with her when she came by her key."""
    known: bool | None = getattr(participant, "archived", None)
    if known is not None:
        return known
    return not Consultation.objects.filter(in_use(), pk=participant.consultation_id).exists()


def _admitted(token_hash: Any) -> QuerySet[Participant]:
    """The participant whose key it is, if it still opens."""
    return admitted_participants().filter(keys__token_hash=token_hash)


def admitted_participants() -> QuerySet[Participant]:
    """Those whose key opens."""
    restricted = Partner.objects.filter(
        consultation=OuterRef("consultation"), organisation=OuterRef("organisation"), reads_restricted=True
    )
    return (
        Participant.objects.filter(open_to_partners("consultation__"), revoked_at=None)
        .exclude(consultation__audience=Audience.TEAM)
        .annotate(
            restricted=Exists(restricted),
            archived=ExpressionWrapper(~in_use("consultation__"), output_field=BooleanField()),
        )
        .order_by()
    )


_COLUMNS: Final = [field.attname for field in Participant._meta.concrete_fields]


@statement(DeviceKey._meta.get_field("token_hash"))
def _admitted_alone(token_hash: Any) -> QuerySet[Any, Any]:
    return _admitted(token_hash).values_list(*_COLUMNS, "restricted", "archived")


def _participant(*row: Any) -> Participant:
    participant = Participant.from_db(None, _COLUMNS, row[:-2])
    participant.restricted, participant.archived = row[-2:]  # type: ignore[attr-defined]  # as `annotate` leaves them
    return participant
