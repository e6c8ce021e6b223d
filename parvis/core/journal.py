"""Writing the journal. An operation calls `record` inside its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from parvis.core import clock
from parvis.core.models import JournalEntry
from parvis.core.plain_insert import insert_rows

Value = str | int | float | bool | None | list[str]


class Named(Protocol):
    """Anything an actor or a subject may be: it names itself in the journal."""

    @property
    def journal_name(self) -> str: ...


SYSTEM = "system"


def record(actor: Named | None, verb: str, subject: Named, /, **values: Value) -> JournalEntry:
    """Write that `actor` (None: Parvis itself) did `verb` to `subject`. `values` are codes, enums and numbers."""
    entry = _entry(actor, verb, subject, values)
    entry.save(force_insert=True)
    return entry


def record_all(actor: Named | None, verb: str, facts: Iterable[tuple[Named, dict[str, Value]]]) -> None:
    """The same of many subjects, each with its values, in few statements."""
    insert_rows([_entry(actor, verb, subject, values) for subject, values in facts])


def _entry(actor: Named | None, verb: str, subject: Named, values: dict[str, Value]) -> JournalEntry:
    return JournalEntry(
        at=clock.now(),
        actor=actor.journal_name if actor is not None else SYSTEM,
        verb=verb,
        subject=subject.journal_name,
        values=values,
    )
