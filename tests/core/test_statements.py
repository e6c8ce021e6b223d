"""A query compiled once answers for any value, and keeps nothing of the day it was compiled."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from parvis.core import clock
from parvis.core.clock import ClockRefused
from parvis.core.models import JournalEntry
from parvis.core.statements import Statement

pytestmark = pytest.mark.django_db
VERB = JournalEntry._meta.get_field("verb")


def entries(verb: Any) -> QuerySet[Any, Any]:
    return JournalEntry.objects.filter(verb=verb).order_by("id").values_list("subject", "at", "values")


def write(verb: str, subject: str) -> JournalEntry:
    return JournalEntry.objects.create(at=clock.now(), actor="a", verb=verb, subject=subject, values={"n": 1})


def test_it_answers_as_the_queryset_does_with_other_values() -> None:
    statement = Statement(entries, VERB)
    for verb in ("été", "'; --"):
        write(verb, f"of {verb}")
    for verb in ("été", "'; --", "none"):
        assert list(statement.rows(verb)) == list(entries(verb))


def test_each_value_goes_to_its_own_place_even_when_two_are_alike() -> None:
    columns = JournalEntry.objects.order_by("id").values_list("id")
    statement = Statement(lambda verb, subject: columns.filter(subject=subject, verb=verb), VERB, VERB)
    entry = write("a", "b")
    assert list(statement.rows("a", "b")) == [(entry.pk,)]
    assert (list(statement.rows("b", "a")), list(statement.rows("a", "a"))) == ([], [])


def test_it_is_built_once() -> None:
    built: list[object] = []

    def build(verb: Any) -> QuerySet[Any, Any]:
        built.append(verb)
        return entries(verb)

    statement = Statement(build, VERB)
    with CaptureQueriesContext(connection) as asked:
        statement.rows("a")
        statement.rows("b")
    assert (len(built), len(asked)) == (1, 2)


@pytest.mark.parametrize("asked", [clock.now, clock.today])
def test_a_query_that_asks_the_time_is_refused(asked: Any) -> None:
    statement = Statement(lambda verb: entries(verb).filter(at__date=asked()), VERB)
    with pytest.raises(ClockRefused):
        statement.rows("a")
    assert clock.now() is not None, "refused inside alone"
