"""The columns of a base of before are computed again, in batches."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from model_bakery import baker

from parvis.consultations.models import Contribution
from parvis.people.models import Organisation

pytestmark = pytest.mark.django_db
migration = import_module("parvis.publishing.migrations.0005_search_keys")


def leave_behind(model: type[Contribution] | type[Organisation], column: str, pk: int, value: str) -> None:
    """What nothing but SQL can do any more."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", [value, pk])


def compute_again() -> None:
    """As `migrate` does, with the models as migrations know them."""
    migration.compute_again(MigrationLoader(connection).project_state().apps, None)


def test_erased_words_leave_the_search_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows, two in memory at once."""
    monkeypatch.setattr(migration._former, "_AT_ONCE", 2)
    rows = [baker.make(Contribution, text=f"Reste É {rank}", details=["Œuvre"]) for rank in range(3)]
    for row in rows:
        leave_behind(Contribution, "search_key", row.pk, "reste e zebulon")
    compute_again()
    keys = [row.search_key for row in Contribution.objects.order_by("pk")]
    assert keys == ["rest e 0 oeuvr", "rest e 1 oeuvr", "rest e 2 oeuvr"]


def test_every_column_stands_for_what_the_models_derive() -> None:
    """The migration and the models compute the same; identities of registers are written with their source."""
    for label, name, column, sources, derive in migration.COLUMNS:
        field = apps.get_model(label, name)._meta.get_field(column)
        values = [["Œuvre É", "bis"] if source == "details" else f"Œuvre É Ł {source}" for source in sources]
        assert (list(field.sources), field.of(values)) == (sources, derive(*values)[: field.max_length])


def test_a_name_that_two_rows_would_hold_stops_nothing() -> None:
    first = baker.make(Organisation, name="Mission locale")
    second = baker.make(Organisation, name="MISSION LOCALE bis", territory=first.territory)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_organisation SET name = 'Mission  Locale' WHERE id = %s", [second.pk])
    compute_again()
    second.refresh_from_db()
    assert second.sort_key == "mission locale bis"
