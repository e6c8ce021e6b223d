"""A draft becomes an edition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User
from parvis.publishing.content import Content
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Draft, Edition, EditionLine
from parvis.publishing.operations.freeze_edition import freeze_edition
from parvis.publishing.operations.move_draft import lock_draft, move_draft
from parvis.publishing.operations.withhold_lines import hide_in_editions
from parvis.publishing.registry import preparation_of
from parvis.publishing.validation import edition_in_preparation, next_step
from parvis.publishing.validation_record import validation_record

D = TypeVar("D", bound=Draft)


def publish_draft(
    actor: User,
    draft: D,
    *,
    note: str = "",
    before: Callable[[User, D], None] = lambda actor, locked: None,
    after: Callable[[User, D, Edition], None] = lambda actor, locked, edition: None,
) -> Edition:
    """Publish what every step let through. A correction must say what changed in `note`.

    The content is built before the transaction, so that a long building stops no writer; inside, it is built again only
    if the rows it was built from moved. `before` and `after` are the app's own writes, in the same transaction.
    """
    standing = type(draft)._default_manager.select_related("consultation").get(pk=draft.pk)
    check_publishable(standing, note)
    preparation = preparation_of(standing)
    source = preparation.read(standing)
    content = preparation.build(source)
    with transaction.atomic():
        locked = lock_draft(draft)
        check_publishable(locked, note)
        before(actor, locked)
        source_now = preparation.read(locked)
        if source_now != source:
            content = preparation.build(source_now)
        edition = _freeze(actor, locked, content, note)
        after(actor, locked, edition)
    draft.state = locked.state
    return edition


def check_publishable(draft: Draft, note: str) -> None:
    """Refuse a draft that a step still holds, that is not finished, or a correction that does not say what changed."""
    preparation, correction = preparation_of(draft), edition_in_preparation(draft) > 1
    if correction and preparation.once:
        raise ForbiddenMove("C'est déjà publié, et ne l'est qu'une fois.")
    if draft.state != PublishingState.READY or next_step(draft) is not None:
        raise ForbiddenMove("Toutes les étapes de validation ne sont pas passées : il est trop tôt pour publier.")
    if correction and not note.strip():
        raise RefusedInput("C'est une correction : dites en une phrase ce qui a changé, les lecteurs le verront.")
    preparation.check(draft)


def _freeze(actor: User, locked: Draft, content: Content, note: str) -> Edition:
    """What moderation hid in former editions stays hidden. A line that was forgotten because it held another's words is
    said again as it stands. The header tells readers how the edition was validated."""
    former = EditionLine.objects.filter(edition__subject=locked.subject, salt__isnull=False).exclude(hidden_at=None)
    hidden = set(former.values_list("reference", flat=True))
    told = Content(content.header | {"validation": validation_record(locked)}, content.lines)
    edition = freeze_edition(actor, locked.consultation, locked.subject, told, note.strip())
    for reference in sorted(hidden & {line.reference for line in content.lines}):
        hide_in_editions(reference)
    move_draft(actor, locked, PublishingState.PUBLISHED)
    return edition
