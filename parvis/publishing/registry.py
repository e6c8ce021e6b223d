"""The kinds of things that are published. Each app describes its own in `AppConfig.ready()`, once.

A kind may be moderated (anyone may report it, moderators hide it, show it again, perhaps erase it), be published by
editions (frozen content, validation steps), or both. Nothing here knows what a meeting or a sheet is.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation
from parvis.people.models import User
from parvis.publishing.content import Content
from parvis.publishing.models import Draft

T = TypeVar("T")
D = TypeVar("D", bound=Draft)


@dataclass(frozen=True, slots=True)
class Readable:
    """Something that anyone may read. `code` names it in readers' reports (flags).

    `place` stands in the address of its page: the code or the slug of what holds it.
    """

    consultation: Consultation
    code: str
    place: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Moderated:
    """Something published, as a moderator reads it. `above`, `below`: the lines just before and after it in the last
    edition."""

    consultation: Consultation
    code: str
    place: str
    title: str
    paragraphs: tuple[str, ...]
    state: str
    hidden: bool
    erased: bool = False
    above: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Moderation(Generic[T]):
    """How a kind is found and moderated.

    `readable(code)` gives what anyone may read and therefore report, `moderated(actor, code)` what `actor` moderates:
    both fetch through a rule, None when it does not let them. The writes are operations, each its own transaction.
    """

    readable: Callable[[str], Readable | None]
    moderated: Callable[[User, str], T | None]
    describe: Callable[[T], Moderated]
    hide: Callable[[User, T, str], None]
    restore: Callable[[User, T], None]
    erase: Callable[[User, T], None] | None = None


@dataclass(frozen=True, slots=True)
class Preparation(Generic[D]):
    """How a draft becomes an edition.

    `read` gives the rows that its content is built from, as they stand, in something that compares equal as long as
    none moved; `build` makes the content from them alone, and may take long. `check` refuses (`RefusedInput`,
    `ForbiddenMove`) a draft that is not finished, `check_step` one that a step cannot let through yet. `changed_since`
    counts the lines that changed since a moment, for who passes the next step. `skipped_steps` make no sense
    for this kind. `once`: a single edition, never corrected.
    """

    read: Callable[[D], Any]
    build: Callable[[Any], Content]
    check: Callable[[D], None]
    check_step: Callable[[D, StepKind], None] = lambda draft, step: None
    changed_since: Callable[[D, datetime.datetime], int] = lambda draft, moment: 0
    skipped_steps: frozenset[StepKind] = frozenset()
    once: bool = False


@dataclass(frozen=True, slots=True)
class PublishedKind:
    """One kind. `name` never changes (flags and subjects keep it); `label` heads a list (« Rencontre »), `spoken` goes
    into a sentence (« la rencontre »)."""

    name: str
    label: str
    spoken: str
    moderation: Moderation[Any] | None = None
    preparation: Preparation[Any] | None = None


_kinds: dict[str, PublishedKind] = {}


def register(kind: PublishedKind) -> None:
    """Add a kind. A name is taken once."""
    if kind.name in _kinds:
        raise ValueError(f"the kind {kind.name} is registered twice")
    _kinds[kind.name] = kind


def kind_named(name: str) -> PublishedKind:
    """The kind of this name. Raises `KeyError` when no app registered it."""
    return _kinds[name]


def moderation_of(name: str) -> Moderation[Any] | None:
    """How the kind of this name is moderated, None when there is no such kind or it is not."""
    kind = _kinds.get(name)
    return kind.moderation if kind is not None else None


def preparation_of(draft: Draft) -> Preparation[Any]:
    """How the kind of this draft, the first part of its subject, becomes an edition. Raises `KeyError` if unknown."""
    preparation = _kinds[draft.subject.partition(":")[0]].preparation
    assert preparation is not None, f"{draft.subject} is not published by editions"
    return preparation


def kinds() -> tuple[PublishedKind, ...]:
    """All of them, in the order of the apps."""
    return tuple(_kinds.values())
