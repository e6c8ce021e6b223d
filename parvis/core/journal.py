"""Writing the journal. An operation calls `record` inside its own transaction."""

from __future__ import annotations

from typing import Protocol

from parvis.core import clock
from parvis.core.models import JournalEntry

Value = str | int | float | bool | None | list[str]


class Named(Protocol):
    """Anything an actor or a subject may be: it names itself in the journal."""

    @property
    def journal_name(self) -> str: ...


SYSTEM = "system"


def record(actor: Named | None, verb: str, subject: Named, /, **values: Value) -> JournalEntry:
    """Write that `actor` (None: Parvis itself) did `verb` to `subject`. `values` are codes, enums and numbers."""
    return JournalEntry.objects.create(
        at=clock.now(),
        actor=actor.journal_name if actor is not None else SYSTEM,
        verb=verb,
        subject=subject.journal_name,
        values=values,
    )
