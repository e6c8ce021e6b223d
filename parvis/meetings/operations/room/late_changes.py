"""A correction or a withdrawal accepted after the closing reaches the draft already written."""

from __future__ import annotations

import uuid
from typing import Any, Final

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Board, Minutes, MinutesLine
from parvis.meetings.operations.room.drafting import BEING_WRITTEN
from parvis.meetings.operations.working_text import record_change
from parvis.people.models import User

CHANGED: Final = "corrigée après la fermeture de l'atelier"
TAKEN_BACK: Final = "retirée après la fermeture de l'atelier"
_FIELDS: Final = ("text", "kind", "theme_id")


def note_before(board: Board, of: object) -> Contribution | None:
    """A note as it stands before something late is accepted of it."""
    try:
        reference = uuid.UUID(str(of))
    except ValueError:
        return None
    return Contribution.objects.filter(note__board=board, note__reference=reference).first()


def follow_late_change(actor: User, board: Board, before: Contribution) -> MinutesLine | None:
    """Put in the draft what the note now says differently, to be looked at again; None when there is nothing to put.

    What did not move stays as the agents wrote it. Within the transaction of who accepts; « Annuler » takes it back.
    """
    after = Contribution.objects.get(pk=before.pk)
    moved = [name for name in _FIELDS if getattr(before, name) != getattr(after, name)]
    gone = after.state == ContributionState.WITHDRAWN != before.state
    minutes = Minutes.objects.select_for_update().filter(meetings=board.meeting, state__in=BEING_WRITTEN).first()
    line = minutes.lines.filter(contribution=after).first() if minutes is not None and (moved or gone) else None
    if minutes is None or line is None:
        return None
    changes: dict[str, Any] = {name: getattr(after, name) for name in moved}
    changes |= {"place": LinePlace.ASIDE, "doubt": TAKEN_BACK} if gone else {"doubt": CHANGED}
    changes["checked"] = False
    was = {name: getattr(line, name) for name in changes}
    for name, value in changes.items():
        setattr(line, name, value)
    line.save(update_fields=list(changes))
    record_change(actor, minutes, "follow_late_change", "Une note corrigée ou retirée en retard", {line.code: was})
    return line
