"""The pages of a room of many notes: `python -m bench.room_pages [NOTES …]` (300 and 3,000).

In the process, without a server, on an embedded database of its own: the median of five GETs, in milliseconds, and the
weight of each page. A tenth of the notes say what another says; a family holds thirty; every phone places dots.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

from bench.places import embedded

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_IN_A_FAMILY, _DOUBLES = 30, 10
_HERE = "--here"


def measure(notes: int, room: str, email: str) -> list[tuple[str, float, int]]:
    """Page, milliseconds, bytes."""
    from django.test import Client

    from parvis.meetings.models import Board
    from parvis.people.models import User

    board = _filled(notes, room)
    phone, table, desk = (Client(HTTP_HOST="localhost") for _ in range(3))
    _enter(phone, board.room)
    _sit_at_a_table(table, board)
    desk.force_login(User.objects.get(email=email))
    address = f"/atelier/{board.room}"
    facilitating = desk.get(f"{address}/table/").content.decode()
    pages: list[tuple[str, Callable[[], Any]]] = [
        ("animation", lambda: desk.get(f"{address}/table/")),
        ("secrétaire", lambda: table.get(f"{address}/secretaire/")),
        ("téléphone", lambda: phone.get(f"{address}/")),
        ("écran", lambda: desk.get(f"{address}/ecran/")),
    ]
    rows = [(name, *_timed(ask)) for name, ask in pages]
    started = time.perf_counter()
    token = _CSRF.search(facilitating)
    assert token is not None
    desk.post(f"{address}/table/conduire/", {"do": "close", "sure": "1", "csrfmiddlewaretoken": token[1]})
    rows.append(("clore et rédiger", (time.perf_counter() - started) * 1000, 0))
    minutes = Board.objects.get(pk=board.pk).meeting.minutes.get()
    rows.append(("relecture du compte-rendu", *_timed(lambda: desk.get(f"/gestion/comptes-rendus/{minutes.code}/"))))
    return rows


def _timed(ask: Callable[[], Any]) -> tuple[float, int]:
    spent, size = [], 0
    for _ in range(5):
        started = time.perf_counter()
        answer = ask()
        spent.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.request['PATH_INFO']} : {answer.status_code}")
        size = len(answer.content)
    return statistics.median(spent), size


def _filled(notes: int, room: str) -> Any:
    """The room of the trial, with that many notes."""
    from parvis.meetings.models import Board
    from parvis.meetings.operations.room.entering import join_with_phone, take_table

    board = Board.objects.select_related("meeting__consultation").get(room=room)
    ticks, theme = itertools.count(1), board.meeting.consultation.themes.order_by("position", "id")[0].code
    secretary = take_table(board, 1)
    written: list[str] = []
    while len(written) < notes:
        phone = join_with_phone(board, 1)
        count = min(150, notes - len(written))
        some = [
            {"kind": "note", "text": f"Le dernier bus du quartier {len(written) + rank} part trop tôt le soir",
             "contribution_kind": ("challenge", "strength", "proposal")[rank % 3], "theme": theme}
            for rank in range(count)
        ]  # fmt: skip
        written += _send(phone, board, ticks, some)
        dots = [{"kind": "dot", "target": each, "count": 1} for each in written[-5:]]
        _send(phone, board, ticks, dots)
    families = [written[place : place + _IN_A_FAMILY] for place in range(0, notes, 2 * _IN_A_FAMILY)]
    _send(secretary, board, ticks, [
        {"kind": "family", "title": f"Famille {rank}", "notes": some} for rank, some in enumerate(families)
    ])  # fmt: skip
    _send(secretary, board, ticks, [
        {"kind": "duplicate", "note": written[place + 1], "of": written[place]}
        for place in range(0, notes - 1, _DOUBLES)
    ])  # fmt: skip
    board.refresh_from_db()
    return board


def _send(who: Any, board: Any, ticks: Any, bodies: list[dict[str, Any]]) -> list[str]:
    from parvis.consultations.outbox import apply_ops

    names = []
    for place in range(0, len(bodies), 100):
        ops = [
            {"op_id": str(uuid.uuid4()), "seq": next(ticks), "room": board.room, **body}
            for body in bodies[place : place + 100]
        ]
        for result in apply_ops(who, "bench", ops).results:
            assert result.status == "applied", result.detail
        names += [op["op_id"] for op in ops]
    return names


def _enter(client: Any, room: str) -> None:
    page = client.get(f"/atelier/?code={room}").content.decode()
    token = _CSRF.search(page)
    assert token is not None
    client.post("/atelier/", {"csrfmiddlewaretoken": token[1], "code": room})


def _sit_at_a_table(client: Any, board: Any) -> None:
    from parvis.meetings.operations.room.table_links import table_path

    path = table_path(board, 1)
    token = _CSRF.search(client.get(path).content.decode())
    assert token is not None
    client.post(path, {"csrfmiddlewaretoken": token[1]})


def main() -> None:
    """Django is set up once a process, and here the database changes with the number of notes."""
    for notes in [int(given) for given in sys.argv[1:]] or [300, 3000]:
        with embedded() as place:
            side = json.loads(place.parvis("trial", "--json").stdout)["sides"][0]
            email = next(agent["email"] for agent in side["agents"] if agent["role"] == "facilitator")
            here = [sys.executable, "-m", "bench.room_pages", _HERE, str(notes), side["room"], email]
            subprocess.run(here, env=place.env, check=True)


def measure_here(notes: int, room: str, email: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    print(f"{notes} notes (charge de la machine : {os.getloadavg()[0]:.1f})")
    for name, milliseconds, size in measure(notes, room, email):
        print(f"  {name:28} {milliseconds:7.0f} ms {size // 1000:6d} ko", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == [_HERE]:
        measure_here(int(sys.argv[2]), *sys.argv[3:])
    else:
        main()
