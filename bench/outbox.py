"""What an opinion costs: `python -m bench.outbox [SECONDS]`, on SQLite, then on PostgreSQL if `DATABASE_URL` is set.

The floor is a bare Django insert, one row and one transaction, in the same process on the same database, without any
request around it. Slices of each are measured in turn, so that a busy disk weighs on all alike; a ratio is that of the
medians. « wsgi » is the application called without a server; « serve » is `parvis serve` on the loopback, its clients
on the same machine, each sending one opinion at a time.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from bench.device import Device
from bench.places import ROOT, Place, places
from bench.served import Served

SLICES = 5
CLIENTS = 8


def rates(jobs: dict[str, Callable[[], int]], seconds: float) -> dict[str, float]:
    """Things done a second by each job, `seconds` each in all: `job` returns how many it did."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(SLICES):
        for name, job in jobs.items():
            done, start = 0, time.perf_counter()
            while (spent := time.perf_counter() - start) < seconds / SLICES:
                done += job()
            found[name].append(done / spent)
    return {name: statistics.median(each) for name, each in found.items()}


def measure(seconds: float) -> dict[str, float]:
    """Bare inserts, opinions one by one and by thirty, a second; `queries` of one opinion; `… cpu`: milliseconds of
    this process for one, whatever the disk does."""
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from parvis.cli.trial_build import build_trial
    from parvis.core import clock
    from parvis.core.models import JournalEntry

    side, _ = build_trial()
    application = get_wsgi_application()
    clocks: dict[str, int] = {}
    turn = iter(range(10**9))

    def post(count: int) -> int:
        number = next(turn)
        token = side.participants[number % len(side.participants)].token
        ops = []
        for _ in range(count):
            seq = clocks[token] = clocks.get(token, 0) + 1
            ops.append({"op_id": str(uuid.uuid4()), "seq": seq, "kind": "opinion", "value": "continue",
                        "sheet": side.sheets[(seq + number) % len(side.sheets)]})  # fmt: skip
        body = json.dumps({"device": "bench", "ops": ops}).encode()
        statuses: list[str] = []
        answer = application(_environ(token, body), lambda status, headers, error=None: statuses.append(status))
        said = json.loads(b"".join(answer))
        answer.close()
        if not statuses[0].startswith("200") or {each["status"] for each in said["results"]} != {"applied"}:
            raise RuntimeError(f"{statuses[0]}: {said}")
        return count

    def bare() -> int:
        with transaction.atomic():
            JournalEntry.objects.create(at=clock.now(), actor="bench", verb="bench", subject="bench", values={})
        return 1

    post(1)
    with CaptureQueriesContext(connection) as captured:
        post(1)
        queries = len(captured)
    jobs = {"bare": bare, "single": lambda: post(1), "thirty": lambda: post(30)}
    cpu = {f"{name} cpu": _cpu(jobs[name]) for name in ("bare", "single")}
    return rates(jobs, seconds) | {"queries": queries} | cpu


def _cpu(job: Callable[[], int]) -> float:
    """Milliseconds of this process for one job: the least of five slices of forty, as a busy machine only adds."""
    spent = []
    for _ in range(SLICES):
        start = time.process_time()
        for _ in range(40):
            job()
        spent.append(time.process_time() - start)
    return min(spent) / 40 * 1000


def _environ(token: str, body: bytes) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/outbox", "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_AUTHORIZATION": f"Bearer {token}", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http", "wsgi.input": BytesIO(body), "wsgi.errors": BytesIO(),
    }  # fmt: skip


def served(place: Place, seconds: float) -> float:
    """Opinions a second through `parvis serve`, from `CLIENTS` devices that each wait for their answer."""
    side = json.loads(place.parvis("trial", "--json").stdout)["sides"][0]
    with Served(place) as server, ThreadPoolExecutor(CLIENTS) as pool:
        devices = [
            Device(server.port, side["participants"][rank]["token"], f"d{rank}", side["sheets"], random.Random(rank))
            for rank in range(CLIENTS)
        ]
        list(pool.map(_speak, devices, [time.perf_counter() + 1] * CLIENTS))
        heard = sum(device.figures["applied"] for device in devices)
        start = time.perf_counter()
        list(pool.map(_speak, devices, [start + seconds] * CLIENTS))
        done = sum(device.figures["applied"] for device in devices) - heard
        spent = time.perf_counter() - start
        for device in devices:
            device.close()
    return done / spent


def _speak(device: Device, until: float) -> None:
    while time.perf_counter() < until:
        device.write()
        device.send()


def main(seconds: float = 5.0) -> None:
    print("outbox        nue/s  wsgi 1 à 1  ratio  wsgi par 30  ratio  requêtes SQL  ms CPU (nue)  serve 1 à 1")
    for place in places():
        answer = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.outbox", "--here", str(seconds)],
            cwd=ROOT, env=place.env, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        found = json.loads(answer.stdout)
        bare, single, thirty = found["bare"], found["single"], found["thirty"]
        print(f"{place.name:11} {bare:7.0f} {single:11.0f} {single / bare:6.2f} {thirty:12.0f} {thirty / bare:6.2f} "
              f"{found['queries']:13.0f} {found['single cpu']:6.2f} ({found['bare cpu']:.2f}) "
              f"{served(place, seconds):12.0f}")  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        print(json.dumps(measure(float(sys.argv[2]))))
    else:
        main(*map(float, sys.argv[1:]))
