"""The rows of the rooms that exist are given the version their room has: whoever knows an older one gets them again."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def give_versions(apps: Any, schema_editor: Any) -> None:
    board_model, row_version = apps.get_model("meetings", "Board"), apps.get_model("meetings", "RowVersion")
    for board in board_model.objects.order_by("pk").iterator():
        references: set[Any] = set()
        for name in ("Note", "Family"):
            rows = apps.get_model("meetings", name).objects.filter(board=board)
            references |= set(rows.order_by().values_list("reference", flat=True))
        row_version.objects.bulk_create(
            [row_version(board=board, reference=each, version=board.version) for each in sorted(references)],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_row_versions")]

    operations = [migrations.RunPython(give_versions, migrations.RunPython.noop)]
