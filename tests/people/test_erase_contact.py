"""Someone of the directory asks to be forgotten: her name, her doors and her words go; the values stay."""

from __future__ import annotations

import pytest

from parvis.consultations.models import Consultation, DeviceKey
from parvis.consultations.operations.devices import participant_of_key
from parvis.consultations.operations.invitations import find_invitation, invite_contact, token_of
from parvis.core.mailing.enums import MailState
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.core.models import MailContent, OutgoingMail
from parvis.people.operations.erase_person import erase_contact, erase_person
from parvis.sheets import models as sheets
from parvis.sheets.operations.ask_presentation import ask_presentation
from tests.erased import places_of
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db
CANARY = "zyxcanari"


def test_nothing_of_her_is_left_but_the_value() -> None:
    world = make_sheets()
    someone = world.participant(world.caf, name=f"{CANARY} nom")
    assert someone.contact is not None
    her, address = someone.contact, f"{CANARY}@organisme.example"
    her.email, her.phone, her.position = address, CANARY, CANARY
    her.save()
    invitation = invite_contact(None, world.consultation, someone.contact)
    key = world.key(someone)
    world.opine(someone, world.permis, "adapt", comment=f"{CANARY} commentaire")
    ask_presentation(someone, world.velo, name=CANARY, email=f"autre-{CANARY}@organisme.example")
    assert len(places_of(CANARY)) > 6
    erase_person(None, address)
    assert places_of(CANARY) == []
    assert sheets.Opinion.objects.get().value == "adapt"
    assert participant_of_key(key) is None
    assert DeviceKey.objects.count() == 0
    assert find_invitation(token_of(invitation.code)) is None


def test_an_address_that_someone_else_left_for_her_goes_too() -> None:
    """She is in no directory: her address stands in a consent alone."""
    world = make_sheets()
    address = f"{CANARY}@ailleurs.example"
    ask_presentation(world.participant(world.caf), world.velo, name=CANARY, email=address)
    assert places_of(CANARY) == ["people_followupconsent.email", "people_followupconsent.name"]
    erase_person(None, address.upper())
    assert places_of(CANARY) == []


def mail_to(address: str) -> OutgoingMail:
    about = Consultation.objects.get().code
    return queue_mail("minutes_check", about=about, letter=Letter(to=address, subject=CANARY, body=CANARY))


def test_mails_to_someone_erased_neither_leave_nor_tell_of_her() -> None:
    world = make_sheets()
    contact = world.participant(world.caf).contact
    assert contact is not None
    contact.email = f"{CANARY}@organisme.example"
    contact.save()
    mail = mail_to(contact.email.upper())
    erase_contact(None, contact)
    mail.refresh_from_db()
    assert (mail.state, places_of(CANARY)) == (MailState.SET_ASIDE, [])
    assert MailContent.objects.count() == 0


def test_mails_to_who_stays_elsewhere_still_leave() -> None:
    """The same person is in another directory, and an agent: only one organisation forgets her."""
    world = make_sheets()
    contact = world.participant(world.caf).contact
    assert contact is not None
    contact.email = world.scene.bob.email
    contact.save()
    mail = mail_to(contact.email)
    erase_contact(None, contact)
    mail.refresh_from_db()
    assert (mail.state, mail.recipient) == (MailState.WAITING, world.scene.bob.email)


def test_mails_go_with_an_address_that_is_in_no_directory() -> None:
    world = make_sheets()
    address = f"{CANARY}@ailleurs.example"
    ask_presentation(world.participant(world.caf), world.velo, name=CANARY, email=address)
    mail_to(address)
    erase_person(None, address)
    assert places_of(CANARY) == []
