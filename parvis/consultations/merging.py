"""Two rows that become one: whatever points at the absorbed one then points at the other.

What points at a row is found by looking at the models, so that a relation added tomorrow is moved too. Where the
database keeps one row only of what would then be two, the app that owns them says what becomes of both (`settle_with`);
where nobody said, the merge is refused rather than anything lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model, Q, UniqueConstraint

from parvis.core.errors import RefusedInput
from parvis.people.models import Organisation

Settle = Callable[[Any, Any], None]
"""Given the row that stands and the one that comes and may not stand beside it: leaves one of them, or both apart."""
Check = Callable[[], None]
Watch = Callable[[Organisation, Organisation], Check]
"""Called before the kept and the absorbed organisation are merged; what it returns is called after, and may refuse."""
_Field: TypeAlias = "Field[Any, Any]"
_UniqueSet = tuple[tuple[str, ...], Q]

TWO_OF_ONE: Final = (
    "Les deux organismes ont chacun « {} », et un seul peut rester : rien n'est changé. "
    "Retirez l'un des deux, puis recommencez."
)
_settlers: dict[type[Model], Settle] = {}
_watches: list[Watch] = []


def settle_with(model: type[Model], settle: Settle) -> None:
    """Say, in `AppConfig.ready()`, what becomes of two rows of `model` that may not both stand."""
    if model in _settlers:
        raise ValueError(f"who settles {model.__name__} is registered twice")
    _settlers[model] = settle


def watch_merges(watch: Watch) -> None:
    """Say, in `AppConfig.ready()`, what must not move when organisations are merged."""
    _watches.append(watch)


def watched(kept: Organisation, absorbed: Organisation) -> list[Check]:
    """What is to be asked once the merge is written."""
    return [watch(kept, absorbed) for watch in _watches]


def references_to(model: type[Model]) -> Iterator[tuple[type[Model], _Field]]:
    """Every column that points at rows of `model`, those of many-to-many relations included."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.local_concrete_fields:
            if field.remote_field is not None and field.remote_field.model is model:
                yield other, field


def count_references(row: Model) -> Counter[type[Model]]:
    """How many rows of each model point at `row`."""
    counts: Counter[type[Model]] = Counter()
    for model, field in references_to(type(row)):
        counts[model] += model._base_manager.filter(**{field.name: row.pk}).count()
    return +counts


def absorb(kept: Model, absorbed: Model) -> Counter[type[Model]]:
    """Have all that pointed at `absorbed` point at `kept`, then delete it; how many rows of each model moved.

    The row is deleted by itself, without what Django would delete with it: what someone adds to it meanwhile breaks the
    transaction instead of vanishing.
    """
    moved: Counter[type[Model]] = Counter()
    for model, field in references_to(type(kept)):
        moved[model] += _move(model, field, kept, absorbed)
    quoted = connection.ops.quote_name
    table, key = quoted(absorbed._meta.db_table), quoted(str(absorbed._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [absorbed.pk])  # noqa: S608 - our own names
    return +moved


def _move(model: type[Model], field: _Field, kept: Model, absorbed: Model) -> int:
    pointing = model._base_manager.filter(**{field.name: absorbed.pk}).order_by("pk")
    unique_sets = list(_unique_sets(model, field))
    if not unique_sets:
        return pointing.update(**{field.name: kept.pk})
    moved = 0
    for row in pointing:
        twin = _twin(row, field, kept, unique_sets)
        if twin is not None:
            _settle(model, twin, row)
        moved += model._base_manager.filter(pk=row.pk).update(**{field.name: kept.pk})
    return moved


def _settle(model: type[Model], standing: Model, coming: Model) -> None:
    if model._meta.auto_created:
        model._base_manager.filter(pk=coming.pk).delete()  # the same link twice
        return
    settle = _settlers.get(model)
    if settle is None:
        raise RefusedInput(TWO_OF_ONE.format(model._meta.verbose_name))
    settle(standing, coming)


def _unique_sets(model: type[Model], field: _Field) -> Iterator[_UniqueSet]:
    """The sets of columns, `field` among them, of which the database keeps one row; under which condition."""
    if field.unique:
        yield (field.name,), Q()
    for names in model._meta.unique_together:
        if field.name in names:
            yield tuple(names), Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            yield tuple(constraint.fields), constraint.condition or Q()


def _twin(row: Model, field: _Field, kept: Model, unique_sets: list[_UniqueSet]) -> Model | None:
    """The row that keeps `row` from pointing at `kept`."""
    rows = row.__class__._base_manager
    for names, condition in unique_sets:
        others = (name for name in names if name != field.name)
        values = {field.name: kept.pk, **{name: row.serializable_value(name) for name in others}}
        if None in values.values() or not rows.filter(condition, pk=row.pk).exists():
            continue
        twin = rows.filter(condition, **values).exclude(pk=row.pk).first()
        if twin is not None:
            return twin
    return None
