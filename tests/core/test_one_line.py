from __future__ import annotations

import pytest

from parvis.meetings.models import Minutes
from parvis.sheets.models import ActionSheet
from tests.meetings.room.scene import make_room
from tests.meetings.scene import make_scene

pytestmark = pytest.mark.django_db
TWO_LINES = " Le bus\r\nBcc: tous\u2028du\tsoir "
ONE_LINE = "Le bus Bcc: tous du soir"


def test_a_title_holds_one_line_however_it_is_written() -> None:
    scene = make_scene()
    scene.meeting.title = TWO_LINES
    scene.meeting.save()
    assert scene.meeting.title == ONE_LINE
    sheet = ActionSheet.objects.create(consultation=scene.consultation, number=1, title=TWO_LINES)
    ActionSheet.objects.filter(pk=sheet.pk).update(title=TWO_LINES)
    Minutes.objects.bulk_create([Minutes(consultation=scene.consultation, title=TWO_LINES)])
    for row in (scene.meeting, sheet, Minutes.objects.get()):
        row.refresh_from_db()
        assert row.title == ONE_LINE


def test_a_family_named_by_a_device_holds_one_line() -> None:
    room = make_room()
    room.family(TWO_LINES)
    assert [family.title for family in room.state().families] == [ONE_LINE]
