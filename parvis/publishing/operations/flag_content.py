"""« Signaler un contenu inapproprié »."""

from __future__ import annotations

from django.db import transaction

from parvis.core import journal
from parvis.publishing.enums import FlagReason
from parvis.publishing.models import Flag
from parvis.publishing.registry import Readable


@transaction.atomic
def flag_content(kind: str, content: Readable, *, reason: FlagReason, comment: str) -> Flag:
    """Keep a report by anyone. Its code is the number given back, with which the answer can be read later."""
    flag = Flag.objects.create(
        consultation=content.consultation, target_kind=kind, target_code=content.code, reason=reason, comment=comment
    )
    journal.record(None, "flag_content", flag, target=f"{kind}:{content.code}", reason=reason)
    return flag
