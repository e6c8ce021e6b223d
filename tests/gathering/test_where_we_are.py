"""Where a consultation stands, in one sentence: what comes next is not what was left without a date before."""

from __future__ import annotations

import datetime

import pytest

from parvis.consultations.enums import PhaseControl, PhaseKind
from parvis.consultations.models import Phase
from parvis.core import clock
from parvis.gathering.public.consultation import phase_steps, where_we_are

NOON = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)


def steps(*phases: Phase) -> list[tuple[str, str]]:
    return [(step.state, step.when) for step in phase_steps(phases)]


@pytest.mark.parametrize(("closed", "coming"), [(PhaseKind.REVIEW, "ateliers"), (PhaseKind.WORKSHOPS, "préparation")])
def test_next_is_after_what_is_done_or_else_what_has_no_date(closed: PhaseKind, coming: str) -> None:
    phases = [Phase(kind=kind) for kind in (PhaseKind.PREPARATION, PhaseKind.REVIEW, PhaseKind.WORKSHOPS)]
    done = next(phase for phase in phases if phase.kind == closed)
    done.opens_on, done.closes_on = datetime.date(2026, 5, 1), datetime.date(2026, 5, 20)
    with clock.at(NOON):
        assert where_we_are(phase_steps(phases)) == f"Prochaine étape : {coming}, dates à venir"


def test_a_phase_closed_by_hand_says_no_day_to_come() -> None:
    phase = Phase(
        kind=PhaseKind.REVIEW,
        control=PhaseControl.CLOSED,
        opens_on=datetime.date(2026, 5, 1),
        closes_on=datetime.date(2026, 6, 20),
    )
    with clock.at(NOON):
        assert steps(phase) == [("done", "")]
