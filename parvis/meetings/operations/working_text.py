"""The lines of minutes as they are changed: lock, version, what was there before, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from parvis.consultations.models import Contribution, Theme
from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput, Stale
from parvis.meetings.models import Minutes, MinutesChange, MinutesLine, MinutesSource
from parvis.meetings.operations.working_lines import Before, WorkingText, write_lines
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
    """Keep what « Annuler » puts back, forget the oldest, and make the version grow."""
    MinutesChange.objects.create(minutes=locked, verb=verb, label=label[:160], before=before, by=actor)
    old = locked.changes.order_by("-id").values_list("id", flat=True)[_KEPT_CHANGES:]
    MinutesChange.objects.filter(id__in=list(old)).delete()
    grow(locked)


def grow(locked: Minutes) -> None:
    """The text changed: whoever reads the former version cannot overwrite it."""
    locked.version += 1
    locked.save(update_fields=["version", "updated_at"])


def undo_change(actor: User, minutes: Minutes, version: int | None = None) -> str:
    """Take the last change back. Returns its label. Raises `RefusedInput` when there is none."""
    with transaction.atomic():
        locked = lock_working(minutes, version)
        change = locked.changes.order_by("-id").first()
        if change is None:
            raise RefusedInput("Il n'y a plus rien à annuler.")
        before: Before = change.before
        made = [code for code, fields in before.items() if fields is None]
        lines = MinutesLine.objects.filter(minutes=locked, code__in=made).exclude(source=None)
        sources = (
            sorted(set(lines.order_by().values_list("source", flat=True))) if change.verb == "import_report" else []
        )
        MinutesLine.objects.filter(minutes=locked, code__in=made).delete()
        _put_back(locked, {code: fields for code, fields in before.items() if fields is not None})
        if change.verb == "import_report":
            MinutesSource.objects.filter(pk__in=sources).delete()
        change.delete()
        grow(locked)
        minutes.version = locked.version
        journal.record(actor, "undo_gesture", locked, verb=change.verb)
        return change.label


def _put_back(minutes: Minutes, before: Mapping[str, dict[str, Any]]) -> None:
    _drop_lost_links(before.values())
    standing = {line.code: line for line in minutes.lines.filter(code__in=list(before)).order_by("id")}
    changed: dict[MinutesLine, dict[str, Any]] = {}
    for code, line in standing.items():
        for name, value in before[code].items():
            setattr(line, name, value)
        changed[line] = before[code]
    write_lines(changed)
    MinutesLine.objects.bulk_create(
        MinutesLine(minutes=minutes, code=code, **fields) for code, fields in before.items() if code not in standing
    )


def _drop_lost_links(states: Iterable[dict[str, Any]]) -> None:
    """A theme, a source or a contribution may have gone since: the line comes back without it."""
    rows = list(states)
    for name, model in (("theme_id", Theme), ("source_id", MinutesSource), ("contribution_id", Contribution)):
        asked = {row[name] for row in rows if row.get(name) is not None}
        found = set(model._default_manager.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
        for row in rows:
            if row.get(name) in asked - found:
                row[name] = None
