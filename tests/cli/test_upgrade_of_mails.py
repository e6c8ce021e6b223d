"""A base of the time when invitations and reminders held the state of their mail: what waited joins the queue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.databases import database_of
from tests.cli.parvis_command import parvis

_BEFORE = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
executor = MigrationExecutor(connection)
targets = [("consultations", "0004_logo"), ("meetings", "0009_derived_columns"), ("core", "0001_initial")]
executor.migrate(targets)
old = MigrationExecutor(connection).loader.project_state(targets).apps
now = timezone.now()
place = old.get_model("territories", "Territory").objects.create(kind="intercommunality", name="Lune", code="lune")
Consultation = old.get_model("consultations", "Consultation")
cycle = Consultation.objects.create(code="cycle", title="T", slug="t", territory=place)
Meeting = old.get_model("meetings", "Meeting")
meet = Meeting.objects.create(code="m", consultation=cycle, title="A", territory=place, starts_at=now)
other = Meeting.objects.create(code="o", consultation=cycle, title="B", territory=place, starts_at=now)
house = old.get_model("people", "Organisation").objects.create(territory=place, name="CAF", code="caf")
states = {"queued": "", "sending": "", "failed": now, "sent": now, "": None}
for number, (state, reminded) in enumerate(states.items()):
    contact = old.get_model("people", "Contact").objects.create(
        organisation=house, code=f"c{number}", email=f"{number}@caf.example")
    old.get_model("consultations", "Invitation").objects.create(
        code=f"i{number}", consultation=cycle, kind="contact", contact=contact, token_hash=f"h{number}",
        mail_state=state, reminded_at=reminded or None)
    for each in (meet, other):
        old.get_model("meetings", "Attendance").objects.create(
            meeting=each, contact=contact, mail_state=state, updated_at=now)
"""
_AFTER = """
import json
from parvis.consultations.models import Invitation
from parvis.core.models import OutgoingMail
from parvis.meetings.models import Attendance
def told(model, name):
    rows = model.objects.order_by(name, "pk").values_list(name, "mail__purpose", "mail__state", "mail__about")
    return [list(row) for row in rows]
print(json.dumps([told(Invitation, "code"), told(Attendance, "contact__code"), OutgoingMail.objects.count()]))
"""


@pytest.fixture(params=["embedded", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    with database_of(request.param) as environment:
        yield environment


def test_what_waited_joins_the_queue_and_what_left_does_not(database: dict[str, str], tmp_path: Path) -> None:
    for script in (_BEFORE, None):
        words = ("shell", "-v", "0", "-c", script) if script else ("migrate",)
        done = parvis(tmp_path, "manage", *words, **database)
        assert done.returncode == 0, done.stderr
    told = parvis(tmp_path, "manage", "shell", "-v", "0", "-c", _AFTER, **database)
    invitations, attendances, mails = json.loads(told.stdout)
    nothing = [None, None, None]
    assert invitations == [
        ["i0", "invitation", "waiting", "cycle"], ["i1", "invitation", "cut", "cycle"],
        ["i2", "invitation_reminder", "refused", "cycle"], ["i3", *nothing], ["i4", *nothing],
    ]  # fmt: skip
    states = ["waiting", "cut", "refused", None, None]
    assert attendances == [
        [f"c{rank}", "meeting_reminder" if state else None, state, "cycle" if state else None]
        for rank, state in enumerate(states) for _ in range(2)
    ]  # fmt: skip
    assert mails == 6
