"""Runs `parvis` as an agent of the town's computing service does, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def parvis(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on the embedded database of `home`."""
    ours = ("PARVIS_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "parvis.cli.main", *arguments],
        env={**kept, "PARVIS_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
