"""An invitation leaves once, to the address of the moment, unless it was taken back."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail

from parvis.consultations.models import Invitation
from parvis.consultations.operations.contacts import ContactDetails, save_contact
from parvis.consultations.operations.invitations import invite_contact
from parvis.consultations.operations.revoke_invitation import revoke_invitation
from parvis.consultations.operations.send_invitations import (
    mails_of_invitations,
    queue_invitations,
    queue_reminders,
    resume_sending,
)
from parvis.core import clock
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import OutgoingMail
from parvis.people.operations.erase_person import erase_contact
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def invited(world: Sheets) -> Invitation:
    contact = world.participant(world.caf).contact
    assert contact is not None
    return invite_contact(world.scene.alice, world.consultation, contact)


def addresses() -> list[str]:
    return [letter.to[0] for letter in mail.outbox]


def test_it_leaves_once_and_notes_the_day(world: Sheets) -> None:
    invitation = invited(world)
    assert [queue_invitations(world.scene.alice, [invitation]) for _ in range(2)] == [1, 0]
    send_all_due()
    assert queue_invitations(world.scene.alice, [invitation]) == 0
    invitation.refresh_from_db()
    assert (len(mail.outbox), invitation.sent_at) == (1, OutgoingMail.objects.get().sent_at)


def test_one_taken_back_or_forgotten_while_it_waits_does_not_leave(world: Sheets) -> None:
    back, forgotten, stays = invited(world), invited(world), invited(world)
    queue_invitations(world.scene.alice, [back, forgotten, stays])
    revoke_invitation(world.scene.alice, back)
    assert forgotten.contact is not None
    erase_contact(world.scene.alice, forgotten.contact)
    assert OutgoingMail.objects.get(invitation=forgotten).state == "set_aside"
    send_all_due()
    assert addresses() == [stays.contact and stays.contact.email]


@pytest.mark.parametrize(("state", "again"), [("refused", 1), ("set_aside", 1), ("cut", 0), ("sending", 0)])
def test_what_may_have_arrived_is_not_queued_again(world: Sheets, state: str, again: int) -> None:
    invitation = invited(world)
    queue_invitations(world.scene.alice, [invitation])
    OutgoingMail.objects.update(state=state)
    assert queue_invitations(world.scene.alice, [invitation]) == again
    send_all_due()
    assert len(mail.outbox) == again


def test_the_refused_are_sent_again_and_nothing_else(world: Sheets) -> None:
    refused, cut = invited(world), invited(world)
    for invitation, state in ((refused, "refused"), (cut, "cut")):
        queue_invitations(world.scene.alice, [invitation])
        OutgoingMail.objects.filter(invitation=invitation).update(state=state)
    assert resume_sending(world.scene.alice, world.consultation) == 1
    send_all_due()
    assert addresses() == [refused.contact and refused.contact.email]


def test_another_address_is_invited_anew(world: Sheets) -> None:
    invitation = invited(world)
    queue_invitations(world.scene.alice, [invitation])
    assert invitation.contact is not None
    OutgoingMail.objects.update(state="refused", reason="adresse inconnue")
    save_contact(world.scene.alice, world.caf, ContactDetails(email="juste@caf.example"), invitation.contact)
    OutgoingMail.objects.update(state="waiting")
    anew = invite_contact(world.scene.alice, world.consultation, invitation.contact)
    queue_invitations(world.scene.alice, [anew])
    send_all_due()
    assert addresses() == ["juste@caf.example"]
    assert mails_of_invitations(world.consultation).count() == 1


def test_a_reminder_that_was_set_aside_may_be_sent_a_week_later(world: Sheets) -> None:
    invitation = invited(world)
    queue_invitations(world.scene.alice, [invitation])
    send_all_due()
    for week, state in ((1, "set_aside"), (2, "refused"), (3, "refused")):
        with clock.at(clock.now() + datetime.timedelta(days=8 * week)):
            queue_reminders(world.scene.alice, world.consultation)
            OutgoingMail.objects.exclude(state="sent").update(state=state)
    assert OutgoingMail.objects.filter(purpose="invitation_reminder").count() == 2
