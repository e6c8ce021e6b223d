"""What the tests of the sandbox ask of a child."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from parvis.core.errors import RefusedInput
from parvis.sandbox import in_child

HEAVY = "Trop lourd."
_kept: list[bytes] = []


@in_child(HEAVY)
def give_back(value: Any) -> Any:
    return value


@in_child(HEAVY)
def allocate(size: int) -> int:
    return len(bytearray(size))


@in_child(HEAVY)
def keep(size: int) -> None:
    """Takes memory and does not give it back."""
    _kept.append(b"\x01" * size)


@in_child(HEAVY)
def leave_soon() -> None:
    """The child leaves after this answer, as it does when no work comes for a while."""
    sys.modules["__main__"].__dict__["_IDLE_SECONDS"] = 0


@in_child(HEAVY)
def refuse() -> None:
    raise RefusedInput("Refusé.", ["Ligne 2 : mauvaise."])


@in_child(HEAVY)
def fail() -> None:
    raise KeyError("une faute de notre code")


@in_child(HEAVY)
def die() -> None:
    os.abort()


@in_child(HEAVY)
def leave() -> None:
    os._exit(0)


@in_child(HEAVY)
def process() -> int:
    return os.getpid()


@in_child(HEAVY)
def environment() -> dict[str, str]:
    return dict(os.environ)


@in_child(HEAVY)
def loaded() -> list[str]:
    return sorted(sys.modules)


@in_child(HEAVY)
def printing() -> str:
    print("un mot de trop")
    subprocess.run(["echo", "un autre"], check=True)
    return "réponse"


@in_child(HEAVY, seconds=1)
def for_ever() -> None:
    while True:
        pass


@in_child(HEAVY, seconds=1)
def with_offspring(where: str) -> None:
    """Starts a process that would outlive it, writes its number, and never ends."""
    other = subprocess.Popen(["sleep", "600"])
    Path(where).write_text(str(other.pid))
    time.sleep(600)


@in_child(HEAVY)
def foreign_class() -> Decimal:
    return Decimal(1)


@in_child(HEAVY)
def with_file() -> str:
    """A file as typst's pictures are: in the folder of temporary files."""
    import tempfile

    with tempfile.NamedTemporaryFile(delete=False) as kept:
        return kept.name


@in_child(HEAVY)
def inner() -> tuple[int, int]:
    return os.getpid(), process()


@in_child(HEAVY)
def wait_for(path: str) -> None:
    while not Path(path).exists():
        time.sleep(0.02)
