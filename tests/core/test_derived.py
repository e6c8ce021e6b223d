"""Derived columns: whatever writes a row, the column says what its sources say. Models are found by introspection."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import isolate_apps
from model_bakery import baker

from parvis.core.bulk_write import update_rows
from parvis.core.derived import DerivedCharField, DerivedModel, NotDerivable, derived_fields

DERIVING = [model for model in apps.get_models() if any(derived_fields(model))]
_numbers = count(1)


def another(model: type[models.Model], name: str) -> Any:
    """A value that this column never had."""
    text = f"Œuvre É {next(_numbers)}"
    field = model._meta.get_field(name)
    if isinstance(field, models.JSONField):
        return [text, f"{text} bis"]
    return f"oe{next(_numbers)}@organisme.example" if isinstance(field, models.EmailField) else text


def sources_of(model: type[models.Model]) -> list[str]:
    return sorted({name for field in derived_fields(model) for name in field.sources})


def fresh(model: type[models.Model]) -> Any:
    """A row in the database, its sources known."""
    return baker.make(model, **{name: another(model, name) for name in sources_of(model)})


def stale(model: type[models.Model]) -> list[Any]:
    """Rows whose column does not say what their sources say, read in the database."""
    return [
        row
        for field in derived_fields(model)
        for row in model._base_manager.order_by("pk").values(field.name, *field.sources)
        if row[field.name] != field.of(row[name] for name in field.sources)
    ]


def save_all(row: Any, name: str) -> None:
    setattr(row, name, another(type(row), name))
    row.save()


def save_the_source(row: Any, name: str) -> None:
    setattr(row, name, another(type(row), name))
    row.save(update_fields=[name])


def save_the_column_alone(row: Any, name: str) -> None:
    """With a source changed in memory, and not saved."""
    setattr(row, name, another(type(row), name))
    row.save(update_fields=[field.name for field in derived_fields(type(row))])


def save_a_source_while_others_changed_in_memory(row: Any, name: str) -> None:
    for source in sources_of(type(row)):
        setattr(row, source, another(type(row), source))
    row.save(update_fields=[name])


def save_a_row_read_before_another_changed_it(row: Any, name: str) -> None:
    former = type(row).objects.get(pk=row.pk)
    for source in sources_of(type(row)):
        setattr(row, source, another(type(row), source))
    row.save()
    setattr(former, name, another(type(row), name))
    former.save(update_fields=[name])


def save_without_reading_the_column(row: Any, name: str) -> None:
    half = type(row).objects.defer(*[field.name for field in derived_fields(type(row))]).get(pk=row.pk)
    setattr(half, name, another(type(row), name))
    half.save()


def save_having_read_one_source(row: Any, name: str) -> None:
    part = type(row).objects.only(name).get(pk=row.pk)
    setattr(part, name, another(type(row), name))
    part.save()


def save_a_wrong_column(row: Any, name: str) -> None:
    for field in derived_fields(type(row)):
        setattr(row, field.name, "faux")
    row.save()


def save_a_fixture(row: Any, name: str) -> None:
    (told,) = json.loads(serializers.serialize("json", [row]))
    told["fields"][name] = another(type(row), name)
    for one in serializers.deserialize("json", json.dumps([told])):
        one.save()


def update_the_source(row: Any, name: str) -> None:
    type(row).objects.filter(pk=row.pk).update(**{name: another(type(row), name)})


def update_every_source(row: Any, name: str) -> None:
    type(row).objects.filter(pk=row.pk).update(**{each: another(type(row), each) for each in sources_of(type(row))})


def update_through_the_base_manager(row: Any, name: str) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**{name: another(type(row), name)})


def update_by_an_expression(row: Any, name: str) -> None:
    for source in sources_of(type(row)):
        type(row).objects.filter(pk=row.pk).update(**{source: Concat(F(source), Value(" suite"))})


def update_the_column(row: Any, name: str) -> None:
    for field in derived_fields(type(row)):
        type(row).objects.filter(pk=row.pk).update(**{field.name: "faux"})


def update_or_create(row: Any, name: str) -> None:
    type(row).objects.update_or_create(pk=row.pk, defaults={name: another(type(row), name)})


def bulk_update(row: Any, name: str) -> None:
    setattr(row, name, another(type(row), name))
    type(row).objects.bulk_update([row], [name])


def update_rows_together(row: Any, name: str) -> None:
    setattr(row, name, another(type(row), name))
    update_rows([row], [name])


def bulk_create(row: Any, name: str) -> None:
    values = {each: another(type(row), each) for each in sources_of(type(row))}
    other = baker.prepare(type(row), _save_related=True, **values)
    type(row).objects.bulk_create([other])


def bulk_create_over_a_row_that_stands(row: Any, name: str) -> None:
    setattr(row, name, another(type(row), name))
    type(row).objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=[name])


WRITES: list[Callable[[Any, str], None]] = [
    save_all, save_the_source, save_the_column_alone, save_a_source_while_others_changed_in_memory,
    save_a_row_read_before_another_changed_it, save_without_reading_the_column, save_having_read_one_source,
    save_a_wrong_column, save_a_fixture, update_the_source, update_every_source, update_through_the_base_manager,
    update_by_an_expression, update_the_column, update_or_create, bulk_update, update_rows_together,
    bulk_create,
    bulk_create_over_a_row_that_stands,
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
@pytest.mark.parametrize("model", DERIVING, ids=lambda model: model._meta.label)
def test_nothing_writes_a_source_without_its_column(
    model: type[models.Model], write: Callable[[Any, str], None]
) -> None:
    """The write is either done with the column, or refused and not done."""
    for name in sources_of(model):
        row = fresh(model)
        before = model._base_manager.filter(pk=row.pk).values().get()
        try:
            with transaction.atomic():
                write(row, name)
        except NotDerivable:
            assert model._base_manager.filter(pk=row.pk).values().get() == before
        assert stale(model) == []


@pytest.mark.django_db
def test_what_hangs_from_a_row_is_written_by_the_same_rules() -> None:
    """Related managers give the query set of the model."""
    row = fresh(apps.get_model("consultations", "Contribution"))
    minutes = baker.make("meetings.Minutes", contributions=[row])
    for rows in (row.consultation.contributions, minutes.contributions):
        with pytest.raises(NotDerivable):
            rows.update(text="autre")


def test_what_is_derived_from_what() -> None:
    """Another line here comes with a migration that computes what stands (`meetings/migrations/0009`)."""
    assert {str(field): field.sources for model in DERIVING for field in derived_fields(model)} == {
        "territories.Territory.sort_key": ("name",),
        "people.Organisation.sort_key": ("name",),
        "people.Contact.sort_key": ("name", "position", "email"),
        "consultations.Consultation.sort_key": ("title",),
        "consultations.ThemeAlias.key": ("label",),
        "consultations.Contribution.search_key": ("text", "details"),
        "consultations.GlossaryEntry.sort_key": ("acronym",),
        "sheets.ActionSheet.sort_key": ("title",),
        "meetings.Meeting.search_key": ("title", "introduction", "place"),
        "meetings.Headcount.key": ("organisation",),
        "meetings.HeadingWord.key": ("phrase",),
    }


@isolate_apps("parvis.core")
def test_a_model_that_leaves_a_way_round_is_refused_at_start_up() -> None:
    class Plain(models.Model):  # noqa: DJ008
        name = models.CharField(max_length=10)
        key = DerivedCharField(max_length=10, sources=["name"])

        class Meta:
            app_label = "core"

    class OtherManager(DerivedModel):
        name = models.CharField(max_length=10)
        key = DerivedCharField(max_length=10, sources=["name"])
        everyone = models.Manager()

        class Meta:
            app_label = "core"

    class NoSource(DerivedModel):
        key = DerivedCharField(max_length=10, sources=["nom"])

        class Meta:
            app_label = "core"

    faults = {model.__name__: [fault.msg for fault in model.check()] for model in (Plain, OtherManager, NoSource)}
    assert faults == {
        "Plain": ["the model must inherit from DerivedModel", "every manager must give a DerivedQuerySet"],
        "OtherManager": ["every manager must give a DerivedQuerySet"],
        "NoSource": ["sources must name columns of the model"],
    }
