"""The lines of minutes as they are changed: lock, version, and what was there before (`take_back` puts it back)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput, Stale
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes, MinutesChange, MinutesLine
from parvis.people.models import User
from parvis.publishing.enums import PublishingState

_FIELDS = (
    "position",
    "place",
    "theme_id",
    "territory_id",
    "heading",
    "kind",
    "number",
    "text",
    "details",
    "conclusion",
    "family",
    "family_dots",
    "dots",
    "role",
    "confidence",
    "doubt",
    "checked",
    "source_id",
    "source_line",
    "source_last_line",
    "origins",
    "contribution_id",
)
_FOLLOWS_THE_WORDS = (
    "place", "theme", "heading", "kind", "family", "family_dots", "role", "source", "source_line", "source_last_line",
)  # fmt: skip
_KEPT_CHANGES = 200
"""Changes that can be taken back; older ones are forgotten."""

Before = dict[str, dict[str, Any] | None]
"""By code of line: None when the change made it, all its fields when it removed it, else the fields it had
before, only those that changed."""


def line_state(line: MinutesLine) -> dict[str, Any]:
    """Everything a line says, as it is written down to be put back."""
    return {name: getattr(line, name) for name in _FIELDS}


def provenance(line: MinutesLine) -> list[dict[str, Any]]:
    """Where the words of `line` come from: its own passage and contribution, then those of the lines it took in."""
    own = {
        "contribution": line.contribution.code if line.contribution else None,
        "source": line.source.code if line.source else None,
        "first": line.source_line,
        "last": line.source_last_line,
    }
    return [own, *line.origins] if own["contribution"] or own["source"] else list(line.origins)


class WorkingText:
    """The lines of one minutes, in order, in memory, while they are changed."""

    def __init__(self, minutes: Minutes) -> None:
        self._minutes = minutes
        self.lines = list(
            minutes.lines.select_related("theme", "contribution").prefetch_related("source").order_by("position", "id")
        )
        self._before = {line.code: line_state(line) for line in self.lines}

    def pick(self, codes: Sequence[str]) -> list[MinutesLine]:
        """The lines named by `codes`, in the order of the text. Raises `RefusedInput` if one is gone."""
        wanted = set(codes)
        if not wanted:
            raise RefusedInput("Choisissez d'abord une ligne : cochez sa case.")
        found = [line for line in self.lines if line.code in wanted]
        if len(found) != len(wanted):
            raise RefusedInput("Une de ces lignes n'existe plus : rechargez la page, rien n'a été changé.")
        return found

    def below(self, line: MinutesLine) -> MinutesLine | None:
        """The line just under `line`."""
        place = self.lines.index(line) + 1
        return self.lines[place] if place < len(self.lines) else None

    def item_above(self, line: MinutesLine) -> MinutesLine | None:
        """The nearest contribution above `line`."""
        above = self.lines[: self.lines.index(line)]
        return next((other for other in reversed(above) if other.place == LinePlace.ITEM), None)

    def add_after(self, line: MinutesLine | None, *, text: str) -> MinutesLine:
        """A new contribution under `line` (None: at the end), of the same theme, that no source holds."""
        fresh = MinutesLine(minutes=self._minutes, text=text, details=[], checked=True, place=LinePlace.ITEM)
        if line is not None:
            fresh.theme = line.theme
        self.lines.insert(self.lines.index(line) + 1 if line is not None else len(self.lines), fresh)
        return fresh

    def cut_after(self, below: MinutesLine, origin: MinutesLine, *, text: str, details: list[str]) -> MinutesLine:
        """A new line under `below` that holds words taken from `origin`: same place, theme, kind and provenance."""
        fresh = MinutesLine(minutes=self._minutes, text=text, details=details, checked=True)
        for name in _FOLLOWS_THE_WORDS:
            setattr(fresh, name, getattr(origin, name))
        fresh.origins = provenance(origin)
        self.lines.insert(self.lines.index(below) + 1, fresh)
        return fresh

    def take_in(self, line: MinutesLine, other: MinutesLine) -> None:
        """Remove `other`, whose words `line` now holds."""
        line.origins = [*line.origins, *provenance(other)]
        self.lines.remove(other)

    def move(self, codes: Sequence[str], before: str | None) -> None:
        moved = self.pick(codes)
        rest = [line for line in self.lines if line not in moved]
        places = [index for index, line in enumerate(rest) if line.code == before]
        if before is not None and not places:
            raise RefusedInput("La ligne devant laquelle placer celles-ci n'existe plus, ou en fait partie.")
        place = places[0] if places else len(rest)
        self.lines = rest[:place] + moved + rest[place:]

    def step(self, codes: Sequence[str], *, down: bool) -> None:
        moved = self.pick(codes)
        rest = [line for line in self.lines if line not in moved]
        ahead = sum(1 for line in self.lines[: self.lines.index(moved[0])] if line not in moved)
        place = min(ahead + 1, len(rest)) if down else max(ahead - 1, 0)
        self.lines = rest[:place] + moved + rest[place:]

    def write(self) -> Before:
        """Save what changed and tell what was there before."""
        for position, line in enumerate(self.lines, start=1):
            line.position = position
        kept = {line.code for line in self.lines}
        fresh = [line for line in self.lines if line.code not in self._before]
        before: Before = {code: state for code, state in self._before.items() if code not in kept}
        MinutesLine.objects.filter(minutes=self._minutes, code__in=list(before)).delete()
        MinutesLine.objects.bulk_create(fresh)
        changed: dict[MinutesLine, dict[str, Any]] = {}
        for line in self.lines:
            if line.code in self._before and (difference := _difference(line, self._before[line.code])):
                changed[line] = before[line.code] = difference
        update_lines(changed)
        return before | {line.code: None for line in fresh}


def _difference(line: MinutesLine, before: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in before.items() if getattr(line, name) != value}


def update_lines(changed: Mapping[MinutesLine, Mapping[str, Any]]) -> None:
    """Save the named fields of each line, those that only moved apart: they are many, and it is one column."""
    moved = [line for line, fields in changed.items() if set(fields) == {"position"}]
    others = [line for line, fields in changed.items() if set(fields) != {"position"}]
    if moved:
        MinutesLine.objects.bulk_update(moved, ["position"], batch_size=400)
    if others:
        names = {name.removesuffix("_id") for line in others for name in changed[line]}
        MinutesLine.objects.bulk_update(others, sorted(names), batch_size=100)


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
