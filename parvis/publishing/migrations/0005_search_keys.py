"""Keys computed again: letters with a stroke are folded (ł is l), contributions are searched by the stems of words."""

from importlib import import_module
from typing import Any

from django.db import migrations

from parvis.consultations.models.contribution import stemmed

_former = import_module("parvis.meetings.migrations.0009_derived_columns")
COLUMNS = [
    *(row for row in _former.COLUMNS if row[1] != "Contribution"),
    ("consultations", "Contribution", "search_key", ["text", "details"], stemmed),
]


def compute_again(apps: Any, schema_editor: Any) -> None:
    _former.compute_columns(apps, COLUMNS)


class Migration(migrations.Migration):
    dependencies = [
        ("territories", "0002_renamed_and_hidden"),
        ("people", "0007_other_names"),
        ("consultations", "0015_existing_stay_open"),
        ("publishing", "0004_steps_due"),
        ("sheets", "0008_copied_from"),
        ("meetings", "0024_place_of_journal_entries"),
    ]

    operations = [migrations.RunPython(compute_again, migrations.RunPython.noop)]
