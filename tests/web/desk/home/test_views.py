"""The first page: what waits for the agent."""

from __future__ import annotations

import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.models import Consultation
from parvis.core import clock
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.publishing.enums import FlagReason, PublishingState
from parvis.publishing.operations.flag_content import flag_content
from parvis.publishing.registry import Readable
from tests.places import Places, make_agent
from tests.web.desk.conftest import signed_in

HOME = "/gestion/"


def test_home_without_a_role_says_whom_to_ask(places: Places) -> None:
    page = signed_in(make_agent(None)).get(HOME).content.decode()
    assert "pas encore de rôle" in page


def test_home_leads_through_the_first_steps(desk: Client, admin: User, places: Places) -> None:
    first = desk.get(HOME).context["content"].first_steps
    assert (first.territories, first.consultation, first.meeting, first.report) == (True, False, False, False)


def _minutes(meeting: Meeting, state: PublishingState) -> Minutes:
    made = Minutes.objects.create(consultation=meeting.consultation, title=f"Compte-rendu {state}", state=state)
    made.meetings.add(meeting)
    return made


def test_home_tells_what_waits_for_whom(admin: User, consultation: Consultation, places: Places) -> None:
    soon = clock.now() + datetime.timedelta(days=2)
    meeting = create_meeting(admin, consultation, MeetingDetails("Atelier", soon, places.lune))
    for state in (PublishingState.DRAFT, PublishingState.VALIDATION, PublishingState.READY, PublishingState.PUBLISHED):
        _minutes(meeting, state)
    flag_content("meeting", Readable(consultation, meeting.code, "", ""), reason=FlagReason.OTHER, comment="")

    def waiting(role: RoleKind) -> tuple[list[tuple[str, bool]], int]:
        content = signed_in(make_agent(places.lune, role)).get(HOME).context["content"]
        return sorted((row.gesture, row.mine) for row in content.minutes), content.open_flags

    step = "Étape « Relecture des participants »"
    assert waiting(RoleKind.COORDINATOR) == ([("À publier", True), ("À relire", True), (step, True)], 1)
    assert waiting(RoleKind.FACILITATOR) == ([("À publier", False), ("À relire", True), (step, True)], 0)
    assert waiting(RoleKind.READER) == ([("À publier", False), ("À relire", False), (step, False)], 0)
    assert waiting(RoleKind.MODERATOR)[1] == 1


def test_home_asks_as_much_for_one_as_for_fifteen_minutes(
    desk: Client, admin: User, consultation: Consultation, places: Places
) -> None:
    meeting = create_meeting(admin, consultation, MeetingDetails("Atelier", clock.now(), places.lune))
    _minutes(meeting, PublishingState.VALIDATION)
    with CaptureQueriesContext(connection) as few:
        desk.get(HOME)
    for _ in range(14):
        _minutes(meeting, PublishingState.VALIDATION)
    with CaptureQueriesContext(connection) as many:
        desk.get(HOME)
    assert len(many) == len(few)
