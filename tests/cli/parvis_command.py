"""Runs `parvis` as an agent of the town's computing service does, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def environment_of(home: Path) -> dict[str, str]:
    """The one of this process, without a setting of ours but `home`."""
    ours = ("PARVIS_", "DATABASE_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {"PARVIS_HOME": str(home)}


def parvis(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on the embedded database of `home`."""
    return subprocess.run(
        [sys.executable, "-m", "parvis.cli.main", *arguments],
        env=environment_of(home) | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
