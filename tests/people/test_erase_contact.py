"""Someone of the directory asks to be forgotten: her name, her doors and her words go; the values stay."""

from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.db.models import Model

from parvis.consultations import models as consultations
from parvis.consultations.operations.devices import participant_of_key
from parvis.consultations.operations.invitations import find_invitation, invite_contact, token_of
from parvis.core.models import JournalEntry
from parvis.people import models as people
from parvis.people.operations.erase_person import erase_person
from parvis.sheets import models as sheets
from parvis.sheets.operations.ask_presentation import ask_presentation
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db
CANARY = "zyxcanari"


def everything() -> str:
    rows: list[Model] = []
    for module in (consultations, people, sheets):
        for name in module.__all__:
            rows += list(getattr(module, name).objects.order_by("pk"))
    rows += list(JournalEntry.objects.all())
    return json.dumps(json.loads(serializers.serialize("json", rows)), ensure_ascii=False)


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
    assert CANARY in everything()
    erase_person(None, address)
    assert CANARY not in everything()
    assert sheets.Opinion.objects.get().value == "adapt"
    assert participant_of_key(key) is None
    assert find_invitation(token_of(invitation.code)) is None
