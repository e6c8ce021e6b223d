"""« Annuler » takes the last change of the text back, « Rétablir » does it again, until another change is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from parvis.consultations.models import Contribution, Theme
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.meetings.models import Minutes, MinutesChange, MinutesLine, MinutesSource
from parvis.meetings.operations.working_lines import Before, line_state, write_lines
from parvis.meetings.operations.working_text import grow, lock_working
from parvis.people.models import User

_SOURCE_FIELDS = ("id", "code", "name", "format", "lines", "warnings", "sha256", "added_by_id")


def undo_change(actor: User, minutes: Minutes, version: int | None = None) -> str:
    """Take the last change back. Returns its label. Raises `RefusedInput` when there is none."""
    with transaction.atomic():
        locked = lock_working(minutes, version)
        change = locked.changes.filter(after__isnull=True).order_by("-id").first()
        if change is None:
            raise RefusedInput("Il n'y a plus rien à annuler.")
        change.sources = _sources_made(change) if change.verb == "import_report" else []
        change.after = _exchange(locked, change.before)
        MinutesSource.objects.filter(pk__in=[source["id"] for source in change.sources]).delete()
        change.save(update_fields=["after", "sources"])
        return _moved(actor, minutes, locked, "undo_gesture", change)


def redo_change(actor: User, minutes: Minutes, version: int | None = None) -> str:
    """Do again what was taken back last. Returns its label. Raises `RefusedInput` when there is nothing."""
    with transaction.atomic():
        locked = lock_working(minutes, version)
        change = locked.changes.filter(after__isnull=False).order_by("id").first()
        if change is None or change.after is None:
            raise RefusedInput("Il n'y a plus rien à rétablir.")
        if locked.sources.filter(sha256__in=[source["sha256"] for source in change.sources]).exists():
            raise RefusedInput("Ce fichier est revenu entre-temps par un autre import : il n'y a rien à rétablir.")
        MinutesSource.objects.bulk_create(MinutesSource(minutes=locked, **source) for source in change.sources)
        change.before = _exchange(locked, change.after)
        change.after, change.sources = None, []
        change.save(update_fields=["before", "after", "sources"])
        return _moved(actor, minutes, locked, "redo_gesture", change)


def _moved(actor: User, minutes: Minutes, locked: Minutes, verb: str, change: MinutesChange) -> str:
    grow(locked)
    minutes.version = locked.version
    journal.record(actor, verb, locked, verb=change.verb)
    return change.label


def _sources_made(change: MinutesChange) -> list[dict[str, Any]]:
    made = [code for code, fields in change.before.items() if fields is None]
    lines = MinutesLine.objects.filter(minutes=change.minutes_id, code__in=made).exclude(source=None)
    sources = MinutesSource.objects.filter(pk__in=set(lines.order_by().values_list("source", flat=True))).order_by("id")
    return [{name: getattr(source, name) for name in _SOURCE_FIELDS} for source in sources]


def _exchange(minutes: Minutes, wanted: Before) -> Before:
    """Put the lines as `wanted` says; what puts them back as they were."""
    standing = {line.code: line for line in minutes.lines.filter(code__in=list(wanted)).order_by("id")}
    was: Before = {
        code: None if code not in standing else _part(line_state(standing[code]), fields)
        for code, fields in wanted.items()
    }
    MinutesLine.objects.filter(
        minutes=minutes, code__in=[code for code, fields in wanted.items() if not fields]
    ).delete()
    _put_back(minutes, {code: dict(fields) for code, fields in wanted.items() if fields is not None}, standing)
    return was


def _part(state: dict[str, Any], fields: Mapping[str, Any] | None) -> dict[str, Any]:
    return state if fields is None else {name: state[name] for name in fields}


def _put_back(minutes: Minutes, before: Mapping[str, dict[str, Any]], standing: Mapping[str, MinutesLine]) -> None:
    _drop_lost_links(before.values())
    changed: dict[MinutesLine, dict[str, Any]] = {}
    for code, fields in before.items():
        if code in standing:
            for name, value in fields.items():
                setattr(standing[code], name, value)
            changed[standing[code]] = fields
    write_lines(changed)
    MinutesLine.objects.bulk_create(
        MinutesLine(minutes=minutes, code=code, **fields) for code, fields in before.items() if code not in standing
    )


def _drop_lost_links(states: Iterable[dict[str, Any]]) -> None:
    """A theme, a source or a contribution may have gone since: the line comes back without it."""
    rows = list(states)
    for name, model in (("theme_id", Theme), ("source_id", MinutesSource), ("contribution_id", Contribution)):
        asked = {row[name] for row in rows if row.get(name) is not None}
        there = set(model._default_manager.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
        for row in rows:
            if row.get(name) in asked - there:
                row[name] = None
