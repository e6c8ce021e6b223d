"""`parvis move-to-postgresql`: all that the embedded database holds, into the empty one that `DATABASE_URL` names."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from parvis.cli.project import is_embedded, migrate, own_project
from parvis.core.errors import RefusedInput

_SOURCE: Final = "embedded"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser(
        "move-to-postgresql", help="copie la base embarquée dans celle, vide, de DATABASE_URL (site arrêté)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Copies, compares, and puts the embedded file aside: all of it, or nothing."""
    with own_project():
        from django.conf import settings

        file = Path(str(settings.EMBEDDED_DATABASE["NAME"]))
        if is_embedded() or not file.exists():
            raise RefusedInput(
                "Rien à copier : PARVIS_HOME doit contenir la base embarquée, et DATABASE_URL nommer PostgreSQL."
            )
        counts, problems = _move(file)
        kept = _put_aside(file)
    print(f"{sum(counts.values())} lignes de {len(counts)} tables copiées, relues, recomptées : les mêmes.")
    if problems:
        print(f"« parvis verify » y voit {problems} défauts, les mêmes qu'avant.")
    print(f"L'ancienne base reste dans « {kept} » : effacez-la quand vous n'en aurez plus besoin.")
    return 0


def _move(file: Path) -> tuple[dict[str, int], int]:
    """How many rows by table, and how many faults `verify` saw, in both alike."""
    from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

    from parvis.core.database_copy import copy_rows, refuse_filled
    from parvis.core.database_use import own_database
    from parvis.core.embedded.files import opened
    from parvis.gathering.recount.verification import verify

    refuse_filled(connection)
    with opened(file, _SOURCE), own_database(connections[_SOURCE]):
        with opened(file, DEFAULT_DB_ALIAS):
            migrate()
            before = verify()
        migrate()
        with transaction.atomic():
            counts = copy_rows(_SOURCE, DEFAULT_DB_ALIAS)
            if verify() != before:
                raise RefusedInput("« parvis verify » ne dit pas de même des deux bases : rien n'est copié.")
    return counts, len(before.problems)


def _put_aside(file: Path) -> Path:
    """A site opened again by mistake without `DATABASE_URL` must not go on from the former database."""
    kept = file.with_name(f"{file.name}.avant-postgresql")
    return file if kept.exists() else file.rename(kept)
