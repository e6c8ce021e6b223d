from __future__ import annotations

import datetime

import pytest

from parvis.consultations.enums import PhaseControl, PhaseKind
from parvis.consultations.operations.phases import PhasePlan, control_phase, plan_phases
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from tests.places import make_agent, make_consultation, make_places

pytestmark = pytest.mark.django_db
MARCH, MAY = datetime.date(2026, 3, 1), datetime.date(2026, 5, 31)


def test_plan_phases_may_overlap_and_journals_only_what_changes() -> None:
    actor = make_agent(make_places().lune)
    found = make_consultation(actor, actor.roles.get().territory)
    plans = [PhasePlan("review", MARCH, MAY), PhasePlan("workshops", MARCH, None), PhasePlan("signature", None, None)]
    assert [phase.kind for phase in plan_phases(actor, found, plans)] == ["review", "workshops"]
    assert plan_phases(actor, found, plans) == []
    assert JournalEntry.objects.filter(verb="plan_phase").count() == 2
    open_in_april = [phase.kind for phase in found.phases.all() if phase.is_open(datetime.date(2026, 4, 1))]
    assert open_in_april == ["review", "workshops"]


def test_plan_phases_refuses_to_close_before_opening_and_changes_nothing() -> None:
    actor = make_agent(make_places().lune)
    found = make_consultation(actor, actor.roles.get().territory)
    with pytest.raises(RefusedInput):
        plan_phases(actor, found, [PhasePlan("review", MARCH, MAY), PhasePlan("workshops", MAY, MARCH)])
    assert list(found.phases.exclude(opens_on=None)) == []


def test_control_phase_by_hand_wins_over_dates() -> None:
    actor = make_agent(make_places().lune)
    found = make_consultation(actor, actor.roles.get().territory)
    plan_phases(actor, found, [PhasePlan("review", MARCH, MAY)])
    day = datetime.date(2026, 4, 1)
    for control, expected in ((PhaseControl.CLOSED, False), (PhaseControl.OPEN, True), (PhaseControl.DATES, True)):
        control_phase(actor, found, PhaseKind.REVIEW, control)
        assert found.phases.get(kind="review").is_open(day) is expected


def test_a_phase_opened_by_hand_then_closed_is_over_and_not_still_to_come() -> None:
    actor = make_agent(make_places().lune)
    found = make_consultation(actor, actor.roles.get().territory)
    for opened in ("review", "workshops"):
        if opened == "review":
            control_phase(actor, found, PhaseKind.REVIEW, PhaseControl.OPEN)
            control_phase(actor, found, PhaseKind.REVIEW, PhaseControl.CLOSED)
        else:
            [phase] = plan_phases(actor, found, [PhasePlan(opened, None, None, PhaseControl.OPEN)])
            assert plan_phases(actor, found, [PhasePlan(opened, None, None, PhaseControl.OPEN)]) == []
            plan_phases(actor, found, [PhasePlan(opened, phase.opens_on, None, PhaseControl.CLOSED)])
        assert found.phases.get(kind=opened).is_over(clock.today())
    assert not found.phases.get(kind="signature").is_over(clock.today())


def test_a_phase_opened_by_hand_ahead_of_its_day_then_closed_is_over() -> None:
    actor = make_agent(make_places().lune)
    found = make_consultation(actor, actor.roles.get().territory)
    ahead, end = clock.today() + datetime.timedelta(days=30), clock.today() + datetime.timedelta(days=60)
    plan_phases(actor, found, [PhasePlan("review", ahead, end), PhasePlan("workshops", ahead, end)])
    control_phase(actor, found, PhaseKind.REVIEW, PhaseControl.OPEN)
    control_phase(actor, found, PhaseKind.REVIEW, PhaseControl.CLOSED)
    control_phase(actor, found, PhaseKind.WORKSHOPS, PhaseControl.CLOSED)
    assert found.phases.get(kind="review").is_over(clock.today())
    assert not found.phases.get(kind="workshops").is_over(clock.today())  # never opened: still to come
