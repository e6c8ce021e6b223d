"""A draft becomes an edition."""

from __future__ import annotations

from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User
from parvis.publishing.content import Content
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Draft, Edition, EditionLine
from parvis.publishing.operations.freeze_edition import freeze_edition
from parvis.publishing.operations.move_draft import move_draft
from parvis.publishing.operations.withhold_lines import hide_in_editions
from parvis.publishing.validation import edition_in_preparation, next_step


def check_publishable(locked: Draft, note: str) -> None:
    """Refuse a locked draft that a step still holds, and a correction that does not say what changed."""
    if locked.state != PublishingState.READY or next_step(locked) is not None:
        raise ForbiddenMove("Toutes les étapes de validation ne sont pas passées : il est trop tôt pour publier.")
    if edition_in_preparation(locked) > 1 and not note.strip():
        raise RefusedInput("C'est une correction : dites en une phrase ce qui a changé, les lecteurs le verront.")


def publish_draft(actor: User, locked: Draft, content: Content, note: str) -> Edition:
    """Freeze the next edition of a locked draft, inside the transaction of the app that publishes.

    What moderation hid in former editions stays hidden. A line that was forgotten because it held another's words is
    said again as it stands.
    """
    check_publishable(locked, note)
    former = EditionLine.objects.filter(edition__subject=locked.subject, salt__isnull=False).exclude(hidden_at=None)
    hidden = set(former.values_list("reference", flat=True))
    edition = freeze_edition(actor, locked.consultation, locked.subject, content, note.strip())
    for reference in sorted(hidden & {line.reference for line in content.lines}):
        hide_in_editions(reference)
    move_draft(actor, locked, PublishingState.PUBLISHED)
    return edition
