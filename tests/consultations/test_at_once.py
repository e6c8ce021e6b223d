"""Several people do the same at once: each limit holds, and the second of two alike reads a refusal."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from parvis.consultations.models import Invitation
from parvis.consultations.operations.create_consultation import ConsultationDetails, create_consultation
from parvis.consultations.operations.invitations import (
    MOST_FORWARDED,
    forward_invitation,
    invite_contact,
    open_invitation,
)
from parvis.consultations.operations.organisations import OrganisationDetails, add_partner
from parvis.core import clock
from parvis.core.errors import RefusedInput, TooMany
from parvis.core.models import OutgoingMail
from parvis.people.adapter import SIGN_IN_CODES
from parvis.people.enums import OrganisationType, RoleKind
from parvis.people.models import Contact
from parvis.people.operations.agents import add_agent
from parvis.publishing.enums import FlagReason
from parvis.publishing.models import Flag
from parvis.publishing.operations.flag_content import FLAGS, flag_content
from tests.meetings.scene import Scene, make_scene

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_a_file")]
HANDS = 16


@pytest.fixture
def scene(on_a_file: None) -> Scene:
    return make_scene()


class Target:
    """What a flag needs to know of what it is about."""

    def __init__(self, consultation: Any) -> None:
        self.consultation, self.code = consultation, "0123456789"


def at_once(hand: Callable[[int], Any]) -> Counter[str]:
    """How many hands were let do it, and how many refused."""
    start, moment = threading.Barrier(HANDS), clock.now()

    def started(number: int) -> str:
        try:
            start.wait(timeout=30)
            with clock.at(moment):
                answer = hand(number)
            return str(answer.status_code) if hasattr(answer, "status_code") else "done"
        except (RefusedInput, TooMany):
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        return Counter(hands.map(started, range(HANDS)))


def test_flags_about_one_thing_stop_at_their_limit(scene: Scene) -> None:
    target: Any = Target(scene.consultation)
    for _ in range(FLAGS.most - 3):
        flag_content("contribution", target, reason=FlagReason.OTHER, comment="")
    told = at_once(lambda _: flag_content("contribution", target, reason=FlagReason.OTHER, comment=""))
    assert (told["done"], Flag.objects.count()) == (3, FLAGS.most)


def test_sign_in_codes_stop_at_three_for_one_address(scene: Scene) -> None:
    address = scene.alice.email
    statuses = at_once(lambda _: Client().post("/gestion/connexion/", {"email": address}))
    assert statuses["302"] == SIGN_IN_CODES.most == OutgoingMail.objects.filter(recipient=address).count()


def test_invitations_forwarded_stop_at_their_limit(scene: Scene) -> None:
    partner = add_partner(scene.alice, scene.consultation, OrganisationDetails("Caf", OrganisationType.CAF))
    contact = Contact.objects.create(organisation=partner.organisation, email="zoe.lune@exemple.fr")
    participant = open_invitation(invite_contact(scene.alice, scene.consultation, contact))
    told = at_once(lambda number: forward_invitation(participant, f"a{number}@exemple.fr"))
    assert told == {"done": MOST_FORWARDED, "refused": HANDS - MOST_FORWARDED}
    assert Invitation.objects.filter(forwarded_by=participant).count() == MOST_FORWARDED


def test_one_contact_invited_by_all_has_one_invitation(scene: Scene) -> None:
    partner = add_partner(scene.alice, scene.consultation, OrganisationDetails("Caf", OrganisationType.CAF))
    contact = Contact.objects.create(organisation=partner.organisation, email="zoe.lune@exemple.fr")
    assert at_once(lambda _: invite_contact(scene.alice, scene.consultation, contact)) == {"done": HANDS}
    assert Invitation.objects.filter(contact=contact).count() == 1


def test_one_address_of_consultation_is_taken_once(scene: Scene) -> None:
    details = ConsultationDetails(title="Santé", slug="sante", authority="Paris-Saclay")
    told = at_once(lambda _: create_consultation(scene.alice, scene.consultation.territory, details))
    assert told == {"done": 1, "refused": HANDS - 1}


def test_one_organisation_is_added_once(scene: Scene) -> None:
    details = OrganisationDetails("Régie de quartier", OrganisationType.ASSOCIATION)
    told = at_once(lambda _: add_partner(scene.alice, scene.consultation, details))
    assert told == {"done": 1, "refused": HANDS - 1}


def test_one_agent_is_added_once(scene: Scene) -> None:
    territory = scene.consultation.territory
    told = at_once(
        lambda _: add_agent(
            scene.alice, email="lou.lune@exemple.fr", name="Lou", territory=territory, role=RoleKind.FACILITATOR
        )
    )
    assert told == {"done": 1, "refused": HANDS - 1}
