"""A folder for what must not be read by others, nor stay: copies of the database in clear."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

_PREFIX: Final = "travail-"


@contextmanager
def private_folder(parent: Path) -> Iterator[Path]:
    """A new folder in `parent`, for us only, gone at the end, signals that stop a program included.

    What a program killed outright left in one goes first.
    """
    with _ended_by_signals():
        folder, lock = _new_folder(parent)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def clean_folders(parent: Path) -> None:
    """Remove the folders whose program is gone."""
    for folder in parent.glob(f"{_PREFIX}*"):
        lock = locked(folder, os.O_RDONLY | os.O_DIRECTORY)
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def locked(path: Path, flags: int) -> int | None:
    """The file or folder opened and locked for us alone; None when a living program has it, or it is not ours."""
    try:
        opened = os.open(path, flags | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def _new_folder(parent: Path) -> tuple[Path, int]:
    """Made and locked while nobody cleans."""
    entrance = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(entrance, fcntl.LOCK_EX)
        clean_folders(parent)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        return folder, lock
    finally:
        os.close(entrance)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end the program as an error does, so that what it has to remove is."""
    former = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
