"""The version moves with whatever writes what anyone may read, in whatever way; and with nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone
from model_bakery import baker

from parvis.consultations.models import Consultation, Theme
from parvis.core import public_version as module
from parvis.core.public_triggers import PREFIX, install, missing
from parvis.core.public_version import Facts, UnwatchedTable, next_turn, public_version, watched_tables
from parvis.people.models import Organisation
from parvis.territories.models import Territory

WATCHED = sorted(
    (model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in watched_tables()),
    key=lambda model: model._meta.label,
)


def moves(write: Callable[[], object]) -> bool:
    before = public_version()
    write()
    return public_version() != before


def test_every_watched_table_is_the_table_of_a_model() -> None:
    assert {model._meta.db_table for model in WATCHED} == watched_tables()


@pytest.mark.django_db
@pytest.mark.parametrize("model", WATCHED, ids=lambda model: model._meta.label)
def test_every_way_to_write_moves_it(model: type[models.Model]) -> None:
    row = baker.make(model)
    rows, table = model._base_manager.filter(pk=row.pk), connection.ops.quote_name(model._meta.db_table)
    column = next(field.attname for field in model._meta.concrete_fields if not field.primary_key)
    value = getattr(row, column)
    (other,) = baker.prepare(model, _quantity=1, _save_related=True)
    ways: dict[str, Callable[[], object]] = {
        "save": row.save,
        "save some fields": lambda: row.save(update_fields=[column]),
        "update": lambda: models.QuerySet(model).filter(pk=row.pk).update(**{column: value}),
        "bulk_update": lambda: models.QuerySet(model).bulk_update([row], [column]),
        "SQL": lambda: connection.cursor().execute(f"UPDATE {table} SET id = id WHERE id = {row.pk}"),
        "bulk_create": lambda: model._base_manager.bulk_create([other]),
        "delete": lambda: rows._raw_delete(using="default"),
    }
    assert {name for name, way in ways.items() if not moves(way)} == set()


@pytest.mark.django_db
def test_a_statement_that_ignores_conflicts_moves_it_too() -> None:
    """On SQLite such a statement imposes its own conflict clause on what triggers do."""
    consultation = baker.make(Consultation)
    assert moves(lambda: Theme.objects.bulk_create([Theme(consultation=consultation, slug="a")], ignore_conflicts=True))


@pytest.mark.django_db
def test_what_nobody_reads_does_not_move_it() -> None:
    assert not moves(lambda: baker.make("people.User"))


@pytest.mark.django_db
def test_what_is_rolled_back_gives_the_former_version_back_and_a_new_one_to_what_follows() -> None:
    Territory.objects.create(name="Une", official_code="1")
    before, seen = public_version(), set()
    for name in ("Deux", "Trois"):
        with transaction.atomic():
            Territory.objects.create(name=name, official_code="2")
            seen.add(public_version())
            transaction.set_rollback(True)
        assert public_version() == before
    assert len(seen | {before}) == 3


@pytest.mark.django_db
def test_a_database_that_lacks_a_trigger_keeps_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_complete", set())
    baker.make(Territory)
    name, _, table = _first_trigger()
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))
    assert [found[0] for found in missing(watched_tables())] == [name]
    assert public_version() == ""
    install(watched_tables())
    assert public_version() != ""


def _first_trigger() -> tuple[str, str, str]:
    event = "INSERT" if connection.vendor == "sqlite" else "INSERT OR UPDATE OR DELETE OR TRUNCATE"
    return (f"{PREFIX}insert_territories_territory", event, "territories_territory")


@pytest.mark.django_db
def test_facts_are_computed_once_a_version_from_watched_rows_alone() -> None:
    asked = []

    def names(start: str) -> list[str]:
        asked.append(start)
        return list(Territory.objects.filter(name__startswith=start).order_by("id").values_list("name", flat=True))

    facts: Facts[str, list[str]] = Facts(names)
    Territory.objects.create(name="Abc", official_code="1")
    assert [facts.of("A", public_version()) for _ in range(2)] == [["Abc"], ["Abc"]]
    Territory.objects.create(name="Acc", official_code="2")
    assert (facts.of("A", public_version()), asked) == (["Abc", "Acc"], ["A", "A"])
    with pytest.raises(UnwatchedTable, match="people_organisation"):
        Facts(lambda _: Organisation.objects.count()).of("", public_version())


@pytest.mark.django_db
def test_without_a_version_facts_are_computed_each_time() -> None:
    asked: list[int] = []
    facts = Facts(lambda key: asked.append(key))
    facts.of(1, "")
    facts.of(1, "")
    assert asked == [1, 1]


PARIS = datetime.timezone(datetime.timedelta(hours=1))
NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=PARIS)
MIDNIGHT = datetime.datetime(2026, 11, 21, tzinfo=PARIS)


@pytest.mark.django_db
def test_the_next_turn_is_a_midnight_or_the_first_moment_that_is_written() -> None:
    assert next_turn(public_version(), NOON) == MIDNIGHT
    for label, column in TURNS:
        later = NOON + datetime.timedelta(hours=2, microseconds=5)
        row = baker.make(label, **_moments(label, column, later))
        assert next_turn(public_version(), NOON) == later, (label, column)
        assert next_turn(public_version(), later) == later, "what is made at this very moment is for no other"
        assert next_turn(public_version(), later + datetime.timedelta(microseconds=1)) == MIDNIGHT
        row.delete()


def _moments(label: str, column: str, moment: datetime.datetime) -> dict[str, Any]:
    before = {"starts_at": moment - datetime.timedelta(days=1)} if label == "meetings.Meeting" else {}
    return before | {column: moment}


TURNS = [
    ("consultations.Consultation", "embargo_until"),
    ("meetings.Meeting", "embargo_until"),
    ("meetings.Meeting", "ends_at"),
    ("meetings.Meeting", "starts_at"),
    ("sheets.ActionSheet", "embargo_until"),
]
FACTS_OF_THE_PAST = {
    "archived_at", "cancelled_at", "changed_at", "created_at", "erased_at", "hidden_at", "opened_at", "published_at",
    "shared_with_leads_at", "updated_at",
}  # fmt: skip
"""Moments that are written when they happen: never later than now, so never a turn."""


def test_every_moment_that_is_watched_is_a_turn_or_a_fact_of_the_past() -> None:
    moments = {
        (model._meta.label, field.column)
        for model in WATCHED
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and field.column not in FACTS_OF_THE_PAST
    }
    assert moments == set(TURNS)
    turns = {(model._meta.label, column) for model in WATCHED for column in module._watched[model._meta.db_table]}
    assert turns == set(TURNS)
    assert timezone.get_current_timezone_name() == "Europe/Paris"
