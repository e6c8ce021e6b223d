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

    @property
    def journal_place(self) -> str:
        """The code of what it belongs to, by which one knows who may read what is recorded; empty when nothing."""


SYSTEM = "system"


def record(
    actor: Named | None, verb: str, subject: Named, /, *, within: Named | None = None, **values: Value
) -> JournalEntry:
    """Write that `actor` (None: Parvis itself) did `verb` to `subject`. `values` are codes, enums and numbers.

    `within`: what it was done in, when that is not what `subject` belongs to.
    """
    entry = _entry(actor, verb, subject, values, (within or subject).journal_place)
    entry.save(force_insert=True)
    return entry


def record_all(actor: Named | None, verb: str, facts: Iterable[tuple[Named, dict[str, Value]]]) -> None:
    """The same of many subjects, each with its values, in few statements."""
    insert_rows([_entry(actor, verb, subject, values, subject.journal_place) for subject, values in facts])


def _entry(actor: Named | None, verb: str, subject: Named, values: dict[str, Value], place: str) -> JournalEntry:
    return JournalEntry(
        at=clock.now(),
        actor=actor.journal_name if actor is not None else SYSTEM,
        verb=verb,
        subject=subject.journal_name,
        values=values,
        place=place,
    )
