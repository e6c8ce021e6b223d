"""The embedded database, measured: `python -m bench.embedded [SECONDS]`.

Transactions a second (one row each, synchronous=FULL) by 1 and 8 threads, with a reader beside them, on the SQLite of
the wheel and on Python's own, each in its own process, in turns; then with the turns of decision 0011 taken away. Then
a backup while four threads write: how long it takes, and the slowest write meanwhile.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.places import ROOT, Place, embedded

HIDES_WHEEL: Final = str(Path(__file__).parent / "without_wheel")
ROUNDS: Final = 3


def main(seconds: float) -> None:
    for threads in (1, 8):
        figures: dict[str, list[dict[str, Any]]] = {}
        for _ in range(ROUNDS):
            for label, wheel, turns in (("roue, WAL", True, True), ("Python, TRUNCATE", False, True),
                                        ("roue, WAL, sans tours", True, False)):  # fmt: skip
                with embedded() as place:
                    figures.setdefault(label, []).append(_child(place, wheel, ["write", threads, seconds, turns]))
        for label, measures in figures.items():
            print(f"{threads} fils, {label} ({measures[0]['version']}) : {_summary(measures)}", flush=True)
    for label, wheel in (("roue, WAL", True), ("Python, TRUNCATE", False)):
        with embedded() as place:
            print(f"sauvegarde, {label} : {_child(place, wheel, ['backup', 4, seconds, True])}", flush=True)


def _summary(measures: list[dict[str, Any]]) -> str:
    rate, reads = (statistics.median(each[name] for each in measures) for name in ("rate", "reads"))
    slowest, errors = max(each["slowest"] for each in measures), sum(each["errors"] for each in measures)
    return f"{rate:.0f} écritures/s, la plus lente {slowest * 1000:.0f} ms, {reads:.0f} lectures/s, {errors} erreurs"


def _child(place: Place, wheel: bool, words: list[object]) -> dict[str, Any]:
    """What one process measures, on the wheel or without it."""
    env = place.env if wheel else place.env | {"PYTHONPATH": f"{HIDES_WHEEL}{os.pathsep}{place.env['PYTHONPATH']}"}
    done = subprocess.run([sys.executable, "-m", "bench.embedded", *map(str, words)], cwd=ROOT, env=env,
                          capture_output=True, text=True, check=True)  # fmt: skip
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


class Load:
    """Threads that each write one row a transaction, until told to stop, and one that reads."""

    def __init__(self, threads: int) -> None:
        self.over = threading.Event()
        self.times: list[float] = []
        self.reads = self.errors = 0
        jobs = [self._write] * threads + [self._read]
        self.threads = [threading.Thread(target=self._run, args=[job]) for job in jobs]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _run(self, job: Callable[[], None]) -> None:
        from django.db import OperationalError, connection

        while not self.over.is_set():
            try:
                job()
            except OperationalError:
                self.errors += 1
        connection.close()

    def _write(self) -> None:
        from django.db import transaction

        from parvis.core import clock
        from parvis.core.models import JournalEntry

        started = time.perf_counter()
        with transaction.atomic():
            JournalEntry.objects.create(at=clock.now(), actor="", verb="bench", subject="", values={})
        self.times.append(time.perf_counter() - started)

    def _read(self) -> None:
        from parvis.core.models import JournalEntry

        list(JournalEntry.objects.order_by("-id")[:20])
        self.reads += 1
        time.sleep(0.002)


def child(what: str, threads: int, seconds: float, turns: bool) -> dict[str, Any]:
    """One measure, in this process."""
    from parvis.cli.project import open_project

    open_project()
    from parvis.core.embedded.base import DatabaseWrapper
    from parvis.core.embedded.driver import sqlite

    if not turns:
        DatabaseWrapper._take_turn = lambda self: None  # type: ignore[method-assign]
    started = time.perf_counter()
    load = Load(threads)
    time.sleep(seconds)
    measured = {} if what == "write" else _back_up()
    load.stop()
    seconds = time.perf_counter() - started
    return measured | {
        "version": sqlite.sqlite_version, "rate": len(load.times) / seconds, "slowest": max(load.times),
        "reads": load.reads / seconds, "errors": load.errors,
    }  # fmt: skip


def _back_up() -> dict[str, Any]:
    """By the command itself, in another process."""
    from django.conf import settings

    target = Path(settings.PARVIS_HOME) / "bench.zip"
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "parvis.cli.main", "backup", str(target)], capture_output=True)
    return {"backup": round(time.perf_counter() - started, 2), "code": done.returncode, "bytes": target.stat().st_size}


if __name__ == "__main__":
    if len(sys.argv) == 5:
        what, threads, seconds, turns = sys.argv[1:]
        print(json.dumps(child(what, int(threads), float(seconds), turns == "True")))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
