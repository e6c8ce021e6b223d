"""« Signaler un contenu inapproprié »."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import FlagReason, FlagTarget
from parvis.consultations.models import Consultation, Flag
from parvis.core import journal


@transaction.atomic
def flag_content(
    consultation: Consultation, target_kind: FlagTarget, target_code: str, *, reason: FlagReason, comment: str
) -> Flag:
    """Keep a report by anyone. Its code is the number given back, with which the answer can be read later."""
    flag = Flag.objects.create(
        consultation=consultation,
        target_kind=target_kind,
        target_code=target_code,
        reason=reason,
        comment=comment,
    )
    journal.record(None, "flag_content", flag, target=f"{target_kind}:{target_code}", reason=reason)
    return flag
