"""The figures that the leads are shown are counted once: theirs, the room's, then everyone's."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from parvis.consultations.enums import OpStatus, PhaseControl
from parvis.consultations.models import OutboxOp
from parvis.consultations.operations.late_ops import accept_late
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.gathering.results.for_leads import gather_led
from parvis.gathering.results.published import gather_preview, gather_published
from parvis.gathering.room.figures import room_figures
from parvis.sheets.frozen_figures import count_waiting
from parvis.sheets.models import FrozenFigures, Opinion, ResultsRelease
from parvis.sheets.operations import share_results
from parvis.sheets.operations.record_opinions import FROZEN
from parvis.sheets.operations.share_results import LEADS_ALONE, share_with_leads
from parvis.sheets.results import gather_results
from tests.sheets.scene import Sheets, close_review, make_sheets, publish, shared_results

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    """Seven organisations said « continue » of a sheet that the CAF leads."""
    world = make_sheets()
    world.permis.lead = world.caf
    world.permis.save()
    for number in range(7):
        organisation = type(world.asso).objects.create(
            territory=world.consultation.territory, name=f"Association {number}", type="association"
        )
        organisation.partnerships.create(consultation=world.consultation)
        value = "continue" if number < 6 else "adapt"
        world.opine(world.participant(organisation), world.permis, value)
    return world


def reopen(world: Sheets) -> None:
    world.phase.control = PhaseControl.OPEN
    world.phase.save()


def tell_one_more(world: Sheets) -> None:
    """The review opens again, one more organisation speaks, it closes: one opinion would show by difference."""
    reopen(world)
    with clock.at(clock.now() + datetime.timedelta(minutes=1)):
        assert world.opine(world.participant(world.ddets), world.permis, "reconsider").status == "applied"
    close_review(world)


def read_by_lead(world: Sheets) -> Any:
    led = gather_led(world.participant(world.caf))
    assert [sheet.results.code for sheet in led] == [world.permis.code]
    return led[0].results.figures


def test_what_a_lead_is_shown_does_not_move_while_she_looks(world: Sheets) -> None:
    release = shared_results(world)
    before, in_the_room = read_by_lead(world), room_figures(world.permis)
    tell_one_more(world)
    assert read_by_lead(world) == before
    assert room_figures(world.permis) == in_the_room
    with clock.at(clock.now() - datetime.timedelta(days=29)):
        share_with_leads(world.scene.alice, world.consultation, clock.today() + datetime.timedelta(days=9))
    assert read_by_lead(world) == before
    assert gather_preview(release).sheets[0].figures.awareness == before.awareness
    live = gather_results(world.consultation, world.scene.alice, only=world.permis.code).sheets[0]
    assert live.figures.organisations.counts["reconsider"] == 1, "the project team sees what came"


def test_what_is_published_is_what_the_leads_were_shown(world: Sheets) -> None:
    shared_results(world)
    before = read_by_lead(world)
    tell_one_more(world)
    publish(world)
    published = gather_published(world.consultation)
    assert published is not None
    assert published.sheets[0].figures.awareness == before.awareness
    assert read_by_lead(world) == before


def test_a_sheet_shown_after_the_freeze_waits_for_the_next_campaign(world: Sheets) -> None:
    release = shared_results(world)
    world.sheet("Venue après", audience="public")
    publish(world)
    assert [line.content["title"] for line in ResultsRelease.objects.get().edition.lines.filter(role="figures")] == [  # type: ignore[union-attr]
        world.permis.title, world.velo.title
    ]  # fmt: skip
    assert FrozenFigures.objects.filter(release=release).count() == 2


def test_what_came_after_is_kept_and_the_desk_says_how_many(world: Sheets) -> None:
    world.phase.closes_on = clock.today() - datetime.timedelta(days=1)
    close_review(world)
    assert world.opine(world.participant(world.asso), world.permis, "adapt").status == OpStatus.LATE
    release = share_with_leads(world.scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    tell_one_more(world)
    assert count_waiting(release) == 2
    with pytest.raises(RefusedInput, match=FROZEN):
        accept_late(world.scene.alice, OutboxOp.objects.get(status=OpStatus.LATE))
    assert OutboxOp.objects.filter(status=OpStatus.LATE).count() == 1
    client = Client()
    client.force_login(world.scene.alice)
    for page in ("", "diffusion/"):
        shown = client.get(f"/gestion/concertations/{world.consultation.code}/avis/{page}").content.decode()
        assert "2 avis sont arrivés ou ont changé depuis que les chiffres sont arrêtés" in shown
    assert count_waiting(ResultsRelease(consultation=world.consultation)) == 0


def test_what_moves_while_it_is_counted_is_counted_again(world: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    close_review(world)
    count, calls = share_results.figures_to_freeze, []

    def meanwhile(rows: Any) -> Any:
        tables = count(rows)
        calls.append(rows)
        if len(calls) == 1:
            Opinion.objects.filter(value="adapt").update(value="continue")
        return tables

    monkeypatch.setattr(share_results, "figures_to_freeze", meanwhile)
    share_with_leads(world.scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    assert len(calls) == 2
    assert FrozenFigures.objects.get(sheet=world.permis).shown == count(calls[1])[world.permis.code]
