"""The lines of minutes as they are changed: lock, version, and what was there before (`take_back` puts it back)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import ForbiddenMove, Stale
from parvis.meetings.models import Minutes, MinutesChange
from parvis.meetings.operations.working_lines import Before, WorkingText
from parvis.people.models import User
from parvis.publishing.enums import PublishingState

_KEPT_CHANGES = 200
"""Changes that can be taken back; older ones are forgotten."""


def touched(before: Before) -> list[str]:
    """Codes of the lines that were changed, leaving out those that others pushed down or up."""
    own = sorted(code for code, fields in before.items() if fields is None or set(fields) != {"position"})
    return own or sorted(before)


def lock_working(minutes: Minutes, version: int | None) -> Minutes:
    """The minutes, locked, if their text may still change. Raises `Stale` when another agent changed them first."""
    locked = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if locked.state not in (PublishingState.DRAFT, PublishingState.VALIDATION):
        raise ForbiddenMove("Ce compte-rendu n'est plus modifiable : rouvrez-le pour préparer une correction.")
    if version is not None and locked.version != version:
        raise Stale("Quelqu'un d'autre vient de modifier ce compte-rendu. Rechargez la page : rien n'a été perdu.")
    return locked


@contextmanager
def change_text(actor: User, minutes: Minutes, verb: str, label: str, version: int | None) -> Iterator[WorkingText]:
    """One change of the text: all of it is written, recorded and can be taken back as a whole, or nothing happens."""
    with transaction.atomic():
        locked = lock_working(minutes, version)
        text = WorkingText(locked)
        yield text
        before = text.write()
        if before:
            record_change(actor, locked, verb, label, before)
            journal.record(actor, verb, locked, lines=touched(before))
        minutes.version = locked.version


def record_change(actor: User | None, locked: Minutes, verb: str, label: str, before: Before) -> None:
    """Keep what « Annuler » puts back, forget the oldest and what was taken back, and make the version grow."""
    locked.changes.filter(after__isnull=False).delete()
    MinutesChange.objects.create(minutes=locked, verb=verb, label=label[:160], before=before, by=actor)
    old = locked.changes.order_by("-id").values_list("id", flat=True)[_KEPT_CHANGES:]
    MinutesChange.objects.filter(id__in=list(old)).delete()
    grow(locked)


def grow(locked: Minutes) -> None:
    """The text changed: whoever reads the former version cannot overwrite it."""
    locked.version += 1
    locked.save(update_fields=["version", "updated_at"])
