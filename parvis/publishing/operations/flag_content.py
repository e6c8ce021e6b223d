"""« Signaler un contenu inapproprié »."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import TooMany
from parvis.core.limits import Limit
from parvis.publishing.enums import FlagReason
from parvis.publishing.models import Flag
from parvis.publishing.registry import Readable

FLAGS: Final = Limit("flags", most=20, seconds=3600)
"""Kept about one thing. Beyond, moderators know; counted by target, since a room shares an address."""
_ENOUGH: Final = "Ce contenu a déjà été signalé plusieurs fois : l'équipe de modération le sait."


@transaction.atomic
def flag_content(kind: str, content: Readable, *, reason: FlagReason, comment: str) -> Flag:
    """Keep a report by anyone. Its code is the number given back, with which the answer can be read later.

    Raises `TooMany` when there were so many about the same thing within the hour that one more would tell nothing.
    """
    if not FLAGS.take(f"{kind}:{content.code}"):
        raise TooMany(_ENOUGH)
    flag = Flag.objects.create(
        consultation=content.consultation, target_kind=kind, target_code=content.code, reason=reason, comment=comment
    )
    journal.record(None, "flag_content", flag, target=f"{kind}:{content.code}", reason=reason)
    return flag
