"""Thirty-two hands on one opinion leave one opinion, and the last intention. Real threads, a real file."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.outbox import apply_ops
from parvis.gathering.opinion_recount import recount_opinions
from parvis.sheets.models import Opinion
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 32
PEOPLE = 20


def race(people: list[Participant], sheet: str) -> None:
    """Every hand of every person at once, each with its own operation."""
    start = threading.Barrier(HANDS)

    def hand(number: int) -> None:
        try:
            start.wait(timeout=30)
            for person in people:
                value = "continue" if number == HANDS - 1 else "adapt"
                op = {"op_id": str(uuid.uuid4()), "seq": number + 1, "kind": "opinion", "sheet": sheet, "value": value}
                assert apply_ops(person, f"d{number}", [op]).results[0].status == "applied"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(hand, range(HANDS)))


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


def test_without_the_constraint_the_race_is_lost(on_a_file: None) -> None:
    world = make_sheets()
    people = [world.participant(world.caf) for _ in range(2)]
    with without_the_constraint():
        race(people, world.permis.code)
        assert Opinion.objects.count() == HANDS * len(people)
