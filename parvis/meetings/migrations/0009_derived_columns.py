"""Compute again the columns that are derived from others: some kept words erased from the columns they come from."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, migrations, transaction

from parvis.core.text import fold

_AT_ONCE = 1_000


def _one(text: str) -> str:
    return fold(text)


def _all(*texts: str) -> str:
    return fold(" ".join(texts))


def _with_details(text: str, details: list[str]) -> str:
    return fold(" ".join([text, *details]))


def _first(*texts: str) -> str:
    return fold(next((text for text in texts if text), "Contact effacé"))


COLUMNS: list[tuple[str, str, str, list[str], Callable[..., str]]] = [
    ("territories", "Territory", "sort_key", ["name"], _one),
    ("people", "Organisation", "sort_key", ["name"], _one),
    ("people", "Contact", "sort_key", ["name", "position", "email"], _first),
    ("consultations", "Consultation", "sort_key", ["title"], _one),
    ("consultations", "ThemeAlias", "key", ["label"], _one),
    ("consultations", "GlossaryEntry", "sort_key", ["acronym"], _one),
    ("consultations", "Contribution", "search_key", ["text", "details"], _with_details),
    ("sheets", "ActionSheet", "sort_key", ["title"], _one),
    ("meetings", "Meeting", "search_key", ["title", "introduction", "place"], _all),
]


def compute_again(apps: Any, schema_editor: Any) -> None:
    compute_columns(apps, COLUMNS)


def compute_columns(apps: Any, columns: list[tuple[str, str, str, list[str], Callable[..., str]]]) -> None:
    """Row after row, a thousand in memory at once; what is right already is not written."""
    for label, name, column, sources, derive in columns:
        rows = apps.get_model(label, name).objects.order_by("pk")
        length = rows.model._meta.get_field(column).max_length
        last = 0
        while batch := list(rows.filter(pk__gt=last).values_list("pk", column, *sources)[:_AT_ONCE]):
            for pk, former, *values in batch:
                current = derive(*values)[:length]
                if current != former:
                    _write(rows.filter(pk=pk), column, current)
            last = batch[-1][0]


def _write(row: Any, column: str, value: str) -> None:
    """A key that another row holds stays as it is: two rows of one name are for an agent to join."""
    try:
        with transaction.atomic(using=row.db):
            row.update(**{column: value})
    except IntegrityError:
        pass


class Migration(migrations.Migration):
    dependencies = [
        ("territories", "0001_initial"),
        ("people", "0003_provider_identity"),
        ("consultations", "0004_logo"),
        ("sheets", "0002_word_files"),
        ("meetings", "0008_photo_reference"),
    ]

    operations = [migrations.RunPython(compute_again, migrations.RunPython.noop)]
