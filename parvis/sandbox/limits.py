"""What a child may take of the machine. The kernel holds it to that, whatever the library that it runs."""

from __future__ import annotations

import math
import resource
import signal
from pathlib import Path
from typing import Final

MEMORY: Final = 300_000_000
"""Bytes of its own (RLIMIT_DATA): a request beyond them fails at once. Libraries mapped from files do not count."""
FILES: Final = 200_000_000
"""Bytes of the largest file it may write: typst reads the pictures of a paper from a folder."""
_GROWN: Final = MEMORY // 3
"""Bytes of its own beyond which a child leaves after its answer: the next job starts with nearly all it may take."""


def bound_memory() -> None:
    """For the life of the process."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def bound_time(seconds: float) -> None:
    """For one job: its processors' time, so that a child whose parent died ends too."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + 2 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def has_grown() -> bool:
    """Whether this process keeps so much that another should do the next job."""
    data_pages = int(Path("/proc/self/statm").read_text().split()[5])
    return data_pages * resource.getpagesize() > _GROWN
