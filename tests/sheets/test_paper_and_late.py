"""Paper counts like the rest; stickers stay beside; what came late waits for a decision."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from parvis.consultations.models import OutboxOp
from parvis.consultations.operations.late_ops import accept_late, refuse_late
from parvis.core.errors import ForbiddenMove, RefusedInput, Stale
from parvis.gathering.recount.opinions import recount_opinions
from parvis.people.enums import College
from parvis.sheets.models import Opinion, Tally
from parvis.sheets.operations.enter_paper import PaperAnswer, count_stickers, enter_booklet
from parvis.sheets.results import gather_results
from tests.sheets.scene import Sheets, close_review, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def test_a_booklet_is_one_more_person_of_the_organisation(world: Sheets) -> None:
    answers = {
        world.permis.code: PaperAnswer("continue"),
        world.velo.code: PaperAnswer("unknown"),
        "autre": PaperAnswer("adapt"),
    }
    entered = enter_booklet(world.scene.alice, world.consultation, world.caf, answers)
    assert (entered.participant.origin, entered.counted, len(entered.refused)) == ("paper", 2, 1)
    assert sorted(Opinion.objects.values_list("value", flat=True)) == ["continue", "unknown"]
    assert recount_opinions()[1] == []


def test_a_booklet_of_someone_invited_is_hers(world: Sheets) -> None:
    someone = world.participant(world.caf)
    world.opine(someone, world.permis, "adapt")
    answers = {world.permis.code: PaperAnswer("continue")}
    again = enter_booklet(world.scene.alice, world.consultation, world.caf, answers, contact=someone.contact)
    assert again.participant == someone
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


def screen(world: Sheets) -> str:
    return reverse("desk:booklet", args=[world.consultation.code])


def typed(world: Sheets, **more: str) -> dict[str, str]:
    """A booklet of the CAF: a value, a comment and a link on one sheet, a comment alone on the other."""
    permis, velo = world.permis.code, world.velo.code
    return {
        "organisation": world.caf.code, f"s-{permis}": "3", f"c-{permis}": "  Trop cher au kilomètre ",
        f"r-{permis}": "funder", f"c-{velo}": "Pas à tous les horaires", **more,
    }  # fmt: skip


def test_the_comment_and_the_link_written_on_paper_are_kept(world: Sheets) -> None:
    signed_in(world.scene.alice).post(screen(world), typed(world))
    permis, velo = Opinion.objects.order_by("sheet__number")
    assert (permis.value, permis.comment, permis.relation) == ("adapt", "Trop cher au kilomètre", "funder")
    assert (velo.value, velo.comment, velo.relation) == ("", "Pas à tous les horaires", "none")
    assert recount_opinions() == ({world.permis.code: {"adapt": 1}}, [])


def test_a_booklet_received_in_time_waits_after_the_closing_and_counts_once_accepted(world: Sheets) -> None:
    alice = signed_in(world.scene.alice)
    assert "Reçu le" not in alice.get(screen(world)).content.decode()
    close_review(world)
    page = alice.get(screen(world)).content.decode()
    assert "Reçu le" in page
    assert "L'étape des avis est fermée" in page.replace("&#x27;", "'")
    said = alice.post(screen(world), typed(world, received_on="2026-02-27"), follow=True).content.decode()
    assert "2 réponses gardées à part" in said.replace("\u00a0", " ")
    assert not Opinion.objects.exists()
    assert recount_opinions() == ({}, []), "nothing counts before it is decided"
    late = alice.get(reverse("desk:late", args=[world.consultation.code])).content.decode().replace("\u00a0", " ")
    for words in ("Papier, reçu le 27 février 2026", "Nous la finançons", "Trop cher au kilomètre", "CAF"):
        assert words in late
    for op in OutboxOp.objects.order_by("id"):
        accept_late(world.scene.alice, op)
    permis, velo = Opinion.objects.order_by("sheet__number")
    assert (permis.value, permis.comment, permis.relation) == ("adapt", "Trop cher au kilomètre", "funder")
    assert velo.comment == "Pas à tous les horaires"
    assert recount_opinions() == ({world.permis.code: {"adapt": 1}}, [])
    results = gather_results(world.consultation, world.scene.alice, only=world.permis.code)
    assert results.sheets[0].figures.organisations.answered == 1


def test_a_late_booklet_that_is_refused_is_forgotten(world: Sheets) -> None:
    close_review(world)
    signed_in(world.scene.alice).post(screen(world), typed(world))
    for op in OutboxOp.objects.order_by("id"):
        refuse_late(world.scene.alice, op)
    assert set(OutboxOp.objects.values_list("content", flat=True)) == {None}
    assert not Opinion.objects.exists()
    assert recount_opinions() == ({}, [])


def test_what_is_typed_wrong_loses_nothing(world: Sheets) -> None:
    page = signed_in(world.scene.alice).post(screen(world), typed(world, organisation="inconnu"))
    assert page.status_code == 422
    assert "Trop cher au kilomètre" in page.content.decode()
    assert "<details open>" in page.content.decode()
    assert not Opinion.objects.exists()


def test_no_device_of_a_partner_passes_for_paper(world: Sheets) -> None:
    someone = world.participant(world.caf)
    op = {"op_id": "5b0f6e3e-3c7a-4a52-8a3b-1d2c3b4a5f60", "seq": 1, "kind": "opinion", "sheet": world.permis.code,
          "value": "adapt", "received_on": "2026-01-01"}  # fmt: skip
    answer = Client().post(
        "/api/v1/outbox", {"device": "papier", "ops": [op]}, content_type="application/json",
        headers={"Authorization": f"Bearer {world.key(someone)}"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert not OutboxOp.objects.exists()
