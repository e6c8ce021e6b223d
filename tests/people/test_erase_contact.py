"""Someone of the directory asks to be forgotten: her name, her doors and her words go; the values stay."""

from __future__ import annotations

import pytest

from parvis.consultations.models import DeviceKey
from parvis.consultations.operations.devices import participant_of_key
from parvis.consultations.operations.invitations import find_invitation, invite_contact, token_of
from parvis.people.operations.erase_person import erase_person
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
