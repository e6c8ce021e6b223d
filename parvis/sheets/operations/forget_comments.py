"""Following an erasure: the comments of an erased contact go, their values stay."""

from __future__ import annotations

from typing import Any

from parvis.sheets.models import LeadReply, Opinion


def forget_comments(sender: Any, code: str, **_: Any) -> None:
    """Receiver of `person_erased`."""
    Opinion.objects.filter(participant__contact__code=code).exclude(comment="").update(comment="")
    LeadReply.objects.filter(participant__contact__code=code).update(participant=None)
