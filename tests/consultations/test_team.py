from __future__ import annotations

import pytest

from parvis.consultations.enums import Audience, StepKind
from parvis.consultations.operations.team import add_member, choose_steps, remove_member
from parvis.consultations.queries import possible_members
from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from tests.places import make_agent, make_consultation, make_places

pytestmark = pytest.mark.django_db


def test_add_member_twice_is_once() -> None:
    places = make_places()
    actor, other = make_agent(places.lune), make_agent(places.lune)
    found = make_consultation(actor, places.lune)
    add_member(actor, found, other)
    add_member(actor, found, other)
    assert found.members.count() == 2
    assert JournalEntry.objects.filter(verb="add_member").count() == 1


def test_remove_member_keeps_one_person_in_the_team() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    found = make_consultation(actor, places.lune)
    with pytest.raises(RefusedInput):
        remove_member(actor, found, actor)
    assert found.members.count() == 1


def test_remove_member_does_not_let_one_shut_the_door_on_oneself() -> None:
    places = make_places()
    actor, other = make_agent(places.lune), make_agent(places.lune)
    found = make_consultation(actor, places.lune)
    add_member(actor, found, other)
    found.audience = Audience.TEAM
    found.save()
    with pytest.raises(RefusedInput):
        remove_member(actor, found, actor)
    remove_member(actor, found, other)
    assert [member.user for member in found.members.all()] == [actor]


def test_possible_members_are_agents_of_the_territory_and_above() -> None:
    places = make_places()
    actor, town, stranger = make_agent(places.lune), make_agent(places.vallieres), make_agent(places.large)
    found = make_consultation(town, places.vallieres)
    assert list(possible_members(found)) == [actor]
    assert stranger not in possible_members(found)


def test_choose_steps_in_their_order_and_refuses_a_step_twice() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    found = make_consultation(actor, places.lune)
    choose_steps(actor, found, [StepKind.STEERING_COMMITTEE, StepKind.PARTICIPANTS])
    assert [step.kind for step in found.steps.all()] == ["steering_committee", "participants"]
    with pytest.raises(RefusedInput):
        choose_steps(actor, found, [StepKind.PARTICIPANTS, StepKind.PARTICIPANTS])
    choose_steps(actor, found, [])
    assert found.steps.count() == 0
