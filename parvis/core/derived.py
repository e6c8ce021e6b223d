"""Columns computed from others of the same row, written by nobody else: keys for search, for order, for uniqueness.

Whatever writes a source writes the column in the same statement: `save()` with or without `update_fields`, the
operations on many rows, fixtures. What cannot be computed without reading the rows is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.core import checks
from django.db import models

from parvis.core.text import fold

_M = TypeVar("_M", bound=models.Model)


class NotDerivable(TypeError):
    """A write of many rows touched what a column is computed from, without saying what that column becomes."""


def joined(*parts: Any) -> str:
    """Texts, and lists of texts, one after the other, folded."""
    texts = (text for part in parts for text in (part if isinstance(part, list) else [part]))
    return fold(" ".join(texts))


class _DerivedField(models.Field):  # type: ignore[type-arg]  # Django has no generic field
    """`derive` is given the value of each of `sources`, in order. Cut at `max_length` when there is one.

    Migrations see the plain column: they compute what it held by themselves.
    """

    def __init__(
        self, *args: Any, sources: Sequence[str] = (), derive: Callable[..., str] = joined, **options: Any
    ) -> None:
        self.sources, self.derive = tuple(sources), derive
        super().__init__(*args, **options | {"editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, options = super().deconstruct()
        plain = next(base for base in type(self).__mro__ if base.__module__.startswith("django."))
        return name, f"django.db.models.{plain.__name__}", args, options

    def clone(self) -> Any:
        copy = super().clone()
        copy.sources, copy.derive = self.sources, self.derive
        return copy

    def of(self, values: Iterable[Any]) -> str:
        """The column, for these values of its sources."""
        return self.derive(*values)[: self.max_length]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if self.sources:
            setattr(model_instance, self.attname, self.of(getattr(model_instance, name) for name in self.sources))
        return super().pre_save(model_instance, add)

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        """Refuse, at start-up, a model that leaves a way round."""
        model = self.model
        unknown = {*self.sources} - {field.name for field in model._meta.concrete_fields}
        managers = [*model._meta.managers, model._base_manager]
        faults = {
            "sources must name columns of the model": bool(unknown) or not self.sources,
            "the model must inherit from DerivedModel": not issubclass(model, DerivedModel),
            "every manager must give a DerivedQuerySet": not all(
                isinstance(manager.get_queryset(), DerivedQuerySet) for manager in managers
            ),
        }
        return [
            *super().check(**options),
            *(checks.Error(fault, obj=self, id="parvis.E001") for fault, holds in faults.items() if holds),
        ]


class DerivedCharField(_DerivedField, models.CharField):  # type: ignore[type-arg]
    """A derived column of at most `max_length` characters."""


class DerivedTextField(_DerivedField, models.TextField):  # type: ignore[type-arg]
    """A derived column of any length."""


class DerivedQuerySet(models.QuerySet[_M]):
    """Writes many rows without leaving a derived column behind."""

    def update(self, **values: Any) -> int:
        """As Django's. A derived column follows when each of its sources is given as a value; else `NotDerivable`."""
        for field in derived_fields(self.model):
            if not values.keys() & {field.name, *field.sources}:
                continue
            given = [values[name] for name in field.sources if name in values]
            if len(given) < len(field.sources) or any(hasattr(value, "resolve_expression") for value in given):
                raise NotDerivable(f"{field}: give each of {', '.join(field.sources)} a value, or save each row.")
            values[field.name] = field.of(given)
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]  # what templates may not call

    def bulk_create(
        self,
        objs: Iterable[_M],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[_M]:
        """As Django's. On a conflict, what goes together is updated together."""
        whole = update_fields and sorted(written_together(self.model, update_fields))
        return super().bulk_create(objs, batch_size, ignore_conflicts, update_conflicts, whole, unique_fields)


class DerivedModel(models.Model):
    """A model with derived columns."""

    objects = DerivedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _save_table(
        self,
        raw: bool = False,
        cls: type[models.Model] | None = None,
        force_insert: bool = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> bool:
        """A source is saved with all that its derived column is computed from, and the column.

        Django's own hook under every save: fixtures go past `save` and `save_base`, and skip `pre_save`.
        """
        if raw:
            for field in derived_fields(type(self)):
                field.pre_save(self, add=False)
        whole = update_fields and written_together(type(self), update_fields)
        saved: bool = super()._save_table(raw, cls, force_insert, force_update, using, whole)  # type: ignore[misc]
        return saved


def derived_fields(model: type[models.Model]) -> Iterator[_DerivedField]:
    """The derived columns of a model."""
    return (field for field in model._meta.concrete_fields if isinstance(field, _DerivedField))


def written_together(model: type[models.Model], names: Iterable[str]) -> frozenset[str]:
    """`names`, and the columns of `model` that cannot be written without them."""
    whole = frozenset(names)
    for field in derived_fields(model):
        group = {field.name, *field.sources}
        if group & whole and not group <= whole:
            return written_together(model, whole | group)
    return whole
