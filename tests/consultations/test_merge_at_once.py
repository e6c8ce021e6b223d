"""Merges and partners at the same moment: whoever comes first, nothing said is lost and nobody meets a broken page."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from parvis.consultations.models import Invitation, Participant
from parvis.consultations.operations.contacts import ContactDetails, save_contact
from parvis.consultations.operations.invitations import invite_organisation, open_invitation
from parvis.consultations.operations.merge_organisations import merge_organisations
from parvis.consultations.outbox import apply_ops
from parvis.core.errors import RefusedInput
from parvis.gathering.recount.verification import verify
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from parvis.sheets.models import Opinion, Position
from parvis.sheets.operations.enter_position import enter_position
from tests.sheets.scene import Sheets, make_sheets, organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_a_file")]
PEOPLE = 6


@pytest.fixture
def world(on_a_file: None) -> Sheets:
    return make_sheets()


@pytest.fixture
def double(world: Sheets) -> Organisation:
    return organisation(world.scene, "Caisse d'allocations familiales", OrganisationType.CAF)


def at_once(*hands: Callable[[], Any]) -> list[str]:
    """What each hand is answered, all of them starting together: « done », or the reason of a refusal."""
    start = threading.Barrier(len(hands))

    def started(hand: Callable[[], Any]) -> str:
        try:
            start.wait(timeout=30)
            hand()
        except RefusedInput as refused:
            return refused.message
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(hands)) as pool:
        return list(pool.map(started, hands))


def merging(world: Sheets, kept: Organisation, absorbed: Organisation) -> Callable[[], Any]:
    return lambda: merge_organisations(world.scene.alice, kept, absorbed)


def test_two_agents_who_merge_each_into_the_other_leave_one(world: Sheets, double: Organisation) -> None:
    for house in (world.caf, double):
        world.opine(world.participant(house), world.permis, "continue")
    told = at_once(*[merging(world, world.caf, double), merging(world, double, world.caf)] * 3)
    assert told.count("done") == 1
    left = Organisation.objects.get(pk__in=[world.caf.pk, double.pk])
    assert Participant.objects.filter(organisation=left).count() == 2
    assert verify().problems == []


def answers(world: Sheets, people: Sequence[Participant]) -> list[Callable[[], Any]]:
    def answer(person: Participant) -> Callable[[], Any]:
        op = {"op_id": str(uuid.uuid4()), "seq": 1, "kind": "opinion", "sheet": world.permis.code, "value": "continue"}
        return lambda: apply_ops(person, "essai", [op])

    return [answer(person) for person in people]


def test_answers_given_while_they_merge_all_count(world: Sheets, double: Organisation) -> None:
    people = [world.participant(double) for _ in range(PEOPLE)]
    told = at_once(merging(world, world.caf, double), *answers(world, people))
    assert set(told) == {"done"}
    assert Opinion.objects.filter(participant__organisation=world.caf, value="continue").count() == PEOPLE
    assert verify().problems == []


def test_whoever_comes_in_while_they_merge_is_of_the_kept_one(world: Sheets, double: Organisation) -> None:
    link = invite_organisation(world.scene.alice, world.consultation, double)

    def come_in() -> None:
        invitation = Invitation.objects.select_related("organisation", "consultation").get(pk=link.pk)
        open_invitation(invitation)

    stale = Invitation.objects.select_related("organisation", "consultation").get(pk=link.pk)
    told = at_once(merging(world, world.caf, double), *[come_in] * PEOPLE, lambda: open_invitation(stale))
    assert set(told) == {"done"}
    assert Participant.objects.filter(organisation=world.caf).count() == PEOPLE + 1


def test_a_position_entered_while_they_merge_stays(world: Sheets, double: Organisation) -> None:
    speaker = world.participant(double)
    Contact.objects.filter(participants=speaker).update(is_referent=True)
    held = Participant.objects.select_related("organisation", "contact").get(pk=speaker.pk)
    told = at_once(merging(world, world.caf, double), lambda: enter_position(held, world.velo, "continue"))
    assert told == ["done", "done"]
    assert Position.objects.get(sheet=world.velo).organisation == world.caf


def test_a_page_opened_before_the_merge_is_answered_after_it(world: Sheets, double: Organisation) -> None:
    speaker = world.participant(double)
    Contact.objects.filter(participants=speaker).update(is_referent=True)
    link = invite_organisation(world.scene.alice, world.consultation, double)
    link = Invitation.objects.select_related("organisation", "consultation").get(pk=link.pk)
    held = Participant.objects.select_related("organisation", "contact").get(pk=speaker.pk)
    merge_organisations(world.scene.alice, world.caf, double)
    enter_position(held, world.velo, "continue")
    assert Position.objects.get(sheet=world.velo).organisation == world.caf
    assert open_invitation(link).organisation == world.caf
    with pytest.raises(RefusedInput, match="réuni à un autre"):
        save_contact(world.scene.alice, double, ContactDetails(name="Bo Li"))


def test_contacts_added_while_they_merge_are_kept_or_refused(world: Sheets, double: Organisation) -> None:
    def add(number: int) -> Callable[[], Any]:
        return lambda: save_contact(world.scene.alice, double, ContactDetails(name=f"Personne {number}"))

    told = at_once(merging(world, world.caf, double), *[add(number) for number in range(PEOPLE)])
    added = Counter(told[1:])["done"]
    assert Contact.objects.filter(organisation__in=Organisation.objects.all()).count() == added
    assert told[0] == "done" or Organisation.objects.filter(pk=double.pk).exists()
