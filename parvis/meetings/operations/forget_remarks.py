"""Following an erasure: what an erased contact said of drafts goes, with her reminders and the notes of hers that never
came whole."""

from __future__ import annotations

from typing import Any

from parvis.core.mailing.queue import forget_mails
from parvis.core.models import OutgoingMail
from parvis.meetings.models import LineComment, NoteVersion


def forget_remarks(sender: Any, code: str, **_: Any) -> None:
    """Receiver of `person_erased`. Her notes went with their contributions."""
    forget_mails(OutgoingMail.objects.filter(attendances__contact__code=code).distinct())
    LineComment.objects.filter(participant__contact__code=code).delete()
    NoteVersion.objects.filter(participant__contact__code=code).update(text=None)
