"""Phases and validation steps."""

from __future__ import annotations

import datetime

from django.test import Client

from parvis.consultations.models import Consultation

LIST = "/gestion/concertations/"


def test_phases_are_all_checked_before_any_is_saved(desk: Client, consultation: Consultation) -> None:
    address = f"{LIST}{consultation.code}/etapes/"
    form = {f"{phase.kind}-control": "dates" for phase in consultation.phases.all()}
    form |= {"review-opens_on": "2026-03-01", "workshops-opens_on": "2026-05-01", "workshops-closes_on": "2026-04-01"}
    answer = desk.post(address, form)
    assert answer.status_code == 422
    assert 'value="2026-04-01"' in answer.content.decode()
    assert consultation.phases.exclude(opens_on=None).count() == 0
    desk.post(address, form | {"workshops-closes_on": "2026-06-01", "residents-control": "open"})
    opened = {phase.kind: phase.is_open(datetime.date(2026, 5, 2)) for phase in consultation.phases.all()}
    assert [kind for kind, is_open in opened.items() if is_open] == ["review", "workshops", "residents"]


def test_steps_keep_their_order_and_refuse_one_twice(desk: Client, consultation: Consultation) -> None:
    address = f"{LIST}{consultation.code}/validation/"
    assert desk.post(address, {"step_0": "participants", "step_1": "participants"}).status_code == 422
    desk.post(address, {"step_0": "steering_committee", "step_1": "", "step_2": "participants"})
    assert [step.kind for step in consultation.steps.all()] == ["steering_committee", "participants"]
