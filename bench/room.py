"""A room under load: `python -m bench.room [PHONES] [SECONDS] [KILLS] [--workers N …] [--proxied]`.

PHONES (200) join within ten seconds; each writes once in ten seconds, for SECONDS (300: thirty times), and asks what
changed every two seconds; then the facilitator closes the room while all of them look. With KILLS the server is killed
(-9) that many times. At the end every note and every dot that was acknowledged is looked for in the database, and
`parvis verify` recounts. With several numbers of WORKERS (processes of the server; SQLite has one), one workshop for
each; PROXIED: as behind a proxy that opens a connection for each request, so that any of them answers.
SQLite, then PostgreSQL when `DATABASE_URL` names a server.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter
from typing import Any

from gevent import monkey

monkey.patch_all()

import gevent  # noqa: E402 - the sockets of locust are patched before anything opens one
import requests  # noqa: E402
from locust.env import Environment  # noqa: E402

from bench.places import Place, places  # noqa: E402
from bench.room_phones import Memory, Phone, memory  # noqa: E402
from bench.served import Served  # noqa: E402

JOIN_SECONDS = 10
AFTER_SECONDS = 10
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def run(
    place: Place, *, phones: int, seconds: float, kills: int, workers: int = 0, proxied: bool = False
) -> dict[str, Any]:
    """One workshop; the figures of it."""
    side = json.loads(place.parvis("trial", "--json").stdout)["sides"][0]
    asked = Memory(side["room"], _theme(place, side["room"]), proxied, round(seconds / 10))
    memory.__dict__.update(asked.__dict__)
    with Served(place, workers) as server:
        started = time.monotonic()
        memory.over = started + JOIN_SECONDS + seconds
        memory.stops = memory.over + AFTER_SECONDS
        base = f"http://127.0.0.1:{server.port}"
        environment = Environment(user_classes=[Phone], host=base)
        runner = environment.create_local_runner()
        runner.start(phones, spawn_rate=phones / JOIN_SECONDS)
        for _ in range(kills):
            gevent.sleep((JOIN_SECONDS + seconds) / (kills + 1))
            server.kill()
            server.start()
        gevent.sleep(max(0.0, memory.over - time.monotonic()))
        writes, errors = _figures(environment, "écrire"), _errors(environment)
        environment.stats.reset_all()
        closed = time.monotonic()
        _close(base, side)
        while runner.user_count and time.monotonic() < memory.stops + 60:
            gevent.sleep(0.2)
        closing, errors = _figures(environment, None), errors + _errors(environment)
        runner.quit()
    exact, problems = _compare(place)
    minutes = (memory.stops - started) / 60
    return {
        "writes": writes,
        "closing": closing,
        "seen": max((moment - closed for moment in memory.closed_seen), default=0.0),
        "saw": len(memory.closed_seen),
        "polls": memory.polls / phones / minutes,
        "bytes": memory.bytes / phones / minutes,
        "whole": memory.whole / max(1, memory.answers),
        "answer": memory.bytes / max(1, memory.answers),
        "notes": len(memory.notes),
        "dots": len(memory.dots),
        "late": memory.late,
        "replayed": memory.replayed,
        "joined": memory.joined,
        "errors": errors,
        "exact": exact,
        "problems": problems,
    }


def _figures(environment: Environment, name: str | None) -> dict[str, float]:
    """Requests, failures, and the 50th and 95th percentiles in milliseconds."""
    row = environment.stats.total if name is None else environment.stats.get(name, "POST")
    return {
        "requests": row.num_requests,
        "failures": row.num_failures,
        "p50": row.get_response_time_percentile(0.5) or 0,
        "p95": row.get_response_time_percentile(0.95) or 0,
    }


def _errors(environment: Environment) -> Counter[str]:
    """What went wrong → how often: an answer that is none (the server was killed), or not a 200."""
    errors = environment.stats.errors.values()
    return Counter({f"{error.method} {error.name} {error.error}"[:120]: error.occurrences for error in errors})


def _close(base: str, side: dict[str, Any]) -> None:
    """The facilitator ends the workshop, by her page."""
    link = next(agent["sign_in"] for agent in side["agents"] if agent["role"] == "facilitator")
    with requests.Session() as desk:
        for address, form in ((link, {}), (f"/atelier/{side['room']}/table/", {"do": "close", "sure": "1"})):
            token = _CSRF.search(desk.get(base + address).text)
            assert token is not None, address
            target = f"/atelier/{side['room']}/table/conduire/" if form else address
            desk.post(base + target, form | {"csrfmiddlewaretoken": token[1]}).raise_for_status()


def _theme(place: Place, room: str) -> str:
    code = (
        "from parvis.consultations.models import Theme; from parvis.meetings.models import Board; "
        f"b = Board.objects.select_related('meeting').get(room='{room}'); "
        "print(Theme.objects.filter(consultation=b.meeting.consultation_id).order_by('position', 'id')[0].code)"
    )
    return place.parvis("manage", "shell", "-v", "0", "-c", code).stdout.strip()


def _compare(place: Place) -> tuple[bool, list[str]]:
    """Whether the database holds what the phones remember, each once; what `parvis verify` says."""
    code = (
        "import json; from parvis.meetings.models import Note, Dot; "
        "notes = Note.objects.select_related('contribution'); "
        "print(json.dumps([[[str(n.reference), n.contribution.text] for n in notes], "
        "[[str(d.target), d.count] for d in Dot.objects.all()]]))"
    )
    notes, dots = json.loads(place.parvis("manage", "shell", "-v", "0", "-c", code).stdout)
    told = json.loads(place.parvis("verify", "--json").stdout)
    wanted = Counter((target, count) for (_, target), (_, count) in memory.dots.items())
    same = sorted(notes) == sorted([reference, text] for reference, text in memory.notes.items())
    exact = same and Counter((target, count) for target, count in dots) == wanted
    return exact and told["ok"], told["problems"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("phones", type=int, nargs="?", default=200)
    parser.add_argument("seconds", type=float, nargs="?", default=300.0)
    parser.add_argument("kills", type=int, nargs="?", default=0)
    parser.add_argument("--workers", type=int, nargs="+", default=[0])
    parser.add_argument("--proxied", action="store_true")
    asked = parser.parse_args()
    broken = False
    for workers in asked.workers:
        for place in places():
            if place.name == "SQLite" and workers > 1:
                continue  # one process writes to an embedded database
            figures = run(
                place, phones=asked.phones, seconds=asked.seconds, kills=asked.kills, workers=workers,
                proxied=asked.proxied,
            )  # fmt: skip
            _tell(f"{place.name}, {workers or '…'} processus", asked.kills, figures)
            broken = broken or not figures["exact"]
    raise SystemExit(broken)


def _tell(name: str, kills: int, figures: dict[str, Any]) -> None:
    print(f"{name} : {figures['joined']} téléphones, {kills} SIGKILL ; {figures['notes']} notes et {figures['dots']} "
          f"placements de gommettes reconnus, {figures['late']} en retard, {figures['replayed']} renvoyés ; "
          f"{'tout y est, une fois' if figures['exact'] else 'FAUX'} ; charge de la machine "
          f"{os.getloadavg()[0]:.1f}")  # fmt: skip
    for key, label in (("writes", "écrire"), ("closing", "fermeture (10 s)")):
        row = figures[key]
        print(f"  {label} : {row['requests']} requêtes, {row['failures']} échecs, médiane {row['p50']:.0f} ms, "
              f"p95 {row['p95']:.0f} ms")  # fmt: skip
    print(f"  {figures['polls']:.1f} demandes et {figures['bytes'] / 1000:.0f} ko par téléphone et par minute ; "
          f"{figures['answer']:.0f} octets par réponse, {figures['whole']:.0%} sont la salle entière")  # fmt: skip
    print(f"  la fermeture est vue par {figures['saw']} téléphones en {figures['seen']:.1f} s au plus", flush=True)
    for error, count in figures["errors"].most_common():
        print(f"  {count} × {error}")
    for problem in figures["problems"]:
        print(f"  {problem}")


if __name__ == "__main__":
    main()
