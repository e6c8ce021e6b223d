"""Thirty-two hands on one opinion leave one opinion, and the last intention. Real threads, a real file."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection, connections

from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.outbox import apply_ops
from parvis.gathering.recount.opinions import recount_opinions
from parvis.sheets.models import Opinion
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 32
PEOPLE = 20


def opinion(sheet: str, seq: int, value: str) -> dict[str, Any]:
    return {"op_id": str(uuid.uuid4()), "seq": seq, "kind": "opinion", "sheet": sheet, "value": value}


def at_once(hand: Callable[[int], list[str]]) -> list[str]:
    """What every hand answers, all of them starting together."""
    start = threading.Barrier(HANDS)

    def started(number: int) -> list[str]:
        try:
            start.wait(timeout=30)
            return hand(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        return [status for statuses in hands.map(started, range(HANDS)) for status in statuses]


def race(people: list[Participant], sheet: str) -> None:
    """Every hand of every person at once, each with its own operation."""

    def hand(number: int) -> list[str]:
        value = "continue" if number == HANDS - 1 else "adapt"
        device = f"d{number}"
        return [apply_ops(one, device, [opinion(sheet, number + 1, value)]).results[0].status for one in people]

    assert set(at_once(hand)) == {"applied"}


@contextmanager
def without_the_constraint() -> Iterator[None]:
    """The same table without the guard, for as long as the block lasts."""
    options, kept = Opinion._meta, Opinion._meta.constraints
    once = next(each for each in kept if each.name == "opinion_once")
    options.constraints = [each for each in kept if each is not once]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Opinion, once)
    try:
        yield
    finally:
        options.constraints = kept
        Opinion.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Opinion, once)


def test_thirty_two_hands_twenty_people_twenty_opinions(on_a_file: None) -> None:
    world = make_sheets()
    people = [world.participant(world.caf) for _ in range(PEOPLE)]
    race(people, world.permis.code)
    assert Opinion.objects.count() == PEOPLE
    assert set(Opinion.objects.values_list("value", flat=True)) == {"continue"}
    assert OutboxOp.objects.count() == PEOPLE * HANDS
    assert recount_opinions() == ({world.permis.code: {"continue": PEOPLE}}, [])


def test_one_operation_sent_by_thirty_two_hands_is_applied_once(on_a_file: None) -> None:
    world = make_sheets()
    people = [world.participant(world.caf) for _ in range(PEOPLE)]
    same = [opinion(world.permis.code, 1, "continue") for _ in people]
    found = at_once(
        lambda _: [apply_ops(one, "d", [op]).results[0].status for one, op in zip(people, same, strict=True)]
    )
    assert Counter(found) == {"applied": PEOPLE, "duplicate": PEOPLE * (HANDS - 1)}
    assert recount_opinions() == ({world.permis.code: {"continue": PEOPLE}}, [])


def test_without_the_constraint_nothing_is_written(on_a_file: None) -> None:
    """The statement names its constraint: it refuses to write rather than write twice."""
    world = make_sheets()
    someone = world.participant(world.caf)
    with without_the_constraint():
        with pytest.raises((OperationalError, ProgrammingError)):
            apply_ops(someone, "d", [opinion(world.permis.code, 1, "continue")])
        assert (Opinion.objects.count(), OutboxOp.objects.count()) == (0, 0)
