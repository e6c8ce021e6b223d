"""A rush by an open link moves no figure that anyone reads; set aside, everything is as before, byte for byte."""

from __future__ import annotations

import contextlib
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from parvis.consultations.enums import Standing
from parvis.consultations.models import Invitation, Participant
from parvis.consultations.operations.decide_arrivals import ArrivalChoice, decide_arrivals
from parvis.consultations.operations.invitations import invite_anyone, open_invitation
from parvis.consultations.outbox import apply_ops
from parvis.core import clock
from parvis.core.canonical import canonical
from parvis.core.errors import NotAllowed, RefusedInput
from parvis.gathering.desk.late import waiting_ops
from parvis.gathering.recount.verification import verify
from parvis.gathering.results.for_leads import gather_led, gather_presentations
from parvis.gathering.results.published import gather_preview
from parvis.gathering.results.unchecked import gather_unchecked
from parvis.gathering.room.figures import room_figures
from parvis.people.enums import OrganisationType
from parvis.sheets.frozen_figures import count_waiting
from parvis.sheets.models import FrozenFigures, Opinion, ResultsRelease
from parvis.sheets.operations.ask_presentation import ask_presentation
from parvis.sheets.operations.reply_as_lead import reply_as_lead
from parvis.sheets.operations.share_results import LEADS_ALONE, figures_to_freeze, share_with_leads
from parvis.sheets.results import gather_results, read_ready_rows
from tests.sheets.scene import Sheets, close_review, make_sheets, organisation, shared_results

HOUSES = ("caf", "ddets", "asso")


@pytest.fixture
def world(db: None) -> Sheets:
    return answered()


def answered() -> Sheets:
    """Someone of each organisation said something of a sheet."""
    world = make_sheets()
    for house, value in zip(HOUSES, ("continue", "adapt", "unknown"), strict=True):
        world.opine(world.participant(getattr(world, house)), world.permis, value)
    return world


def rush(world: Sheets, robots: int = 6, wall: Invitation | None = None) -> list[Participant]:
    """Robots of every organisation, against everything."""
    wall = wall or invite_anyone(world.scene.alice, world.consultation)
    people = [open_invitation(wall, getattr(world, HOUSES[rank % 3])) for rank in range(robots)]
    for robot in people:
        for sheet in (world.permis, world.velo):
            assert world.opine(robot, sheet, "reconsider", comment="zyxcanari").status == "applied"
    return people


def decide(world: Sheets, decision: Standing, **choice: Any) -> int:
    return decide_arrivals(world.scene.alice, world.consultation, ArrivalChoice(**choice), decision)


def files(world: Sheets) -> dict[str, bytes]:
    """What the project team may take away, and read."""
    client = Client()
    client.force_login(world.scene.alice)
    base = f"/gestion/concertations/{world.consultation.code}/avis/"
    return {name: client.get(f"{base}avis-des-partenaires.{name}").content for name in ("csv", "xlsx", "ods")}


def figures(world: Sheets) -> str:
    return repr(gather_results(world.consultation, world.scene.alice))


def test_a_rush_moves_no_figure_and_set_aside_leaves_no_byte(world: Sheets) -> None:
    moment = clock.now()
    with clock.at(moment):
        before, taken = figures(world), files(world)
        rush(world)
        assert figures(world) == before
        beside = gather_unchecked(world.consultation)
        assert (beside.people, beside.total, beside.by_sheet[world.permis.code]) == (6, 12, 6)
        assert files(world)["csv"] != taken["csv"]  # told in a column of its own
        decide(world, Standing.SET_ASIDE)
        assert (figures(world), files(world)) == (before, taken)


def test_counted_they_count_and_put_back_everything_is_as_before(world: Sheets) -> None:
    before = figures(world)
    rush(world)
    decide(world, Standing.COUNTED)
    shared = {row.code: row.figures.organisations.counts["divided"] for row in
              gather_results(world.consultation, world.scene.alice).sheets}  # fmt: skip
    assert shared[world.permis.code] == 2  # the CAF and the DDETS no longer speak with one voice
    decide(world, Standing.TO_CHECK)
    assert figures(world) == before
    assert verify().problems == []
    assert Opinion.objects.filter(comment="zyxcanari").count() == 12


def test_an_accepted_person_counts_alone(world: Sheets) -> None:
    robots = rush(world)
    decide(world, Standing.COUNTED, ticked=[robots[0].code])
    velo = next(row for row in gather_results(world.consultation, world.scene.alice).sheets if row.number == 2)
    assert (velo.figures.people.answered, velo.figures.people.asked) == (1, 4)


def test_the_csv_tells_by_college_what_no_figure_holds(world: Sheets) -> None:
    rush(world)
    lines = files(world)["csv"].decode("utf-8-sig").splitlines()
    rows = [line.split(";") for line in lines if world.permis.code in line]
    assert {row[4].strip(chr(34)): row[-1] for row in rows} == {
        "État": "2", "Collectivités": "0", "Social et santé": "2", "Habitat": "0",
        "Emploi et entreprises": "0", "Société civile": "2", "Ensemble": "6",
    }  # fmt: skip


def test_what_leads_the_room_and_everyone_would_read_does_not_move(world: Sheets) -> None:
    world.permis.lead = world.caf
    world.permis.save()
    lead = Participant.objects.get(organisation=world.caf)
    shared_results(world)

    def read() -> tuple[str, str, str]:
        release = ResultsRelease.objects.select_related("consultation").get(consultation=world.consultation)
        return repr(gather_led(lead)), canonical(room_figures(world.permis)).decode(), repr(gather_preview(release))

    before = read()
    world.phase.control = "open"
    world.phase.save()
    robots = rush(world)
    close_review(world)
    assert read() == before
    for decision in (Standing.COUNTED, Standing.SET_ASIDE):
        decide(world, decision, ticked=[robot.code for robot in robots])
        assert read() == before, "frozen: what is decided later is for the next campaign"


def test_the_figures_that_are_frozen_follow_the_decisions_made_before(world: Sheets) -> None:
    """Enough organisations for the total to be shown; nothing moves between two readings but standings."""
    houses = [organisation(world.scene, f"Association {rank}", OrganisationType.ASSOCIATION) for rank in range(12)]
    for house in houses[:6]:
        world.opine(world.participant(house), world.velo, "continue")
    wall = invite_anyone(world.scene.alice, world.consultation)
    for house in houses[6:]:
        world.opine(open_invitation(wall, house), world.velo, "continue")

    def answered_in_all() -> int:
        answered: int = figures_to_freeze(read_ready_rows(world.consultation))[world.velo.code]["awareness"]["answered"]
        return answered

    assert answered_in_all() == 6
    decide(world, Standing.COUNTED)
    assert answered_in_all() == 12
    decide(world, Standing.SET_ASIDE)
    assert answered_in_all() == 6
    shared_results(world)
    assert FrozenFigures.objects.get(sheet=world.velo).shown["awareness"]["answered"] == 6


def test_to_say_that_one_is_of_the_lead_opens_neither_its_figures_nor_its_reply(world: Sheets) -> None:
    world.permis.lead = world.caf
    world.permis.save()
    robot = rush(world, 1)[0]
    asker = Participant.objects.get(organisation=world.ddets)
    ask_presentation(asker, world.permis, name="Zyxcanari", email="zyxcanari@organisme.example")
    shared_results(world)
    robot.refresh_from_db()
    assert (gather_led(robot), gather_presentations(robot)) == ((), ())
    with pytest.raises(NotAllowed):
        reply_as_lead(robot, world.permis, "Nous mentons")
    assert [row.name for row in gather_presentations(Participant.objects.get(
        organisation=world.caf, standing=Standing.COUNTED))] == ["Zyxcanari"]  # fmt: skip


def test_the_lead_is_not_given_the_addresses_that_a_rush_left(world: Sheets) -> None:
    world.permis.lead = world.caf
    world.permis.save()
    robots = rush(world)
    ask_presentation(robots[0], world.permis, name="Robot", email="robot@ailleurs.example")
    lead = Participant.objects.get(organisation=world.caf, standing=Standing.COUNTED)
    assert gather_presentations(lead) == ()
    decide(world, Standing.COUNTED, ticked=[robots[0].code])
    assert [row.name for row in gather_presentations(lead)] == ["Robot"]


def test_a_rush_after_the_closing_does_not_bury_what_honest_people_sent_late(world: Sheets) -> None:
    wall = invite_anyone(world.scene.alice, world.consultation)
    robot, honest = open_invitation(wall, world.caf), world.participant(world.caf)
    close_review(world)
    for one in (robot, honest):
        assert world.opine(one, world.velo, "continue").status == "late"
    assert [op.participant for op in waiting_ops(world.scene.alice, world.consultation)] == [honest]
    decide(world, Standing.COUNTED)
    assert waiting_ops(world.scene.alice, world.consultation).count() == 2


@pytest.mark.django_db(transaction=True)
def test_sixteen_robots_at_once_while_the_team_decides(on_a_file: None) -> None:
    """They come in, answer and are set aside all together: whoever the gesture did not reach is still unchecked."""
    world = answered()
    wall, before = invite_anyone(world.scene.alice, world.consultation), figures(world)
    start = threading.Barrier(17)

    def robot(rank: int) -> str:
        try:
            start.wait(timeout=30)
            one = open_invitation(wall, getattr(world, HOUSES[rank % 3]))
            op = {"op_id": str(uuid.uuid4()), "seq": 1, "kind": "opinion", "sheet": world.permis.code, "value": "adapt"}
            return apply_ops(one, f"r{rank}", [op]).results[0].status
        finally:
            connections.close_all()

    def team() -> str:
        try:
            start.wait(timeout=30)
            for _ in range(5):
                with contextlib.suppress(RefusedInput):  # nobody yet
                    decide(world, Standing.SET_ASIDE)
            return "applied"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(17) as hands:
        jobs = [hands.submit(robot, rank) for rank in range(16)] + [hands.submit(team)]
        assert {job.result() for job in jobs} == {"applied"}
    assert figures(world) == before
    assert Participant.objects.filter(came_by=wall).exclude(standing=Standing.COUNTED).count() == 16
    assert Opinion.objects.filter(participant__came_by=wall).count() == 16
    wall.refresh_from_db()
    assert wall.openings == 16
    assert verify().problems == []


def test_after_the_freeze_the_desk_is_told_of_those_it_counts_since_and_of_no_robot(world: Sheets) -> None:
    """The figures stand: whoever is counted later waits for the next campaign, whenever she spoke."""
    people = rush(world)
    close_review(world)
    release = share_with_leads(world.scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    assert count_waiting(release) == 0
    decide(world, Standing.COUNTED, ticked=[people[0].code])
    assert count_waiting(release) == 2
