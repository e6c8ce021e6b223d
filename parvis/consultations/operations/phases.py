"""The eight phases: their dates, and the agents who open or close them whatever the dates say."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from parvis.consultations.enums import PhaseControl, PhaseKind
from parvis.consultations.models import Consultation, Phase
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.people.models import User


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """When a phase opens and closes, and what decides it."""

    kind: str
    opens_on: datetime.date | None
    closes_on: datetime.date | None
    control: str = PhaseControl.DATES


@transaction.atomic
def plan_phases(actor: User, consultation: Consultation, plans: Sequence[PhasePlan]) -> list[Phase]:
    """Write the plans; phases may overlap. Each phase that changes has its journal row. Returns those that changed."""
    phases = {phase.kind: phase for phase in Phase.objects.select_for_update().filter(consultation=consultation)}
    changed = []
    for plan in plans:
        if plan.opens_on and plan.closes_on and plan.closes_on < plan.opens_on:
            label = PhaseKind(plan.kind).label
            raise RefusedInput(f"« {label} » ferme avant d'ouvrir : corrigez l'une des deux dates.")
        phase = phases[plan.kind]
        opens_on = _opening(phase, plan)
        if (phase.opens_on, phase.closes_on, phase.control) == (opens_on, plan.closes_on, plan.control):
            continue
        phase.opens_on, phase.closes_on, phase.control = opens_on, plan.closes_on, plan.control
        phase.save(update_fields=["opens_on", "closes_on", "control"])
        changed.append(phase)
        _write_down(actor, consultation, phase)
    return changed


@transaction.atomic
def control_phase(actor: User, consultation: Consultation, kind: PhaseKind, control: PhaseControl) -> None:
    """Open or close a phase by hand, or give it back to its dates."""
    phase = Phase.objects.select_for_update().get(consultation=consultation, kind=kind)
    if phase.control == control:
        return
    phase.opens_on = _opening(phase, PhasePlan(kind, phase.opens_on, phase.closes_on, control))
    phase.control = control
    phase.save(update_fields=["opens_on", "control"])
    _write_down(actor, consultation, phase)


def _opening(phase: Phase, plan: PhasePlan) -> datetime.date | None:
    """The planned day. A phase opened by hand without one, or ahead of it, opens today: else what comes late would
    seem early."""
    if plan.control != PhaseControl.OPEN:
        return plan.opens_on
    today = clock.today()
    return min(plan.opens_on or phase.opens_on or today, plan.closes_on or today, today)


def _write_down(actor: User, consultation: Consultation, phase: Phase) -> None:
    journal.record(
        actor,
        "plan_phase",
        consultation,
        phase=phase.kind,
        opens_on=phase.opens_on.isoformat() if phase.opens_on else None,
        closes_on=phase.closes_on.isoformat() if phase.closes_on else None,
        control=phase.control,
    )
