"""Who comes by a link that anyone may hand on begins unchecked; the project team decides, and may undo."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from parvis.consultations.enums import Standing
from parvis.consultations.models import Invitation, Participant
from parvis.consultations.operations.decide_arrivals import ArrivalChoice, decide_arrivals
from parvis.consultations.operations.invitations import (
    MOST_BY_HOUSE_LINK,
    forward_invitation,
    invite_anyone,
    invite_contact,
    invite_organisation,
    open_invitation,
)
from parvis.consultations.rules import reads_restricted
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from parvis.people.models import Contact
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def wall(world: Sheets) -> Invitation:
    return invite_anyone(world.scene.alice, world.consultation)


def standing(participant: Participant) -> str:
    participant.refresh_from_db()
    return participant.standing


def decide(world: Sheets, decision: Standing, **choice: Any) -> int:
    return decide_arrivals(world.scene.alice, world.consultation, ArrivalChoice(**choice), decision)


def test_by_the_wall_one_is_checked_first_by_name_one_counts(world: Sheets, wall: Invitation) -> None:
    contact = Contact.objects.create(organisation=world.caf, name="Une", email="une@organisme.example")
    by_name = open_invitation(invite_contact(world.scene.alice, world.consultation, contact))
    by_house = open_invitation(invite_organisation(world.scene.alice, world.consultation, world.ddets))
    by_wall = open_invitation(wall, world.caf)
    assert [standing(one) for one in (by_name, by_house, by_wall)] == ["counted", "counted", "to_check"]
    assert [one.came_by for one in (by_wall,)] == [wall]


def test_an_organisation_s_link_that_went_round_brings_in_people_to_check(world: Sheets) -> None:
    link = invite_organisation(world.scene.alice, world.consultation, world.caf)
    people = [open_invitation(link) for _ in range(MOST_BY_HOUSE_LINK + 2)]
    assert [standing(one) for one in people] == ["counted"] * MOST_BY_HOUSE_LINK + ["to_check"] * 2


def test_who_is_not_checked_hands_nothing_on(world: Sheets, wall: Invitation) -> None:
    stranger = open_invitation(wall, world.caf)
    for address in ("", "quelquun@ailleurs.example"):
        with pytest.raises(RefusedInput):
            forward_invitation(stranger, address)
    assert not Contact.objects.filter(email="quelquun@ailleurs.example").exists()


@pytest.mark.parametrize("address", ["", "quelquun@ailleurs.example"])
def test_what_someone_set_aside_had_handed_on_brings_in_people_to_check(
    world: Sheets, wall: Invitation, address: str
) -> None:
    stranger = open_invitation(wall, world.caf)
    decide(world, Standing.COUNTED)
    stranger.refresh_from_db()
    link = forward_invitation(stranger, address)
    decide(world, Standing.SET_ASIDE, ticked=[stranger.code])
    assert standing(open_invitation(Invitation.objects.get(pk=link.pk))) == "to_check"


def test_to_say_that_one_is_of_the_restricted_group_opens_nothing(world: Sheets, wall: Invitation) -> None:
    world.caf.partnerships.update(reads_restricted=True)
    stranger = open_invitation(wall, world.caf)
    assert not reads_restricted(stranger)
    decide(world, Standing.COUNTED)
    stranger.refresh_from_db()
    assert reads_restricted(stranger)


def test_nobody_invited_by_name_is_ever_set_aside_with_a_rush(world: Sheets, wall: Invitation) -> None:
    named = world.participant(world.caf)
    robots = [open_invitation(wall, world.caf) for _ in range(3)]
    assert decide(world, Standing.SET_ASIDE) == 3
    assert decide(world, Standing.TO_CHECK, ticked=[world.caf.code]) == 3
    assert (standing(named), {standing(robot) for robot in robots}) == ("counted", {"to_check"})
    with pytest.raises(RefusedInput):
        decide(world, Standing.SET_ASIDE, ticked=[named.code])


def test_one_gesture_is_about_a_link_a_period_an_organisation_or_a_person(world: Sheets, wall: Invitation) -> None:
    other, noon = invite_anyone(world.scene.alice, world.consultation), clock.now()
    early = open_invitation(wall, world.caf)
    rush = [open_invitation(wall, house) for house in (world.caf, world.ddets)]
    elsewhere = open_invitation(other, world.asso)
    Participant.objects.filter(pk=early.pk).update(created_at=noon - datetime.timedelta(hours=2))
    Participant.objects.exclude(pk=early.pk).update(created_at=noon)
    since, minute = noon, datetime.timedelta(minutes=1)
    assert decide(world, Standing.SET_ASIDE, link=wall.code, since=since, before=since + minute) == 2
    assert [standing(one) for one in (early, *rush, elsewhere)] == ["to_check", "set_aside", "set_aside", "to_check"]
    with pytest.raises(RefusedInput):
        decide(world, Standing.COUNTED, standing="to_check", since=since + minute)
    assert decide(world, Standing.COUNTED, ticked=[world.asso.code, rush[0].code]) == 2
    assert [standing(one) for one in (early, *rush, elsewhere)] == ["to_check", "counted", "set_aside", "counted"]


def test_a_decision_says_who_and_when_and_another_consultation_is_left_alone(world: Sheets, wall: Invitation) -> None:
    stranger = open_invitation(wall, world.caf)
    elsewhere = Participant.objects.create(
        consultation=make_other(world), organisation=world.caf, standing=Standing.TO_CHECK, origin="online"
    )
    decide(world, Standing.COUNTED)
    stranger.refresh_from_db()
    assert (stranger.decided_by, stranger.decided_at is not None) == (world.scene.alice, True)
    assert standing(elsewhere) == "to_check"
    entry = JournalEntry.objects.get(verb="decide_arrivals")
    assert (entry.values["decision"], entry.values["people"]) == ("counted", 1)


def make_other(world: Sheets) -> Any:
    """Another consultation of the same town."""
    other = type(world.consultation).objects.get(pk=world.consultation.pk)
    other.pk, other.code, other.slug, other._state.adding = None, "autre0000000", "autre", True
    other.save()
    return other


def test_those_of_before_are_tied_to_the_link_of_the_journal_and_still_count(world: Sheets, wall: Invitation) -> None:
    from importlib import import_module

    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    stranger = open_invitation(wall, world.caf)
    Participant.objects.update(came_by=None, standing=Standing.COUNTED)
    migration = import_module("parvis.consultations.migrations.0010_links_of_arrivals")
    migration.tie_to_links(MigrationLoader(connection).project_state().apps, None)
    stranger.refresh_from_db()
    assert (stranger.came_by, stranger.standing) == (wall, "counted")
    assert decide(world, Standing.SET_ASIDE, link=wall.code) == 1
