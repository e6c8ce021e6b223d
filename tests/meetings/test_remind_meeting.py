"""One reminder a person, for all her workshops of the week; those who said nothing only if the agent wishes."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core import mail

from parvis.consultations.enums import Audience
from parvis.consultations.models import Participant, Partner
from parvis.consultations.operations.invitations import invite_contact, token_of
from parvis.consultations.operations.revoke_invitation import revoke_invitation
from parvis.core import clock
from parvis.core.errors import ForbiddenMove
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import OutgoingMail
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance, Meeting
from parvis.meetings.operations.registering import answer_meeting, mark_presences
from parvis.meetings.operations.remind_meeting import queue_reminders, resume_reminders
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def workshop(world: Sheets, days: int = 9, **fields: object) -> Meeting:
    return world.scene.other_meeting(starts_at=clock.now() + datetime.timedelta(days=days), **fields)


def invited(world: Sheets, who: Participant) -> str:
    assert who.contact is not None
    return token_of(invite_contact(None, world.consultation, who.contact).code)


@pytest.fixture
def remind(world: Sheets) -> Callable[..., int]:
    def ask(meeting: Meeting, *, unanswered: bool = False) -> int:
        count = queue_reminders(world.scene.bob, meeting, unanswered=unanswered)
        send_all_due()
        return count

    return ask


def test_the_registered_are_told_once_with_their_own_link(world: Sheets, remind: Callable[..., int]) -> None:
    someone, other, meeting = world.participant(world.caf), world.participant(world.ddets), workshop(world)
    token = invited(world, someone)
    invited(world, other)
    answer_meeting(someone, meeting, coming=True)
    assert (remind(meeting), remind(meeting)) == (1, 0)
    assert [letter.to for letter in mail.outbox] == [[someone.contact and someone.contact.email]]
    assert f"/partenaires/invitation/{token}/" in mail.outbox[0].body
    assert "Vous avez dit que vous veniez." in mail.outbox[0].body
    assert OutgoingMail.objects.get(attendances__meeting=meeting).state == "sent"


def test_two_workshops_of_the_week_make_one_mail_and_no_second(world: Sheets, remind: Callable[..., int]) -> None:
    someone = world.participant(world.caf)
    first, second, far = workshop(world, 5, title="Emploi"), workshop(world, 8, title="Santé"), workshop(world, 40)
    for meeting in (first, second, far):
        answer_meeting(someone, meeting, coming=True)
    assert (remind(first), remind(second), remind(far)) == (1, 0, 1)
    assert ["Emploi" in letter.body and "Santé" in letter.body for letter in mail.outbox] == [True, False]


def test_the_silent_are_told_only_if_wished_and_never_those_who_declined(
    world: Sheets, remind: Callable[..., int]
) -> None:
    silent, excused, stranger, meeting = (
        world.participant(world.caf), world.participant(world.ddets), world.participant(world.asso), workshop(world)
    )  # fmt: skip
    for who in (silent, excused):
        invited(world, who)
    answer_meeting(excused, meeting, coming=False)
    assert remind(meeting) == 0
    assert (remind(meeting, unanswered=True), remind(meeting, unanswered=True)) == (1, 0)
    assert [letter.to for letter in mail.outbox] == [[silent.contact and silent.contact.email]]
    assert "Vous n'avez pas encore dit si vous venez." in mail.outbox[0].body
    assert not Attendance.objects.filter(contact=stranger.contact).exists()
    answer_meeting(silent, meeting, coming=True)
    assert remind(meeting) == 0


def test_a_restricted_workshop_is_told_to_its_group_only(world: Sheets, remind: Callable[..., int]) -> None:
    inside, outside = world.participant(world.caf), world.participant(world.ddets)
    Partner.objects.filter(organisation=world.caf).update(reads_restricted=True)
    for who in (inside, outside):
        invited(world, who)
    assert remind(workshop(world, audience=Audience.RESTRICTED), unanswered=True) == 1
    assert remind(workshop(world, audience=Audience.TEAM), unanswered=True) == 0
    assert [letter.to for letter in mail.outbox] == [[inside.contact and inside.contact.email]]


def test_a_restricted_workshop_of_the_week_is_not_named_in_the_mail_of_another(
    world: Sheets, remind: Callable[..., int]
) -> None:
    someone, first = world.participant(world.caf), workshop(world, 5)
    secret = workshop(world, 6, title="Sûreté", audience=Audience.RESTRICTED)
    assert someone.contact is not None
    for meeting in (first, secret):
        mark_presences(world.scene.alice, meeting, {someone.contact.code: Presence.REGISTERED})
    assert remind(first) == 1
    assert "Sûreté" not in mail.outbox[0].body


@pytest.mark.parametrize("how", ["past", "cancelled", "hidden"])
def test_nobody_is_told_of_what_will_not_be_held(world: Sheets, remind: Callable[..., int], how: str) -> None:
    someone, meeting = world.participant(world.caf), workshop(world)
    answer_meeting(someone, meeting, coming=True)
    moment = clock.now()
    changes = {"past": {"starts_at": moment}, "cancelled": {"cancelled_at": moment}, "hidden": {"hidden_at": moment}}
    Meeting.objects.filter(pk=meeting.pk).update(**changes[how])
    with pytest.raises(ForbiddenMove, match="personne n'est prévenu"):
        remind(meeting)


def test_without_an_address_or_an_invitation(world: Sheets, remind: Callable[..., int]) -> None:
    mute, by_hand, meeting = world.participant(world.caf), world.participant(world.ddets), workshop(world)
    assert mute.contact is not None
    assert by_hand.contact is not None
    mute.contact.email = ""
    mute.contact.save()
    revoke_invitation(world.scene.alice, invite_contact(None, world.consultation, by_hand.contact))
    presences = {mute.contact.code: Presence.REGISTERED, by_hand.contact.code: Presence.REGISTERED}
    mark_presences(world.scene.bob, meeting, presences)
    assert remind(meeting) == 1
    assert "/partenaires/invitation/" not in mail.outbox[0].body


def test_a_refused_reminder_is_sent_again_to_the_address_of_today(world: Sheets, remind: Callable[..., int]) -> None:
    someone, meeting = world.participant(world.caf), workshop(world)
    answer_meeting(someone, meeting, coming=True)
    assert someone.contact is not None
    queue_reminders(world.scene.bob, meeting, unanswered=False)
    OutgoingMail.objects.update(state="refused", reason="adresse inconnue")
    someone.contact.email = "corrigee@organisme.example"
    someone.contact.save()
    assert resume_reminders(world.scene.bob, meeting) == 1
    send_all_due()
    assert [letter.to for letter in mail.outbox] == [["corrigee@organisme.example"]]


def test_a_reminder_that_was_cut_is_not_sent_again_with_the_refused(world: Sheets) -> None:
    someone, meeting = world.participant(world.caf), workshop(world)
    answer_meeting(someone, meeting, coming=True)
    queue_reminders(world.scene.bob, meeting, unanswered=False)
    OutgoingMail.objects.update(state="cut")
    assert resume_reminders(world.scene.bob, meeting) == 0
    send_all_due()
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["cancelled", "hidden", "excused"])
def test_a_reminder_that_waits_does_not_speak_of_what_is_off(world: Sheets, how: str) -> None:
    someone = world.participant(world.caf)
    off, held = workshop(world, title="Emploi"), workshop(world, 10, title="Santé")
    for meeting in (off, held):
        answer_meeting(someone, meeting, coming=True)
    queue_reminders(world.scene.bob, off, unanswered=False)
    if how == "excused":
        answer_meeting(someone, off, coming=False)
    else:
        Meeting.objects.filter(pk=off.pk).update(**{f"{how}_at": clock.now()})
    send_all_due()
    assert [("Emploi" in letter.body, "Santé" in letter.body) for letter in mail.outbox] == [(False, True)]
