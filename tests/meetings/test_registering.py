"""Who comes: said by partners, noted by agents."""

from __future__ import annotations

import datetime

import pytest

from parvis.consultations.enums import Audience
from parvis.consultations.models import Participant, Partner
from parvis.core import clock
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.gathering.desk.registrations import gather_registrations
from parvis.gathering.partners.meetings import gather_partner_meetings
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance, Meeting
from parvis.meetings.operations.registering import (
    CANCELLED,
    NOT_HERS,
    NOT_NAMED,
    NOTED,
    STARTED,
    Newcomer,
    add_newcomer,
    answer_meeting,
    mark_presences,
)
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def workshop(world: Sheets, days: int = 9, **fields: object) -> Meeting:
    return world.scene.other_meeting(starts_at=clock.now() + datetime.timedelta(days=days), **fields)


def test_a_partner_says_yes_then_no_then_yes_in_one_row(world: Sheets) -> None:
    someone, meeting = world.participant(world.caf), workshop(world)
    for coming, said in ((True, "registered"), (False, "excused"), (True, "registered")):
        answer_meeting(someone, meeting, coming=coming)
        assert [row.presence for row in Attendance.objects.all()] == [said]
    assert gather_partner_meetings(someone).coming[0].comes is True


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"audience": Audience.RESTRICTED}, NOT_HERS),
        ({"audience": Audience.TEAM}, NOT_HERS),
        ({"hidden_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}, NOT_HERS),
        ({"cancelled_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}, CANCELLED),
        ({"starts_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}, STARTED),
    ],
)
def test_what_is_not_hers_or_is_over_is_refused(world: Sheets, fields: dict[str, object], refusal: str) -> None:
    someone = world.participant(world.caf)
    meeting = workshop(world)
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    meeting.refresh_from_db()
    with pytest.raises((RefusedInput, ForbiddenMove), match=refusal):
        answer_meeting(someone, meeting, coming=True)
    assert Attendance.objects.count() == 0


def test_a_restricted_workshop_opens_to_the_restricted_group(world: Sheets) -> None:
    meeting = workshop(world, audience=Audience.RESTRICTED)
    Partner.objects.filter(organisation=world.caf).update(reads_restricted=True)
    answer_meeting(world.participant(world.caf), meeting, coming=True)
    assert [row.organisation for row in gather_registrations(meeting).rows] == ["CAF"]
    assert gather_partner_meetings(world.participant(world.ddets)).coming == ()


def test_who_came_without_a_name_is_told_how_to_register(world: Sheets) -> None:
    unnamed = Participant.objects.create(consultation=world.consultation, organisation=world.caf)
    with pytest.raises(RefusedInput, match=NOT_NAMED):
        answer_meeting(unnamed, workshop(world), coming=True)


def test_what_was_noted_on_the_spot_is_not_undone_by_a_late_click(world: Sheets) -> None:
    someone, meeting = world.participant(world.caf), workshop(world)
    assert someone.contact is not None
    mark_presences(world.scene.bob, meeting, {someone.contact.code: Presence.PRESENT})
    with pytest.raises(ForbiddenMove, match=NOTED):
        answer_meeting(someone, meeting, coming=False)
    assert Attendance.objects.get().presence == "present"


def test_an_agent_notes_presences_of_partners_only(world: Sheets) -> None:
    someone, meeting = world.participant(world.caf), workshop(world, days=-1)
    elsewhere = Organisation.objects.create(
        territory=world.consultation.territory, name="Ailleurs", type=OrganisationType.OTHER
    )
    stranger = Contact.objects.create(organisation=elsewhere, name="Inconnue")
    assert someone.contact is not None
    presences = {someone.contact.code: Presence.ABSENT, stranger.code: Presence.PRESENT}
    with pytest.raises(RefusedInput, match="annuaire"):
        mark_presences(world.scene.bob, meeting, presences)
    assert Attendance.objects.count() == 0
    assert mark_presences(world.scene.bob, meeting, {someone.contact.code: Presence.ABSENT}) == 1


def test_a_newcomer_enters_the_directory_and_an_address_known_is_that_person(world: Sheets) -> None:
    meeting = workshop(world)
    first = add_newcomer(
        world.scene.bob, meeting, Newcomer(world.caf, "Nouvelle", "Conseillère", "n@caf.example"), Presence.REGISTERED
    )
    again = add_newcomer(
        world.scene.bob, meeting, Newcomer(world.caf, "La même", "", "N@CAF.example"), Presence.PRESENT
    )
    assert again == first
    assert (first.name, first.position, first.email) == ("Nouvelle", "Conseillère", "n@caf.example")
    assert Attendance.objects.get().presence == "present"
    with pytest.raises(RefusedInput, match="nom"):
        add_newcomer(world.scene.bob, meeting, Newcomer(world.caf, " "), Presence.PRESENT)


def test_figures_count_people_by_organisation(world: Sheets) -> None:
    meeting = workshop(world)
    for organisation, presence in (
        (world.caf, Presence.REGISTERED), (world.caf, Presence.PRESENT), (world.ddets, Presence.EXCUSED),
        (world.asso, Presence.PRESENT),
    ):  # fmt: skip
        contact = world.participant(organisation).contact
        assert contact is not None
        mark_presences(world.scene.bob, meeting, {contact.code: presence})
    table = gather_registrations(meeting)
    assert [(each.name, each.registered, each.present) for each in table.organisations] == [
        ("CAF", 2, 1), ("Les Vélos du Quartier", 1, 1),
    ]  # fmt: skip
    assert table.counts == {"invited": 0, "registered": 1, "excused": 1, "present": 2, "absent": 0}
