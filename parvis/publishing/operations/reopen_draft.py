"""Back to draft, to correct."""

from __future__ import annotations

from django.db import transaction

from parvis.core.errors import ForbiddenMove
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Draft
from parvis.publishing.operations.move_draft import lock_draft, move_draft
from parvis.publishing.registry import preparation_of
from parvis.publishing.validation import steps_passed


@transaction.atomic
def reopen_draft(actor: User, draft: Draft) -> None:
    """Take a draft out of validation, or begin a correction. Steps passed for this edition must be passed again, even
    those that its consultation took out meanwhile."""
    locked = lock_draft(draft)
    if locked.state == PublishingState.PUBLISHED and preparation_of(locked).once:
        raise ForbiddenMove("C'est publié une fois pour toutes : aucune correction n'est possible.")
    move_draft(actor, locked, PublishingState.DRAFT)
    steps_passed(locked).delete()
    draft.state = locked.state
