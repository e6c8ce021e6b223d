"""The lines of minutes that one change touches: read, placed among the others, written, with what was there before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Max, Prefetch, Q, QuerySet

from parvis.core.bulk_write import update_rows
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes, MinutesLine, MinutesSource

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
STEP: Final = 1_000
"""Between the positions of two lines that were laid one after the other."""
_FIRST_ROOM: Final = 16
"""Lines that may spread out when there is no place between two; then twice as many, and so on."""

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
    """The lines that one change touches, in memory. The others, however many, are neither read nor written.

    Positions grow by large steps: a line that comes between two others takes a place between theirs. Where none is
    left, the nearest ones spread out.
    """

    def __init__(self, minutes: Minutes) -> None:
        self._minutes = minutes
        self._stored = (
            minutes.lines.select_related("theme", "contribution")
            .prefetch_related(Prefetch("source", MinutesSource.objects.only("code")))
            .order_by("position", "id")
        )
        self._read: dict[int, MinutesLine] = {}
        self._before: dict[str, dict[str, Any]] = {}
        self._fresh: dict[int, list[MinutesLine]] = {}
        """By key of the line above them (0: at the end), the new lines, in order."""
        self._removed: list[MinutesLine] = []

    def pick(self, codes: Sequence[str]) -> list[MinutesLine]:
        """The lines named by `codes`, in the order of the text. Raises `RefusedInput` if one is gone."""
        wanted = set(codes)
        if not wanted:
            raise RefusedInput("Choisissez d'abord une ligne : cochez sa case.")
        lines = self._take(self._stored.filter(code__in=wanted))
        if len(lines) != len(wanted):
            raise RefusedInput("Une de ces lignes n'existe plus : rechargez la page, rien n'a été changé.")
        return lines

    def below(self, line: MinutesLine, *, but: Sequence[MinutesLine] = ()) -> MinutesLine | None:
        """The line just under `line`, those of `but` left out."""
        return self._first(self._stored.filter(_after(line)), but)

    def above(self, line: MinutesLine, *, but: Sequence[MinutesLine] = ()) -> MinutesLine | None:
        """The line just above `line`, those of `but` left out."""
        return self._first(self._stored.filter(_before(line)).reverse(), but)

    def item_above(self, line: MinutesLine) -> MinutesLine | None:
        """The nearest contribution above `line`, one that has just become so included."""
        self._first(self._stored.filter(_before(line), place=LinePlace.ITEM).reverse())
        known = (other for other in self._read.values() if other.place == LinePlace.ITEM and _rank(other) < _rank(line))
        return max(known, key=_rank, default=None)

    def add_after(self, line: MinutesLine | None, *, text: str) -> MinutesLine:
        """A new contribution under `line` (None: at the end), of the same theme, that no source holds."""
        fresh = MinutesLine(minutes=self._minutes, text=text, details=[], checked=True, place=LinePlace.ITEM)
        if line is not None:
            fresh.theme = line.theme
        self._fresh.setdefault(line.pk if line is not None else 0, []).append(fresh)
        return fresh

    def cut_after(self, origin: MinutesLine, *, text: str, details: list[str]) -> MinutesLine:
        """A new line under `origin`, and under those cut from it before, that holds some of its words: of the same
        place, theme, kind and provenance."""
        fresh = MinutesLine(minutes=self._minutes, text=text, details=details, checked=True)
        for name in _FOLLOWS_THE_WORDS:
            setattr(fresh, name, getattr(origin, name))
        fresh.origins = provenance(origin)
        self._fresh.setdefault(origin.pk, []).append(fresh)
        return fresh

    def take_in(self, line: MinutesLine, other: MinutesLine) -> None:
        """Remove `other`, whose words `line` now holds."""
        line.origins = [*line.origins, *provenance(other)]
        self._removed.append(other)

    def move(self, codes: Sequence[str], before: str | None) -> None:
        """Place these lines before the line `before`; None: at the end."""
        moved = self.pick(codes)
        if before is None:
            self._place(moved, self._first(self._stored.reverse(), moved), None)
            return
        below = self._first(self._stored.filter(code=before), moved)
        if below is None:
            raise RefusedInput("La ligne devant laquelle placer celles-ci n'existe plus, ou en fait partie.")
        self._place(moved, self.above(below, but=moved), below)

    def step(self, codes: Sequence[str], *, down: bool) -> None:
        """Place these lines, together, one line lower or higher than the first of them."""
        moved = self.pick(codes)
        if not down:
            below = self.above(moved[0], but=moved) or self._first(self._stored, moved)
            self._place(moved, self.above(below, but=moved) if below is not None else None, below)
            return
        above = self.below(moved[0], but=moved)
        if above is not None:
            self._place(moved, above, self.below(above, but=moved))

    def write(self) -> Before:
        """Save what changed and tell what was there before."""
        for anchor, lines in self._fresh.items():
            above = self._read[anchor] if anchor else self._first(self._stored.reverse())
            self._place(lines, above, self.below(above) if above is not None else None)
        fresh = [line for lines in self._fresh.values() for line in lines]
        before: Before = {line.code: self._before[line.code] for line in self._removed}
        MinutesLine.objects.filter(minutes=self._minutes, code__in=list(before)).delete()
        MinutesLine.objects.bulk_create(fresh)
        changed: dict[MinutesLine, dict[str, Any]] = {}
        for line in self._read.values():
            if line.code not in before and (difference := _difference(line, self._before[line.code])):
                changed[line] = before[line.code] = difference
        write_lines(changed)
        return before | {line.code: None for line in fresh}

    def _take(self, rows: Iterable[MinutesLine]) -> list[MinutesLine]:
        """These rows, as this change already has them."""
        for line in rows:
            if line.pk not in self._read:
                self._read[line.pk] = line
                self._before[line.code] = line_state(line)
        return [self._read[line.pk] for line in rows]

    def _first(self, rows: QuerySet[MinutesLine], but: Sequence[MinutesLine] = ()) -> MinutesLine | None:
        return next(iter(self._take(rows.exclude(pk__in=[line.pk for line in but])[:1])), None)

    def _place(self, lines: list[MinutesLine], above: MinutesLine | None, below: MinutesLine | None) -> None:
        """Give `lines` positions between two others, which move only when there is no room."""
        low = above.position if above is not None else 0
        high = below.position if below is not None else None
        if all(line.pk is not None and low < line.position < (high or line.position + 1) for line in lines):
            return
        run, room = lines, _FIRST_ROOM
        further = self._stored.exclude(pk__in=[line.pk for line in lines if line.pk is not None])
        if above is not None:
            further = further.filter(_after(above))
        while high is not None and high - low <= len(run):
            pushed = self._take(further[:room])
            high = pushed.pop().position if len(pushed) == room else None
            run, room = [*lines, *pushed], room * 2
        step = (high - low) // (len(run) + 1) if high is not None else STEP
        for rank, line in enumerate(run, start=1):
            line.position = low + rank * step


def lay_at_the_end(minutes: Minutes, lines: Sequence[MinutesLine]) -> None:
    """Give new lines their places under those that are there."""
    last = minutes.lines.aggregate(last=Max("position"))["last"] or 0
    for rank, line in enumerate(lines, start=1):
        line.minutes, line.position = minutes, last + rank * STEP


def _after(line: MinutesLine) -> Q:
    return Q(position__gt=line.position) | Q(position=line.position, pk__gt=line.pk)


def _before(line: MinutesLine) -> Q:
    return Q(position__lt=line.position) | Q(position=line.position, pk__lt=line.pk)


def _rank(line: MinutesLine) -> tuple[int, int]:
    return line.position, line.pk


def _difference(line: MinutesLine, before: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in before.items() if getattr(line, name) != value}


def write_lines(changed: Mapping[MinutesLine, Mapping[str, Any]]) -> None:
    """Save the named fields of each line, those that only moved apart: they are many, and it is one column."""
    moved = [line for line, fields in changed.items() if set(fields) == {"position"}]
    others = [line for line, fields in changed.items() if set(fields) != {"position"}]
    update_rows(moved, ["position"])
    update_rows(others, {name.removesuffix("_id") for line in others for name in changed[line]})
