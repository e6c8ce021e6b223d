"""What moderation decides on a flag: hide, or leave; always an answer."""

from __future__ import annotations

from django.db import transaction

from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User
from parvis.publishing.enums import FlagState
from parvis.publishing.models import Flag
from parvis.publishing.targets import Target


@transaction.atomic
def decide_flag(actor: User, flag: Flag, target: Target | None, *, hide: bool, answer: str) -> None:
    """Answer `flag`; with `hide`, also take `target` off every page. Either both happen, or nothing.

    `target` is None when what was flagged is gone: it can only be answered. Whoever made the flag can read the answer
    with its number.
    """
    if not answer.strip():
        raise RefusedInput("La réponse est vide : dites en une phrase ce que vous avez décidé, et pourquoi.")
    if hide and target is None:
        raise RefusedInput("Le contenu signalé n'existe plus : répondez sans le masquer.")
    if hide and target is not None and not target.describe().hidden:
        target.hide(actor, flag.reason)
    state = FlagState.UPHELD if hide else FlagState.DISMISSED
    moved = Flag.objects.filter(pk=flag.pk, state=FlagState.OPEN).update(
        state=state, answer=answer.strip(), handled_at=clock.now(), handled_by=actor
    )
    if not moved:
        raise ForbiddenMove("Ce signalement est déjà traité.")
    journal.record(actor, "answer_flag", flag, state=state)
