"""Comments erased by a moderator: the words go, in what came late too; the value of the opinion stays."""

from __future__ import annotations

import datetime

import pytest

from parvis.consultations.enums import PhaseControl
from parvis.consultations.models import OutboxOp
from parvis.sheets.models import Opinion
from parvis.sheets.operations.moderate_comments import erase_comment
from tests.erased import places_of
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db


def test_erased_comment_leaves_no_word_in_what_came_late() -> None:
    world = make_sheets()
    someone = world.participant(world.caf)
    world.opine(someone, world.permis, "adapt", comment="zebulon")
    world.phase.control, world.phase.opens_on = PhaseControl.CLOSED, datetime.date(2026, 1, 1)
    world.phase.save()
    assert world.opine(someone, world.permis, "continue", comment="zebuline").status == "late"
    assert places_of("zebulon", "zebuline") == ["consultations_outboxop.content", "sheets_opinion.comment"]
    erase_comment(world.scene.chloe, Opinion.objects.get())
    assert places_of("zebulon", "zebuline") == []
    assert Opinion.objects.get().value == "adapt"
    late = OutboxOp.objects.exclude(content=None).get()
    assert late.content == {"sheet": world.permis.code, "value": "continue"}
