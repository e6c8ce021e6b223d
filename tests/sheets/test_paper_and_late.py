"""Paper counts like the rest; stickers stay beside; what came late waits for a decision."""

from __future__ import annotations

import pytest
from django.urls import reverse

from parvis.consultations.models import OutboxOp
from parvis.consultations.operations.late_ops import accept_late, refuse_late
from parvis.core.errors import ForbiddenMove, RefusedInput, Stale
from parvis.gathering.recount.opinions import recount_opinions
from parvis.people.enums import College
from parvis.sheets.models import Opinion, Tally
from parvis.sheets.operations.enter_paper import count_stickers, enter_booklet
from parvis.sheets.results import gather_results
from tests.sheets.scene import Sheets, close_review, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def test_a_booklet_is_one_more_person_of_the_organisation(world: Sheets) -> None:
    answers = {world.permis.code: "continue", world.velo.code: "unknown", "autre": "adapt"}
    someone, refused = enter_booklet(world.scene.alice, world.consultation, world.caf, answers)
    assert (someone.origin, len(refused)) == ("paper", 1)
    assert sorted(Opinion.objects.values_list("value", flat=True)) == ["continue", "unknown"]
    assert recount_opinions()[1] == []


def test_a_booklet_of_someone_invited_is_hers(world: Sheets) -> None:
    someone = world.participant(world.caf)
    world.opine(someone, world.permis, "adapt")
    answers = {world.permis.code: "continue"}
    again, _ = enter_booklet(world.scene.alice, world.consultation, world.caf, answers, contact=someone.contact)
    assert again == someone
    assert Opinion.objects.get().value == "continue"


def test_stickers_are_beside_and_counting_again_replaces_once_it_is_said(world: Sheets) -> None:
    before = gather_results(world.consultation, world.scene.alice, only=world.permis.code).sheets[0].figures
    civil_society, alice = College.CIVIL_SOCIETY, world.scene.alice
    for count in (12, 12):
        count_stickers(alice, world.permis, civil_society, {"continue": count, "adapt": 0})
    with pytest.raises(Stale, match="à poursuivre 12"):
        count_stickers(world.scene.bob, world.permis, civil_society, {"continue": 9, "adapt": 0})
    count_stickers(world.scene.bob, world.permis, civil_society, {"continue": 9, "adapt": 0}, replaces=True)
    after = gather_results(world.consultation, world.scene.alice, only=world.permis.code).sheets[0].figures
    assert after.tallies == {"civil_society": {"continue": 9}}
    assert after.organisations == before.organisations
    with pytest.raises(RefusedInput):
        count_stickers(world.scene.alice, world.permis, College.STATE, {"continue": -1})


def test_what_came_late_counts_once_accepted_and_never_twice(world: Sheets) -> None:
    someone = world.participant(world.caf)
    close_review(world)
    assert world.opine(someone, world.permis, "adapt", comment="Tard").status == "late"
    assert recount_opinions() == ({}, [])
    late = OutboxOp.objects.get()
    accept_late(world.scene.alice, late)
    assert Opinion.objects.get().comment == "Tard"
    assert recount_opinions() == ({world.permis.code: {"adapt": 1}}, [])
    with pytest.raises(ForbiddenMove):
        accept_late(world.scene.alice, late)
    with pytest.raises(ForbiddenMove):
        refuse_late(world.scene.alice, late)


def test_stickers_of_a_college_that_is_no_more_are_read_and_may_be_corrected(world: Sheets) -> None:
    alice = signed_in(world.scene.alice)
    screen = reverse("desk:stickers", args=[world.consultation.code])
    assert "Habitat et emploi" not in alice.get(screen).content.decode()
    count_stickers(world.scene.alice, world.permis, "housing_and_employment", {"continue": 4})
    assert "Habitat et emploi" in alice.get(screen).content.decode()
    assert (
        "Habitat et emploi"
        in alice.get(reverse("desk:sheet_results", args=[world.consultation.code, world.permis.code])).content.decode()
    )
    refused = alice.post(screen, {"sheet": world.permis.code, "college": "housing_and_employment"})
    assert "à poursuivre 4" in refused.content.decode()
    alice.post(screen, {"sheet": world.permis.code, "college": "housing_and_employment", "replaces": "on"})
    assert not Tally.objects.exists()
