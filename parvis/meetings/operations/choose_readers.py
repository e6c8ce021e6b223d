"""Who may read a meeting whose report speaks of security or of someone: asked before anything of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parvis.consultations.enums import Audience
from parvis.consultations.operations.themes import names_security
from parvis.consultations.operations.update_consultation import RESERVED
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Meeting, MinutesLine
from parvis.people.models import User
from parvis.reading.sensitive import concerns_someone

_QUOTED: Final = 90
_MOST_QUOTED: Final = 3
_ORDER: Final = tuple(Audience)


class ReadersToChoose(RefusedInput):
    """Nothing was kept: the agent is first to say who may read. `passages` are what raised the question."""

    def __init__(self, passages: Sequence[str]) -> None:
        super().__init__("Dites d'abord qui pourra lire ce compte-rendu.")
        self.passages = tuple(passages)


def is_open(meeting: Meeting) -> bool:
    """Whether people outside the project team read the meeting: the question is worth asking."""
    return meeting.audience not in RESERVED


def readers_to_offer(meeting: Meeting) -> tuple[Audience, ...]:
    """From the closest to what the meeting is now: a report never opens it wider."""
    return tuple(reversed(_ORDER[_ORDER.index(Audience(meeting.audience)) :]))


def sensitive_passages(lines: Sequence[MinutesLine]) -> list[str]:
    """The first words of the contributions on security, or that concern someone; a few of them."""
    found = [
        line.text[:_QUOTED] + ("…" if len(line.text) > _QUOTED else "")
        for line in lines
        if line.place == LinePlace.ITEM and _is_sensitive(line)
    ]
    return found[:_MOST_QUOTED]


def _is_sensitive(line: MinutesLine) -> bool:
    theme = line.theme.name if line.theme is not None else ""
    return names_security(f"{theme} {line.heading}") or any(map(concerns_someone, (line.text, *line.details)))


def choose_readers(actor: User | None, meeting: Meeting, audience: Audience) -> None:
    """Keep a meeting for `audience`, or for fewer when someone closed it more since. Called inside a transaction."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    closest = max(Audience(locked.audience), audience, key=_ORDER.index)
    meeting.audience = closest
    if locked.audience == closest:
        return
    locked.audience = closest
    locked.save(update_fields=["audience", "updated_at"])
    journal.record(actor, "choose_readers", locked, audience=closest)
