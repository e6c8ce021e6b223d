"""The states of a draft: what every operation on them shares."""

from __future__ import annotations

from typing import TypeVar

from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.people.models import User
from parvis.publishing.enums import ALLOWED_MOVES, PublishingState
from parvis.publishing.models import Draft

D = TypeVar("D", bound=Draft)


def lock_draft(draft: D) -> D:
    """The same row, locked until the end of the transaction, with its consultation: its steps cannot change either."""
    locked: D = type(draft)._default_manager.select_for_update().select_related("consultation").get(pk=draft.pk)
    return locked


def move_draft(actor: User, locked: Draft, target: PublishingState) -> None:
    """Change the state of a locked draft if the table of moves allows it, with its journal row."""
    before = PublishingState(locked.state)
    if target not in ALLOWED_MOVES[before]:
        raise ForbiddenMove(f"De l'état « {before.label} », on ne passe pas à « {target.label} » : rechargez la page.")
    locked.state = target
    locked.save()
    kind = locked.subject.partition(":")[0]
    journal.record(actor, f"move_{kind}", locked, before=before, after=target)
