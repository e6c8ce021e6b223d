"""A draft sent to its first validation step."""

from __future__ import annotations

from django.db import transaction

from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Draft
from parvis.publishing.operations.move_draft import lock_draft, move_draft
from parvis.publishing.registry import preparation_of
from parvis.publishing.validation import keep_steps, next_step


@transaction.atomic
def submit_draft(actor: User, draft: Draft) -> None:
    """Send a draft to its first step, straight to `ready` when there is none. Raises what its kind refuses.

    The steps it is sent to hold it from then on, taken back to draft or not.
    """
    locked = lock_draft(draft)
    preparation_of(locked).check(locked)
    keep_steps(locked)
    move_draft(actor, locked, PublishingState.VALIDATION if next_step(locked) else PublishingState.READY)
    draft.state = locked.state
