"""What every gesture of the review shares: lock, version, what was there before, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput, Stale
from parvis.meetings.enums import LinePlace, MinutesState
from parvis.meetings.models import Minutes, MinutesChange, MinutesLine
from parvis.people.models import User

_FIELDS = (
    "position",
    "place",
    "theme_id",
    "heading",
    "kind",
    "number",
    "text",
    "details",
    "conclusion",
    "role",
    "confidence",
    "doubt",
    "checked",
    "source_id",
    "source_line",
    "source_last_line",
    "contribution_id",
)
_COLUMNS = [name.removesuffix("_id") for name in _FIELDS]
_KEPT_CHANGES = 200
"""Gestures that can be taken back; older ones are forgotten."""


def _state(line: MinutesLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _FIELDS}


class WorkingText:
    """The lines of one minutes, in order, in memory, while a gesture changes them."""

    def __init__(self, minutes: Minutes) -> None:
        self._minutes = minutes
        self.lines = list(minutes.lines.select_related("theme").order_by("position", "id"))
        self._before = {line.code: _state(line) for line in self.lines}

    def pick(self, codes: Sequence[str]) -> list[MinutesLine]:
        """The lines named by `codes`, in the order of the text. Raises `RefusedInput` if one is gone."""
        wanted = set(codes)
        found = [line for line in self.lines if line.code in wanted]
        if not wanted or len(found) != len(wanted):
            raise RefusedInput("Une de ces lignes n'existe plus : rechargez la page, rien n'a été changé.")
        return found

    def item_above(self, line: MinutesLine) -> MinutesLine | None:
        """The nearest contribution above `line`."""
        above = self.lines[: self.lines.index(line)]
        return next((other for other in reversed(above) if other.place == LinePlace.ITEM), None)

    def insert_after(self, line: MinutesLine | None, *, text: str, details: list[str], checked: bool) -> MinutesLine:
        """A new line under `line` (None: at the end), of the same theme, kind and source."""
        fresh = MinutesLine(minutes=self._minutes, text=text, details=details, checked=checked, place=LinePlace.ITEM)
        if line is not None:
            for name in (
                "place",
                "theme",
                "heading",
                "kind",
                "role",
                "source",
                "source_line",
                "source_last_line",
            ):
                setattr(fresh, name, getattr(line, name))
        self.lines.insert(self.lines.index(line) + 1 if line is not None else len(self.lines), fresh)
        return fresh

    def remove(self, line: MinutesLine) -> None:
        self.lines.remove(line)

    def move(self, codes: Sequence[str], before: str | None) -> None:
        moved = self.pick(codes)
        rest = [line for line in self.lines if line not in moved]
        places = [index for index, line in enumerate(rest) if line.code == before]
        place = places[0] if places else len(rest)
        self.lines = rest[:place] + moved + rest[place:]

    def step(self, codes: Sequence[str], *, down: bool) -> None:
        moved = self.pick(codes)
        rest = [line for line in self.lines if line not in moved]
        ahead = sum(1 for line in self.lines[: self.lines.index(moved[0])] if line not in moved)
        place = min(ahead + 1, len(rest)) if down else max(ahead - 1, 0)
        self.lines = rest[:place] + moved + rest[place:]

    def write(self) -> dict[str, dict[str, Any] | None]:
        """Save what changed; return the former state of each touched line (None: it did not exist)."""
        for position, line in enumerate(self.lines, start=1):
            line.position = position
        kept = {line.code for line in self.lines}
        fresh = [line for line in self.lines if line.code not in self._before]
        changed = [line for line in self.lines if line.code in self._before and _state(line) != self._before[line.code]]
        gone = [code for code in self._before if code not in kept]
        MinutesLine.objects.filter(minutes=self._minutes, code__in=gone).delete()
        MinutesLine.objects.bulk_create(fresh)
        if changed:
            MinutesLine.objects.bulk_update(changed, _COLUMNS, batch_size=100)
        before: dict[str, dict[str, Any] | None] = {code: self._before[code] for code in gone}
        before |= {line.code: self._before[line.code] for line in changed}
        before |= {line.code: None for line in fresh}
        return before


def lock_working(minutes: Minutes, version: int | None) -> Minutes:
    """The minutes, locked, if their text may still change. Raises `Stale` when another agent changed them first."""
    locked = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if locked.state not in (MinutesState.DRAFT, MinutesState.VALIDATION):
        raise ForbiddenMove("Ce compte-rendu n'est plus modifiable : rouvrez-le pour préparer une correction.")
    if version is not None and locked.version != version:
        raise Stale("Quelqu'un d'autre vient de modifier ce compte-rendu. Rechargez la page : rien n'a été perdu.")
    return locked


@contextmanager
def gesture(actor: User, minutes: Minutes, verb: str, label: str, version: int | None) -> Iterator[WorkingText]:
    """One gesture: everything in it is written, recorded and can be taken back as a whole, or nothing happens."""
    with transaction.atomic():
        locked = lock_working(minutes, version)
        text = WorkingText(locked)
        yield text
        before = text.write()
        if not before:
            return
        MinutesChange.objects.create(minutes=locked, verb=verb, label=label[:160], before=before, by=actor)
        old = locked.changes.order_by("-id").values_list("id", flat=True)[_KEPT_CHANGES:]
        MinutesChange.objects.filter(id__in=list(old)).delete()
        _grow(locked, minutes)
        journal.record(actor, verb, locked, lines=sorted(before))


def undo_gesture(actor: User, minutes: Minutes) -> str:
    """Take the last gesture back. Returns its label. Raises `RefusedInput` when there is none."""
    with transaction.atomic():
        locked = lock_working(minutes, None)
        change = locked.changes.order_by("-id").first()
        if change is None:
            raise RefusedInput("Il n'y a plus rien à annuler.")
        before: dict[str, dict[str, Any] | None] = change.before
        MinutesLine.objects.filter(minutes=locked, code__in=before).delete()
        MinutesLine.objects.bulk_create(
            MinutesLine(minutes=locked, code=code, **state) for code, state in before.items() if state is not None
        )
        change.delete()
        _grow(locked, minutes)
        journal.record(actor, "undo_gesture", locked, verb=change.verb)
        return change.label


def _grow(locked: Minutes, minutes: Minutes) -> None:
    locked.version += 1
    locked.save(update_fields=["version", "updated_at"])
    minutes.version = locked.version
