"""Following an erasure: what an erased contact said of drafts goes, with the notes of hers that never came whole."""

from __future__ import annotations

from typing import Any

from parvis.meetings.models import LineComment, NoteVersion


def forget_remarks(sender: Any, code: str, **_: Any) -> None:
    """Receiver of `person_erased`. Her notes went with their contributions."""
    LineComment.objects.filter(participant__contact__code=code).delete()
    NoteVersion.objects.filter(participant__contact__code=code).update(text=None)
