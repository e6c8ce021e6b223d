"""What a room may be prepared with."""

from __future__ import annotations

import pytest

from parvis.consultations.enums import Audience
from parvis.core.errors import RefusedInput
from parvis.meetings.models import Board
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.sheets.enums import SheetState
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sheet", "meeting", "taken"),
    [
        ({}, Audience.PUBLIC, True),
        ({"audience": Audience.PARTNERS}, Audience.PUBLIC, True),
        ({"audience": Audience.RESTRICTED}, Audience.PARTNERS, False),
        ({"audience": Audience.RESTRICTED}, Audience.RESTRICTED, True),
        ({"audience": Audience.TEAM}, Audience.RESTRICTED, False),
        ({"audience": Audience.TEAM}, Audience.TEAM, True),
        ({"state": SheetState.DRAFT}, Audience.TEAM, False),
    ],
)
def test_a_room_never_shows_a_sheet_to_more_people_than_may_read_it(
    sheet: dict[str, str], meeting: str, taken: bool
) -> None:
    world = make_sheets()
    world.scene.meeting.audience = meeting
    world.scene.meeting.save()
    plan = BoardPlan(steps=AGENDAS[DEFAULT_AGENDA], sheets=[world.sheet("Une action", **sheet)])
    if taken:
        assert prepare_board(world.scene.alice, world.scene.meeting, plan).board_sheets.count() == 1
    else:
        with pytest.raises(RefusedInput, match="réservée"):
            prepare_board(world.scene.alice, world.scene.meeting, plan)
        assert Board.objects.count() == 0
