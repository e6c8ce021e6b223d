"""The children of this process: few at once, kept warm, killed whole with what they may have started."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Final, TypeAlias

from parvis.sandbox.pipes import receive_answer, send_job

AT_ONCE: Final = 2
"""Children that work together, in one process."""
WAITING: Final = 4
"""Callers that wait for one of them: fewer than the threads of the server, so that some are left for everyone else."""
PATIENCE: Final = 30.0
"""Seconds that one waits for a child."""
_DOOR: Final = 3.0
"""Seconds that one waits for a place among those who wait."""
_LEFT: Final = 0

Job: TypeAlias = "tuple[str, str, float, tuple[Any, ...], dict[str, Any]]"
"""Module and name of a function, the seconds it may take, its arguments."""


class Busy(Exception):
    """All children work, and enough callers wait already."""


class Died(Exception):
    """A child was killed, by a limit or by the clock, before it answered."""


class _HadLeft(Died):
    """A child that waited for work left at the very moment when some came."""


class Child:
    """A process of its own group, without the settings of the site."""

    def __init__(self) -> None:
        self._folder = mkdtemp(prefix="parvis-")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "parvis.sandbox.child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(self._folder), start_new_session=True,
        )  # fmt: skip

    def do(self, job: Job) -> Any:
        """The answer. Raises `OSError`, `EOFError` or `UnpicklingError` when there is none."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        clock = threading.Timer(job[2], self.kill)
        clock.start()
        try:
            send_job(self._process.stdin, job)
            return receive_answer(self._process.stdout)
        finally:
            clock.cancel()

    def kill(self) -> None:
        """Everything it started goes with it."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> int:
        """Let it leave, or kill it; its status tells which."""
        self._close_pipes()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        self.kill()
        status = self._process.wait()
        rmtree(self._folder, ignore_errors=True)
        return status

    def forget(self) -> None:
        """In a process that was forked: the child is its parent's."""
        self._close_pipes()
        self._process.returncode = _LEFT

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()


class Pool:
    """Children that may serve again, and the places of those who ask."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._idle: list[Child] = []
        self._lock = threading.Lock()
        self._working = threading.BoundedSemaphore(AT_ONCE)
        self._places = threading.BoundedSemaphore(AT_ONCE + WAITING)

    def do(self, job: Job) -> Any:
        """The answer of a child. Raises `Busy` or `Died`."""
        with self._place():
            warm = self._warm()
            if warm is not None:
                with suppress(_HadLeft):
                    return self._ask(warm, job)
            return self._ask(Child(), job)

    def close(self) -> None:
        """Let all of them leave."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def forget(self) -> None:
        """In a process that was forked."""
        idle = self._idle
        self._start()
        for child in idle:
            child.forget()

    @contextmanager
    def _place(self) -> Iterator[None]:
        with _held(self._places, _DOOR), _held(self._working, PATIENCE):
            yield

    def _ask(self, child: Child, job: Job) -> Any:
        try:
            answer = child.do(job)
        except (OSError, EOFError):
            raise (_HadLeft if child.end() == _LEFT else Died) from None
        except pickle.UnpicklingError:
            child.end()
            raise Died from None
        except BaseException:
            child.kill()
            child.end()
            raise
        with self._lock:
            self._idle.append(child)
        return answer

    def _warm(self) -> Child | None:
        with self._lock:
            return self._idle.pop() if self._idle else None


@contextmanager
def _held(places: threading.BoundedSemaphore, patience: float) -> Iterator[None]:
    if not places.acquire(timeout=patience):
        raise Busy
    try:
        yield
    finally:
        places.release()


def _environment(folder: str) -> dict[str, str]:
    """What a child needs to start: no secret of the site, and little memory for each of its threads."""
    return {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TMPDIR": folder,
        "MALLOC_ARENA_MAX": "2",
        "RAYON_NUM_THREADS": "2",
    }


pool: Final = Pool()
atexit.register(pool.close)
os.register_at_fork(after_in_child=pool.forget)
