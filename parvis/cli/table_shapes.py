"""The tables of a database and their columns: those that there are, and those that this version expects."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from parvis.cli.archive import Manifest
from parvis.core.errors import RefusedInput

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader

Tables = dict[str, list[str]]
"""Table → its columns, in order of name."""


def present_migrations() -> list[str]:
    """Those applied to the database, as `app.name`, in order."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def present_tables() -> Tables:
    """Those of the database, whoever made them."""
    from django.db import connection

    with connection.cursor() as cursor:
        return {
            table: sorted(column.name for column in connection.introspection.get_table_description(cursor, table))
            for table in connection.introspection.table_names(cursor)
        }


def refuse_unreadable(manifest: Manifest) -> None:
    """Raises `RefusedInput` for a backup of a later version, or whose tables are not those of its migrations."""
    import parvis

    newer = (
        f"Cette sauvegarde vient d'une version plus récente de Parvis ({manifest.version}) que celle-ci "
        f"({parvis.__version__}) : mettez Parvis à jour, puis recommencez."
    )
    if _numbers(manifest.version) > _numbers(parvis.__version__):
        raise RefusedInput(newer)
    if not manifest.migrations:  # the first format said nothing of them
        return
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    if _unknown(loader, manifest.migrations):
        raise RefusedInput(newer)
    expected = _expected_tables(loader, manifest.migrations)
    wrong = [table for table, columns in expected.items() if manifest.tables.get(table) != columns]
    if wrong:
        raise RefusedInput(
            f"Les tables de cette sauvegarde ne sont pas celles de cette version ({', '.join(wrong[:5])}) : rien n'a "
            "été touché. Remettez-la avec la version de Parvis qui l'a faite."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _unknown(loader: MigrationLoader, applied: Collection[str]) -> set[str]:
    """Those that this version does not have, of the apps that it has, or of ours."""
    known = {key for key, migration in loader.disk_migrations.items()}
    known |= {replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces}
    names = {f"{app}.{name}" for app, name in known}
    return {name for name in applied if name not in names and name.partition(".")[0] in loader.migrated_apps}


def _expected_tables(loader: MigrationLoader, applied: Collection[str]) -> Tables:
    """What these migrations make, and no other."""
    nodes = [node for node in loader.graph.nodes if ".".join(node) in applied]
    apps = loader.project_state(nodes).apps
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        model._meta.db_table: sorted(field.column for field in model._meta.local_concrete_fields if field.column)
        for model in models
        if not model._meta.proxy
    }
