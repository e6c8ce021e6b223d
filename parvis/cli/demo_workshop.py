"""The next workshop of the demonstration: prepared, its partners registered, ready to be rehearsed or held."""

from __future__ import annotations

from parvis.consultations.models import Consultation, Participant
from parvis.core import clock
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting
from parvis.meetings.operations.registering import answer_meeting
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.rules import discussable_sheets
from parvis.people.models import User
from parvis.sheets.models import ActionSheet

_COMES_TWO_IN, _DECLINES_ONE_IN = 2, 5


def prepare_next_workshop(facilitator: User, consultation: Consultation) -> None:
    """The full agenda, the sheets of its themes, four tables; half of those who came in have answered."""
    coming = Meeting.objects.filter(consultation=consultation, kind=MeetingKind.WORKSHOP, starts_at__gt=clock.now())
    meeting = coming.order_by("starts_at")[0]
    sheets = ActionSheet.objects.filter(
        discussable_sheets(facilitator, meeting), themes__in=meeting.themes.order_by().values("pk")
    )
    plan = BoardPlan(steps=AGENDAS[DEFAULT_AGENDA], sheets=list(sheets.order_by("number").distinct()))
    prepare_board(facilitator, meeting, plan)
    people = Participant.objects.filter(consultation=consultation).exclude(contact=None).order_by("pk")
    for rank, participant in enumerate(people):
        if rank % _COMES_TWO_IN == 0:
            answer_meeting(participant, meeting, coming=True)
        elif rank % _DECLINES_ONE_IN == 0:
            answer_meeting(participant, meeting, coming=False)
