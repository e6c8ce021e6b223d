"""Whoever is erased leaves no word of hers in what a room made: doubles, drafts, checks, editions, late sendings."""

from __future__ import annotations

import pytest

from parvis.consultations.models import Contribution
from parvis.core import clock
from parvis.gathering.public.meeting_filters import Filters, filtered_meetings
from parvis.gathering.recount.verification import verify
from parvis.gathering.room.minutes import workshop_introduction
from parvis.meetings.models import Attendance, MinutesCheck
from parvis.meetings.operations.checking import comment_line, send_for_checking
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.review import join_lines
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.people.operations.erase_person import erase_contact
from parvis.publishing.digests import verify_edition
from parvis.publishing.models import Edition
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from tests.erased import places_of
from tests.meetings.room.scene import Room, make_room
from tests.meetings.scene import items

pytestmark = pytest.mark.django_db
SECRET, DOUBLE = "zebulon", "zebuline"
"""What she says; what only her double of another note says."""


def told(room: Room) -> None:
    """The invited partner writes, corrects, is someone's double, comments; another thing of hers comes late."""
    room.note(room.secretary, "Le bus")
    stands = room.note(room.secretary, "Le car du soir")
    room.note(room.invited, f"Le car de {SECRET}")
    double = room.note(room.invited, f"Le car du soir de {SECRET}")
    room.do(room.invited, "edit", of=double, text=f"Le car du soir, dit {DOUBLE} {SECRET}")
    room.do(room.secretary, "duplicate", note=double, of=stands)
    room.do(room.invited, "edit", of="00000000-0000-4000-8000-000000000001", text=f"Jamais venue, {SECRET}")
    Attendance.objects.create(
        meeting=room.scene.meeting, contact=room.invited.contact, presence="present", updated_at=clock.now()
    )


def test_erased_while_the_draft_is_checked() -> None:
    room = make_room()
    told(room)
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    submit_draft(room.scene.alice, minutes)
    check = send_for_checking(room.scene.alice, minutes, clock.today())
    comment_line(room.invited, check, "", f"Il manque {SECRET}")
    room.send(room.invited, room.note_op(f"Trop tard, {SECRET}"))
    assert "meetings_minutescheck.shown" in places_of(SECRET)
    assert room.invited.contact is not None
    erase_contact(None, room.invited.contact)
    assert places_of(SECRET) == []
    assert "Le car du soir" in str(MinutesCheck.objects.get().shown)
    assert verify().problems == []


@pytest.mark.parametrize("alone", [True, False])
def test_erased_once_published(alone: bool) -> None:
    """`alone`: the double only, by moderation; else the person, with all she wrote."""
    room = make_room()
    told(room)
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    room.scene.ready(minutes)
    publish_minutes(room.scene.alice, minutes)
    reopen_draft(room.scene.alice, minutes)
    assert {"publishing_editionline.content", "consultations_contribution.search_key"} <= {*places_of(DOUBLE)}
    assert filtered_meetings(Filters(text=DOUBLE)).count() == 1
    if alone:
        erase_contribution(room.scene.chloe, Contribution.objects.get(text=f"Le car du soir, dit {DOUBLE} {SECRET}"))
        assert places_of(DOUBLE) == []
    else:
        assert room.invited.contact is not None
        erase_contact(None, room.invited.contact)
        assert places_of(SECRET) == []
    assert filtered_meetings(Filters(text=DOUBLE)).count() == 0
    edition = Edition.objects.get()
    assert verify_edition(edition) == []
    assert verify().problems == []
    room.scene.ready(minutes)
    again = publish_minutes(room.scene.alice, minutes, note="Sans ce qui a été effacé")
    stands = Contribution.objects.get(text="Le car du soir")
    said = again.lines.get(reference=stands.journal_name)
    assert (said.hidden_at, said.content["text"], said.content["details"]) == (None, "Le car du soir", [])


def test_erased_after_an_agent_joined_her_words_to_another_note() -> None:
    room = make_room()
    room.note(room.secretary, "Le bus part trop tôt")
    room.note(room.invited, f"Le dernier est à 20 h, dit {SECRET}")
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    first, second = items(minutes)
    join_lines(room.scene.alice, minutes, [first.code, second.code])
    room.scene.ready(minutes)
    edition = publish_minutes(room.scene.alice, minutes)
    assert "publishing_editionline.content" in places_of(SECRET)
    assert room.invited.contact is not None
    erase_contact(None, room.invited.contact)
    assert places_of(SECRET) == []
    assert (verify_edition(edition), verify().problems) == ([], [])
    reopen_draft(room.scene.alice, minutes)
    stands = items(minutes)[0]
    assert (stands.text, bool(stands.doubt)) == ("Le bus part trop tôt", True)
    room.scene.ready(minutes)
    again = publish_minutes(room.scene.alice, minutes, note="Sans ce qui a été effacé")
    said = [line.content["text"] for line in again.lines.filter(hidden_at=None) if line.role == "item"]
    assert said == ["Le bus part trop tôt"]


def test_what_stands_keeps_the_words_that_are_its_own() -> None:
    """The joined note said a part of the other: only what it added goes."""
    room = make_room()
    room.note(room.secretary, "Le bus part trop tôt")
    room.note(room.invited, "Le bus")
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    join_lines(room.scene.alice, minutes, [line.code for line in items(minutes)])
    room.scene.ready(minutes)
    publish_minutes(room.scene.alice, minutes)
    assert room.invited.contact is not None
    erase_contact(None, room.invited.contact)
    assert items(minutes)[0].text == "Le bus part trop tôt"
