"""A room that is open when this arrives goes on as it was: nobody waits at its entrance."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_EVERYONE = 1_000


def expect_everyone(apps: Any, schema_editor: Any) -> None:
    apps.get_model("meetings", "Board").objects.filter(state="open").update(expected_people=_EVERYONE)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0019_room_arrivals")]

    operations = [migrations.RunPython(expect_everyone, migrations.RunPython.noop)]
