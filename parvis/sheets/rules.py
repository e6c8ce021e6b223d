"""Who may read a sheet, write it, see its results.

A partner reads what is shown to partners, embargo or not: an embargo holds back the public. What is restricted is for
the organisations of the restricted group. A sheet one of whose themes is closed to someone is closed to her.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from django.db.models import Exists, OuterRef, Q

from parvis.consultations.enums import Audience
from parvis.consultations.models import Participant, Theme
from parvis.consultations.rules import (
    editable_consultations,
    open_to_partners,
    published_to_anyone,
    readable_consultations,
    reads_restricted,
)
from parvis.core.access import rule
from parvis.people.actor import Actor
from parvis.sheets.enums import SheetState

Reader: TypeAlias = Actor | Participant
"""An agent, a participant, or anyone (None)."""


NOT_HIDDEN: Final = Q(sheet__hidden_at=None)
"""What was said of a sheet that counts: one hidden, as the duplicate of another, is counted nowhere."""


@rule
def readable_sheets(reader: Reader) -> Q:
    """The sheets a reader may open. Agents also read drafts; `restricted` and `team` ones are for the project team."""
    if isinstance(reader, Participant):
        return Q(consultation=reader.consultation_id) & shown_to_partners(reads_restricted(reader))
    if reader is None:
        return (
            Q(state=SheetState.READY)
            & published_to_anyone()
            & readable_consultations(None, "consultation__")
            & _themes_within((Audience.PUBLIC,))
        )
    mine = Q(consultation__in=reader.memberships.order_by().values("consultation_id"))
    open_to_agents = (Audience.PUBLIC, Audience.PARTNERS)
    return readable_consultations(reader, "consultation__") & (
        mine | (Q(audience__in=open_to_agents) & _themes_within(open_to_agents))
    )


@rule
def editable_sheets(reader: Reader) -> Q:
    """Those who prepare the consultation write its sheets, among those they may read."""
    if reader is None or isinstance(reader, Participant):
        return Q(pk__in=[])
    return readable_sheets(reader) & editable_consultations(reader, "consultation__")


@rule
def editable_waiting_sheets(reader: Reader) -> Q:
    """What was read in Word files waits for those who prepare the consultation."""
    if reader is None or isinstance(reader, Participant):
        return Q(pk__in=[])
    return editable_consultations(reader, "source__consultation__")


def shown_to_partners(restricted: bool) -> Q:
    """What partners of a consultation are shown, those of its restricted group or the others."""
    audiences = (Audience.PUBLIC, Audience.PARTNERS, *((Audience.RESTRICTED,) if restricted else ()))
    ready = Q(state=SheetState.READY, hidden_at=None, audience__in=audiences)
    return open_to_partners("consultation__") & ready & _themes_within(audiences)


def _themes_within(audiences: tuple[Audience, ...]) -> Q:
    closed = Theme.objects.filter(sheets=OuterRef("pk")).exclude(audience__in=audiences).order_by()
    return ~Q(Exists(closed))
