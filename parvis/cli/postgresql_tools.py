"""The programs of PostgreSQL, on the database of the settings. The password goes by the environment."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from parvis.core.errors import RefusedInput

_NAMES: Final = {
    "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME",
    "PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert",
}  # fmt: skip
"""What these programs read in the environment → where the settings have it."""
_DROPS: Final = """
    SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename)
      FROM pg_tables WHERE schemaname = current_schema()
    UNION ALL
    SELECT format('DROP ROUTINE IF EXISTS %I.%I(%s) CASCADE',
                  n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = current_schema()
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""


def dump(connection: Any, copy: Path, *, without_data_of: str) -> None:
    """The whole database at one moment, in the format of pg_dump, into the new file `copy`."""
    without = f"--exclude-table-data={without_data_of}"
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", without, f"--file={copy}"], connection)


def load(connection: Any, copy: Path) -> None:
    """Put what `dump` gave in place of every table of the schema, in one transaction: all of it or nothing.

    Tables and functions are dropped first, those of a later version included. Raises `RefusedInput`; then nothing is
    changed.
    """
    tool = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]
    reader = ["pg_restore", "--no-owner", "--no-privileges", "--file=-", str(copy)]
    with (
        _started(tool, connection, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as psql,
        _started(reader, connection, stdout=subprocess.PIPE) as script,
    ):
        whole = _send(psql, script, f"BEGIN;\n{_drop_all(connection)}")
        if script.wait() and not psql.poll():
            _refuse(script)
        if psql.wait() or not whole:
            _refuse(psql)


def _send(psql: subprocess.Popen[bytes], script: subprocess.Popen[bytes], first: str) -> bool:
    """Whether all of it was sent: what is cut is never committed."""
    assert psql.stdin is not None
    assert script.stdout is not None
    try:
        psql.stdin.write(first.encode())
        shutil.copyfileobj(script.stdout, psql.stdin)
        whole = not script.wait()
        psql.stdin.write(b"\nCOMMIT;\n" if whole else b"")
        psql.stdin.close()
    except BrokenPipeError:  # psql stopped: it says why
        with suppress(BrokenPipeError):
            psql.stdin.close()
        script.stdout.close()
        return False
    return whole


def _drop_all(connection: Any) -> str:
    """Every table and function of the schema, but those of extensions: Parvis is alone in its own."""
    with connection.cursor() as cursor:
        cursor.execute(_DROPS)
        return "".join(f"{line};\n" for (line,) in cursor.fetchall())


def _run(command: list[str], connection: Any) -> None:
    with _started(command, connection, stdout=subprocess.DEVNULL) as program:
        if program.wait():
            _refuse(program)


def _refuse(program: subprocess.Popen[bytes]) -> NoReturn:
    assert program.stderr is not None
    lines = program.stderr.read().decode(errors="replace").strip().splitlines() or ["aucune explication"]
    name = str(program.args[0]) if isinstance(program.args, list) else ""
    raise RefusedInput(f"{name} a échoué, rien n'a été changé : {lines[0]}")


def _started(command: list[str], connection: Any, **pipes: Any) -> subprocess.Popen[bytes]:
    settings = connection.settings_dict | connection.settings_dict["OPTIONS"]
    known = {name: str(settings[key]) for name, key in _NAMES.items() if settings.get(key)}
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed command, never a shell
            command, env={**os.environ, **known, "PGOPTIONS": "-c client_min_messages=error"},
            stderr=subprocess.PIPE, **pipes,
        )  # fmt: skip
    except FileNotFoundError:
        raise RefusedInput(f"L'outil {command[0]} manque : installez les programmes clients de PostgreSQL.") from None
