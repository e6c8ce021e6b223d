"""Those who were there check the draft: nobody else reads it, nobody reads another's name."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Contribution, Participant
from parvis.consultations.operations.devices import add_device
from parvis.core import clock
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.gathering.reports.checked_draft import checked_draft
from parvis.gathering.room.minutes import workshop_introduction
from parvis.meetings.models import Attendance, LineComment, Minutes, MinutesCheck
from parvis.meetings.operations.checking import answer_comment, comment_line, end_checking, send_for_checking
from parvis.meetings.operations.moderate_meeting import hide_meeting
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.review import edit_line
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.meetings.rules import readable_checks
from parvis.people.models import Contact
from parvis.publishing.operations.hide_consultation import hide_consultation
from parvis.publishing.operations.hide_contribution import hide_contribution, restore_contribution
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.validation import next_step
from tests.meetings.room.scene import Room, make_room
from tests.meetings.scene import items

pytestmark = pytest.mark.django_db


def sent(room: Room) -> tuple[Minutes, MinutesCheck]:
    room.note(room.secretary, "Le bus")
    room.note(room.phone, "Le car")
    Attendance.objects.create(
        meeting=room.scene.meeting, contact=room.invited.contact, presence="present", updated_at=clock.now()
    )
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    submit_draft(room.scene.alice, minutes)
    return minutes, send_for_checking(room.scene.alice, minutes, clock.today() + datetime.timedelta(days=3))


def reads(participant: Participant) -> bool:
    return MinutesCheck.objects.filter(readable_checks(participant)).exists()


def test_those_present_read_the_draft_and_nobody_else(
    mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    room = make_room()
    with django_capture_on_commit_callbacks(execute=True):
        sent(room)
    from parvis.core.mailing.sender import send_all_due

    send_all_due()
    stranger = Participant.objects.create(consultation=room.scene.consultation)
    readers = [room.phone, room.secretary, room.invited, stranger]
    assert [reads(each) for each in readers] == [True, True, True, False]
    assert [letter.to for letter in mail.outbox] == [["quelquun@organisme.example"]]
    assert "/partenaires/invitation/" in mail.outbox[0].body
    assert f"?relecture={MinutesCheck.objects.get().code}" in mail.outbox[0].body


def test_who_registered_reads_it_only_where_nobody_marked_who_came() -> None:
    room = make_room()
    sent(room)
    Attendance.objects.update(presence="registered")
    assert reads(room.invited)
    assert room.invited.organisation is not None
    colleague = Contact.objects.create(organisation=room.invited.organisation, name="Une autre")
    Attendance.objects.create(meeting=room.scene.meeting, contact=colleague, presence="present", updated_at=clock.now())
    assert (reads(room.invited), reads(room.phone)) == (False, True)


@pytest.mark.parametrize("hide", [hide_meeting, hide_consultation])
def test_a_hidden_meeting_is_checked_by_nobody(hide: Any) -> None:
    room = make_room()
    sent(room)
    hide(room.scene.chloe, room.scene.meeting if hide is hide_meeting else room.scene.consultation, reason="personal")
    assert [reads(each) for each in (room.phone, room.secretary, room.invited)] == [False] * 3


def test_comment_is_read_by_its_author_and_by_those_who_write_names_by_the_team_only() -> None:
    room = make_room()
    minutes, check = sent(room)
    line = items(minutes)[0].code
    comment_line(room.invited, check, line, "C'était la ligne 3.")
    comment_line(room.phone, check, "", "Merci.")
    assert [said.text for said in checked_draft(check, room.phone).general] == ["Merci."]
    assert checked_draft(check, room.phone).waiting == 1
    every = checked_draft(check, None, with_names=True)
    found = [(said.text, said.who) for each in every.lines for said in each.comments]
    assert found == [("C'était la ligne 3.", "Une personne, CAF")]
    assert [said.who for each in checked_draft(check, None).lines for said in each.comments] == [""]


def test_changes_since_it_was_sent_are_shown() -> None:
    room = make_room()
    minutes, check = sent(room)
    line = items(minutes)[0]
    edit_line(room.scene.alice, minutes, line.code, text="Le bus du soir", details=[])
    shown = next(each for each in checked_draft(check, room.phone).lines if each.code == line.code)
    assert (shown.change, [(piece.change, piece.words) for piece in shown.pieces]) == (
        "changed", [("same", "Le bus"), ("added", "du soir")],
    )  # fmt: skip
    items(minutes)[1].delete()
    assert [each.change for each in checked_draft(check, room.phone).lines if each.kind] == ["changed", "removed"]


def test_step_waits_for_the_deadline_and_for_an_answer_to_each_comment() -> None:
    room = make_room()
    minutes, check = sent(room)
    comment_line(room.phone, check, "", "Il manque l'essentiel.")
    with pytest.raises(RefusedInput, match="ont jusqu'au"):
        pass_step(room.scene.alice, minutes, StepKind.PARTICIPANTS)
    end_checking(room.scene.alice, minutes)
    with pytest.raises(RefusedInput, match="1 remarque de participants sans suite"):
        pass_step(room.scene.alice, minutes, StepKind.PARTICIPANTS)
    answer_comment(room.scene.alice, LineComment.objects.get(), "Ajouté.")
    pass_step(room.scene.alice, minutes, StepKind.PARTICIPANTS)
    assert next_step(minutes) == StepKind.PROJECT_TEAM


def test_after_the_deadline_a_comment_is_refused() -> None:
    room = make_room()
    _, check = sent(room)
    end_checking(room.scene.alice, check.minutes)
    with pytest.raises(ForbiddenMove):
        comment_line(room.phone, check, "", "Trop tard.")


@pytest.mark.parametrize("text", ["", "   ", "a" * 2_001])
def test_faulty_comment_is_refused(text: str) -> None:
    room = make_room()
    _, check = sent(room)
    with pytest.raises(RefusedInput):
        comment_line(room.phone, check, "", text)


def test_pages_of_a_phone_and_of_a_partner(client: Client) -> None:
    room = make_room()
    client.post("/atelier/", {"code": room.board.room})
    _, check = sent(room)
    address = f"/atelier/{room.board.room}/compte-rendu/"
    assert client.get(address).status_code == 200
    refused = client.post(address, {"line": "", "text": " "})
    assert (refused.status_code, refused.context["typed"]) == (422, " ")
    assert client.post(address, {"line": "", "text": "Bien."})["Location"] == address
    assert client.post(address, {"withdraw": LineComment.objects.get().code})["Location"] == address
    assert LineComment.objects.count() == 0

    partner = Client()
    session = partner.session
    session["participant_key"] = add_device(room.invited)
    session.save()
    assert partner.get("/partenaires/").context["checks"].get() == check
    page = partner.get(f"/partenaires/relectures/{check.code}/")
    assert page.status_code == 200
    stranger = Participant.objects.create(consultation=room.scene.consultation)
    session["participant_key"] = add_device(stranger)
    session.save()
    assert partner.get(f"/partenaires/relectures/{check.code}/").status_code == 404


def test_desk_sends_answers_and_ends(client: Client) -> None:
    room = make_room()
    room.note(room.phone, "Le car")
    minutes = close_workshop(room.scene.bob, room.board, lambda _: ())
    submit_draft(room.scene.alice, minutes)
    client.force_login(room.scene.alice)
    address = f"/gestion/comptes-rendus/{minutes.code}/participants/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"until": "2020-01-01"}).status_code == 422
    day = clock.today() + datetime.timedelta(days=2)
    assert client.post(address, {"until": day.isoformat()})["Location"] == address
    comment = comment_line(room.phone, MinutesCheck.objects.get(), items(minutes)[0].code, "Plutôt le bus.")
    refused = client.post(f"{address}{comment.code}/", {"answer": ""})
    assert (refused.status_code, refused.context["answering"]) == (422, comment.code)
    assert client.post(f"{address}{comment.code}/", {"answer": "Corrigé."})["Location"] == address
    assert client.post(f"{address}terminer/")["Location"] == address
    assert client.get(address).context["draft"].waiting == 0


def test_what_moderation_hides_while_it_is_checked_is_no_longer_read() -> None:
    """Nor as a line that went: the words stand in what was sent. Shown again, they are as they were."""
    room = make_room()
    room.note(room.phone, "Le bus")
    room.note(room.phone, "Le car")
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    room.scene.ready(minutes)
    publish_minutes(room.scene.alice, minutes)
    reopen_draft(room.scene.alice, minutes)
    submit_draft(room.scene.alice, minutes)
    check = send_for_checking(room.scene.alice, minutes, clock.today())

    def read() -> list[str]:
        lines = checked_draft(MinutesCheck.objects.get(), room.phone).lines
        return [piece.words for each in lines for piece in each.pieces if each.kind]

    bus = Contribution.objects.get(text="Le bus")
    hide_contribution(room.scene.chloe, bus, reason="personal")
    assert (read(), "Le bus" in str(check.shown)) == (["Le car"], True)
    bus.refresh_from_db()
    restore_contribution(room.scene.chloe, bus)
    assert read() == ["Le bus", "Le car"]


def test_a_remark_with_a_nul_is_refused_and_given_back(client: Client) -> None:
    room = make_room()
    client.post("/atelier/", {"code": room.board.room})
    sent(room)
    address = f"/atelier/{room.board.room}/compte-rendu/"
    for posted in ({"text": "a\x00b"}, {"text": "Bien", "line": "\x00"}, {"withdraw": "\x00"}):
        assert client.post(address, posted).status_code == 422
    assert LineComment.objects.count() == 0


@pytest.mark.parametrize("end", ["deadline", "published"])
def test_what_was_typed_comes_back_when_the_reading_ended_meanwhile(end: str, client: Client) -> None:
    room = make_room()
    client.post("/atelier/", {"code": room.board.room})
    partner = Client()
    session = partner.session
    session["participant_key"] = add_device(room.invited)
    session.save()
    minutes, check = sent(room)
    end_checking(room.scene.alice, minutes)
    if end == "published":
        for step in room.scene.consultation.steps.order_by("position"):
            pass_step(room.scene.alice, minutes, StepKind(step.kind))
        publish_minutes(room.scene.alice, minutes)
    addresses = {client: f"/atelier/{room.board.room}/compte-rendu/", partner: f"/partenaires/relectures/{check.code}/"}
    for reader, address in addresses.items():
        answer = reader.post(address, {"line": "", "text": "Une longue remarque"})
        assert answer.status_code == 422
        assert ">Une longue remarque</textarea>" in answer.content.decode()
        assert reader.get(address).status_code == (404 if end == "published" else 200)
    assert LineComment.objects.count() == 0
