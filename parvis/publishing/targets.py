"""What a moderator decides on, whatever its kind; what anyone may report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parvis.core.access import rule
from parvis.people.models import User
from parvis.publishing.models import EditionLine, Flag
from parvis.publishing.registry import Moderated, Moderation, PublishedKind, Readable, kind_named, moderation_of


@dataclass(frozen=True, slots=True)
class Target:
    """Something published that the moderator who asked for it may hide, show again, and erase where its kind allows."""

    kind: PublishedKind
    row: Any
    moderation: Moderation[Any]

    def describe(self) -> Moderated:
        return self.moderation.describe(self.row)

    def hide(self, actor: User, reason: str) -> None:
        self.moderation.hide(actor, self.row, reason)

    def restore(self, actor: User) -> None:
        self.moderation.restore(actor, self.row)

    def erase(self, actor: User) -> None:
        """Only where `erasable`."""
        assert self.moderation.erase is not None
        self.moderation.erase(actor, self.row)

    @property
    def erasable(self) -> bool:
        return self.moderation.erase is not None


@rule
def moderated_target(actor: User, kind: str, code: str) -> Target | None:
    """The thing named, if it exists and `actor` moderates it."""
    moderation = moderation_of(kind)
    row = moderation.moderated(actor, code) if moderation is not None else None
    if moderation is None or row is None:
        return None
    return Target(kind_named(kind), row, moderation)


@rule
def readable_target(kind: str, code: str) -> Readable | None:
    """The thing named, if anyone may read it: nothing else can be reported."""
    moderation = moderation_of(kind)
    return moderation.readable(code) if moderation is not None else None


def flags_on(kind: str, described: Moderated) -> list[Flag]:
    """Every flag made on the same thing, the latest first."""
    same = Flag.objects.filter(target_kind=kind, target_code=described.code, consultation=described.consultation)
    return list(same.order_by("-created_at", "-id"))


def around(line: EditionLine) -> tuple[str, str]:
    """The texts just above and below a line in its edition."""
    near = EditionLine.objects.filter(edition=line.edition_id, position__in=(line.position - 1, line.position + 1))
    texts = {neighbour.position: (neighbour.content or {}).get("text", "") for neighbour in near.order_by("position")}
    return texts.get(line.position - 1, ""), texts.get(line.position + 1, "")
