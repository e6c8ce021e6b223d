"""Letters: who gets one, the same link each time, noted once."""

from __future__ import annotations

import datetime

import pytest

from parvis.consultations.enums import Channel, InvitationKind
from parvis.consultations.models import Invitation, Partner
from parvis.consultations.operations.invitations import (
    invite_anyone,
    invite_contact,
    invite_organisation,
)
from parvis.consultations.operations.print_invitations import Addressees, print_invitations, print_one
from parvis.consultations.operations.revoke_invitation import revoke_invitation
from parvis.consultations.operations.send_invitations import queue_invitations
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import JournalEntry, OutgoingMail
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from tests.sheets.scene import Sheets, make_sheets, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    """Ana of the CAF; nobody is known at the DDETS, nor in the association, which goes."""
    made = make_sheets()
    made.asso.delete()
    Contact.objects.create(organisation=made.caf, name="Ana", email="ana@caf.example")
    return made


def ana() -> Contact:
    return Contact.objects.get(name="Ana")


def prints(world: Sheets, who: Addressees, house: Organisation | None = None) -> list[Invitation]:
    return print_invitations(world.scene.alice, world.consultation, who, house)


def to(invitations: list[Invitation]) -> list[str]:
    return [str(each.contact or each.organisation) for each in invitations]


def test_a_person_and_a_house_without_anyone_get_a_letter_noted_as_such(world: Sheets) -> None:
    made = prints(world, Addressees.NEW)
    assert to(made) == ["Ana", "DDETS"]
    rows = Invitation.objects.exclude(sent_at=None).values_list("kind", "channel")
    assert sorted(rows) == [("contact", Channel.LETTER), ("organisation", Channel.LETTER)]
    assert JournalEntry.objects.get(verb="take_links").values == {"invitations": [each.code for each in made]}


def test_printing_again_gives_the_same_invitations_and_changes_nothing(world: Sheets) -> None:
    first = prints(world, Addressees.ALL)
    before = list(Invitation.objects.order_by("pk").values())
    assert to(prints(world, Addressees.NEW)) == []
    assert [each.code for each in prints(world, Addressees.ALL)] == [each.code for each in first]
    assert list(Invitation.objects.order_by("pk").values()) == before


def test_what_left_by_mail_stays_so(world: Sheets) -> None:
    held = invite_contact(world.scene.alice, world.consultation, ana())
    with clock.at(datetime.datetime(2026, 3, 1, 10, tzinfo=datetime.UTC)):
        queue_invitations(world.scene.alice, [held])
        assert to(prints(world, Addressees.NEW)) == ["DDETS"]
        send_all_due()
    assert to(prints(world, Addressees.ALL)) == ["Ana", "DDETS"]
    held.refresh_from_db()
    assert (held.channel, held.sent_at.day if held.sent_at else None) == (Channel.MAIL, 1)


def test_a_mail_that_the_server_refused_is_replaced_by_a_letter(world: Sheets) -> None:
    held = invite_contact(world.scene.alice, world.consultation, ana())
    queue_invitations(world.scene.alice, [held])
    OutgoingMail.objects.update(state="refused")
    assert "Ana" in to(prints(world, Addressees.NEW))
    held.refresh_from_db()
    assert held.channel == Channel.LETTER


def test_an_invitation_taken_back_is_not_made_again(world: Sheets) -> None:
    held = invite_contact(world.scene.alice, world.consultation, ana())
    revoke_invitation(world.scene.alice, held)
    for who in Addressees:
        assert "Ana" not in to(prints(world, who))
    with pytest.raises(RefusedInput, match="retirée"):
        print_one(world.scene.alice, held)


def test_who_was_erased_and_who_is_elsewhere_get_nothing(world: Sheets) -> None:
    away = organisation(world.scene, "Ailleurs", OrganisationType.OTHER)
    Contact.objects.create(organisation=away, name="Zoé")
    Partner.objects.filter(organisation=away).delete()
    Contact.objects.filter(name="Ana").update(erased_at="2026-03-01T10:00Z")
    assert to(prints(world, Addressees.ALL)) == ["CAF", "DDETS"]


def test_the_silent_are_those_invited_who_said_nothing(world: Sheets) -> None:
    assert prints(world, Addressees.SILENT) == []
    prints(world, Addressees.ALL)
    assert to(prints(world, Addressees.SILENT)) == ["Ana", "DDETS"]
    speaks = world.participant(world.caf, "Bea")
    assert speaks.contact is not None
    invite_contact(world.scene.alice, world.consultation, speaks.contact)
    world.opine(speaks, world.permis, "continue")
    assert to(prints(world, Addressees.SILENT)) == ["Ana", "DDETS"]


def test_one_organisation_only(world: Sheets) -> None:
    assert to(prints(world, Addressees.ALL, world.ddets)) == ["DDETS"]
    assert Invitation.objects.count() == 1


def test_a_door_handed_on_by_a_colleague_is_not_that_of_the_house(world: Sheets) -> None:
    someone = world.participant(world.caf)
    handed = invite_organisation(None, world.consultation, world.ddets, forwarded_by=someone)
    assert handed.code not in [each.code for each in prints(world, Addressees.ALL)]


def test_one_letter_again_and_no_letter_for_a_wall(world: Sheets) -> None:
    held = invite_contact(world.scene.alice, world.consultation, ana())
    assert to(print_one(world.scene.alice, held)) == ["Ana"]
    held.refresh_from_db()
    assert held.channel == Channel.LETTER
    door = invite_anyone(world.scene.alice, world.consultation)
    with pytest.raises(RefusedInput):
        print_one(world.scene.alice, door)
    assert Invitation.objects.get(kind=InvitationKind.OPEN).sent_at is None
