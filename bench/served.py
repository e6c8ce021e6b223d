"""The real program, `parvis serve`, that a measure starts, kills and starts again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from bench.places import ROOT, Place


class Served:
    """`parvis serve` on a port of its own. As a context it is open inside, and gone after.

    `workers`: how many processes; 0, as many as it takes by itself.
    """

    def __init__(self, place: Place, workers: int = 0) -> None:
        self.place, self.workers = place, workers
        self.port = _free_port()
        self._program: subprocess.Popen[str] | None = None

    def __enter__(self) -> Served:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    def start(self) -> None:
        """Returns when it says that it is open."""
        self._program = subprocess.Popen(
            [sys.executable, "-m", "parvis.cli.main", "serve", "--port", str(self.port),
             "--workers", str(self.workers)],
            cwd=ROOT, env=self.place.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            start_new_session=True,
        )  # fmt: skip
        lines = self._program.stdout
        if lines is None or not any("Parvis est ouvert" in line for line in lines):
            raise RuntimeError("parvis serve stopped before it opened")

    def processes(self) -> list[int]:
        """The program and its workers, by number."""
        group = self._program.pid if self._program is not None else 0
        every = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
        return [process for process in every if group and _group(process) == group]

    def kill(self) -> None:
        """SIGKILL to the program and its workers, in the middle of whatever they do."""
        if self._program is not None:
            os.killpg(self._program.pid, signal.SIGKILL)
            with self._program:
                self._program.wait()
            self._program = None


def _group(process: int) -> int:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return 0


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
