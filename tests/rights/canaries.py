"""A word that nobody of another town may ever meet, put in every text field of every row.

Fields are found by looking at the models: one that is added tomorrow is filled too, and a model without a row fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

MARK = "zqx7"
FINDABLE = "trouvemoi"
"""Written beside the mark wherever there is room: what a search is asked for."""
_TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def our_models() -> list[type[models.Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("parvis.")]


def text_fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Those where words can stand; a choice among codes is none."""
    for field in model._meta.concrete_fields:
        if isinstance(field, _TEXTS) and not field.choices:
            yield field


def fill(*, public: frozenset[str]) -> list[str]:
    """Put the mark everywhere but in the models of `public`. Returns the models that have no row."""
    empty = []
    for model in our_models():
        rows = list(model._default_manager.order_by("pk"))
        if not rows:
            empty.append(model._meta.label)
        if model._meta.label in public:
            continue
        for number, row in enumerate(rows):
            values = {field.name: _marked(field, getattr(row, field.name), number) for field in text_fields(model)}
            if values:
                model._default_manager.filter(pk=row.pk).update(**values)
    return empty


def _marked(field: models.Field[Any, Any], value: Any, number: int) -> Any:
    label = f"{MARK} {FINDABLE} {field.model.__name__}.{field.name} {number}"
    if isinstance(field, models.BinaryField):
        return label.encode()
    if isinstance(field, models.JSONField):
        return _inside(value, label) or ([label] if isinstance(value, list) else {MARK: label})
    if isinstance(field, models.EmailField):
        return f"{MARK}-{number}@{FINDABLE}.example"
    length = field.max_length or 10_000
    if isinstance(field, models.SlugField) or length < len(label):
        short = f"{MARK}{number:02d}"
        return (short.upper() if length < 7 else short)[:length]
    return label


def _inside(value: Any, label: str) -> Any:
    """The same shape, its words replaced."""
    if isinstance(value, str):
        return label
    if isinstance(value, list):
        return [_inside(each, label) for each in value]
    if isinstance(value, dict):
        return {name: _inside(each, label) for name, each in value.items()}
    return value
