"""A query compiled once answers for any value, and keeps nothing of the day it was compiled."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from parvis.core import clock
from parvis.core.access import rule, rules_noted
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
        assert list(statement(verb)) == list(entries(verb))


def test_each_value_goes_to_its_own_place_even_when_two_are_alike() -> None:
    columns = JournalEntry.objects.order_by("id").values_list("id")
    statement = Statement(lambda verb, subject: columns.filter(subject=subject, verb=verb), VERB, VERB)
    entry = write("a", "b")
    assert list(statement("a", "b")) == [(entry.pk,)]
    assert (list(statement("b", "a")), list(statement("a", "a"))) == ([], [])


def test_it_is_built_once() -> None:
    built: list[object] = []

    def build(verb: Any) -> QuerySet[Any, Any]:
        built.append(verb)
        return entries(verb)

    statement = Statement(build, VERB)
    with CaptureQueriesContext(connection) as asked:
        statement("a")
        statement("b")
    assert (len(built), len(asked)) == (1, 2)


def test_a_list_has_a_place_for_each_of_its_values() -> None:
    made = [write(verb, "x").pk for verb in "abc"]
    ids = JournalEntry.objects.order_by("id").values_list("id")
    statement = Statement(lambda verbs, subject: ids.filter(verb__in=verbs, subject=subject), VERB, VERB)
    assert list(statement(["a", "c"], "x")) == [(made[0],), (made[2],)]
    assert list(statement(["b"], "x")) == [(made[1],)]
    assert (list(statement(["b"], "y")), list(statement(["c", "b"], "x"))) == ([], [(made[1],), (made[2],)])


def test_the_present_moment_is_the_one_of_each_run() -> None:
    statement = Statement(lambda: JournalEntry.objects.filter(at__lte=clock.now()).order_by("id").values_list("verb"))
    write("a", "x")
    assert statement() == [("a",)]
    with clock.at(clock.now() - datetime.timedelta(days=1)):
        assert statement() == []
    assert statement() == [("a",)]


@pytest.mark.parametrize("asked", [clock.today, lambda: clock.now().date()])
def test_a_query_that_would_keep_the_day_it_was_compiled_is_refused(asked: Any) -> None:
    statement = Statement(lambda: JournalEntry.objects.filter(at__lte=asked()).values_list("verb"))
    with pytest.raises((AttributeError, TypeError, ValueError)):
        statement()


@rule
def written(prefix: str = "") -> Q:
    return Q(**{f"{prefix}actor": "a"})


def test_each_run_notes_the_rules_that_it_was_built_by() -> None:
    statement = Statement(lambda verb: entries(verb).filter(written()), VERB)
    for _ in range(2):
        with rules_noted() as called:
            statement("a")
        assert called == {written}
