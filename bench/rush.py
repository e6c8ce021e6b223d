"""Names nobody checked: `python -m bench.rush [ROBOTS] [HONEST]`.

On a real `parvis serve`: HONEST people (200) come in by the open link of a poster, and with their phones into a room;
between the first half of them and the second, ROBOTS (300) rush through both, each with opinions and dots, each handing
its invitation on and reporting the same page. A rush has its own minute, as the gestures cut time by minutes.
Then the team sets it aside in one gesture at each place: figures must be those that honest people alone would give.
SQLite, then PostgreSQL when `DATABASE_URL` names a server.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

import requests

from bench.places import Place, places
from bench.served import Served

ROBOTS: Final = 300
HONEST: Final = 200
_HANDS: Final = 16
_SHEETS: Final = 3
_PATIENCE: Final = 120
_CSRF: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_META: Final = re.compile(r'<meta name="parvis-([a-z]+)" content="([^"]*)">')
_ORGANISATION: Final = re.compile(r'<option value="([a-z0-9]{6,12})"')


@dataclass
class Scene:
    """Where everything happens. `team` and `front`: who signed in at the desk, and at the front of the room."""

    base: str
    side: dict[str, Any]
    consultation: str = ""
    link: str = ""
    note: str = ""
    seen: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> None:
        with self.lock:
            self.seen[what] += 1


class Visitor:
    """Someone with a browser."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.session = scene, requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.scene.base + path, timeout=_PATIENCE)

    def send(self, page: str, to: str = "", **fields: Any) -> requests.Response:
        """The form of `page`, sent there or to another address."""
        token = _CSRF.search(self.get(page).text)
        form = fields | {"csrfmiddlewaretoken": token[1] if token is not None else ""}
        return self.session.post(self.scene.base + (to or page), form, timeout=_PATIENCE)

    def ops(self, page: str, ops: list[dict[str, Any]]) -> list[str]:
        """What became of operations, sent with the key that `page` gives to this device."""
        key = dict(_META.findall(page)).get("key", "")
        body = {
            "device": uuid.uuid4().hex[:12],
            "ops": [{"op_id": str(uuid.uuid4()), "seq": rank} | op for rank, op in enumerate(ops, start=1)],
        }
        headers = {"Authorization": f"Bearer {key}"}
        answer = self.session.post(f"{self.scene.base}/api/v1/outbox", json=body, headers=headers, timeout=_PATIENCE)
        return [result["status"] for result in answer.json()["results"]] if answer.ok else ["refused"] * len(ops)


def speak(scene: Scene, rank: int, *, robot: bool) -> None:
    """Come in by the poster, say which organisation, answer; a robot then hands on and reports."""
    who, name = Visitor(scene), "robots" if robot else "honest"
    houses = _ORGANISATION.findall(who.get(scene.link).text)
    inside = who.send(scene.link, organisation=houses[rank % len(houses)])
    value = "reconsider" if robot else "continue"
    sheets = scene.side["sheets"][:_SHEETS]
    told = who.ops(inside.text, [{"kind": "opinion", "sheet": sheet, "value": value} for sheet in sheets])
    for status in told:
        scene.count(f"{name} opinions {status}")
    if robot:
        forwarded = who.send("/partenaires/transmettre/", email=f"r{rank}@ailleurs.example")
        scene.count(f"forwarded {forwarded.status_code}")
        flag = f"/signaler/rencontre/{scene.side['meeting']}/"
        flagged = who.session.post(scene.base + flag, {"reason": "other", "comment": ""}, timeout=_PATIENCE)
        scene.count(f"flagged {flagged.status_code if flagged.history == [] else 200}")


def enter_room(scene: Scene, rank: int, *, robot: bool) -> None:
    """Come into the room with a phone, and put dots on the note: all of them for a robot."""
    who, name, room = Visitor(scene), "robots" if robot else "honest", scene.side["room"]
    inside = who.send("/atelier/", code=room)
    held = inside.url.endswith("/attente/")
    scene.count(f"{name} {'held' if held else 'inside' if inside.ok else 'refused'}")
    dot = {"kind": "dot", "room": room, "target": scene.note, "count": 5 if robot else 1}
    for status in who.ops(inside.text, [dot]) if not held else ["held"]:
        scene.count(f"{name} dots {status}")


def run(place: Place, robots: int, honest: int) -> bool:
    """One rush; prints its table. Whether the figures came back."""
    side = json.loads(place.parvis("trial", "--json").stdout)["sides"][0]
    _shell(place, _EXPECT.format(room=side["room"], people=honest))
    with Served(place) as server:
        scene = Scene(f"http://127.0.0.1:{server.port}", side)
        team, front = (_agent(scene, role) for role in ("coordinator", "facilitator"))
        _prepare(scene, team, place)
        half = honest // 2
        _together(scene, half, robot=False)
        _count_all(scene, team)
        before = _figures(scene, team, place)
        rush = _next_minute()
        _together(scene, robots, robot=True)
        during = _figures(scene, team, place)
        after_rush = _next_minute()
        _set_aside(scene, team, front, rush, after_rush)
        _together(scene, honest - half, robot=False, first=half)
        _let_in(scene, front)
        after = _figures(scene, team, place)
        _count_all(scene, team)
        final = _figures(scene, team, place)
        late_dots = scene.seen["honest held"]
    told = json.loads(place.parvis("verify", "--json").stdout)
    exact = during["csv"] == before["csv"] == after["csv"] and after["dots"] == honest - late_dots and told["ok"]
    _tell(place.name, scene, {"avant": before, "ruée": during, "mise de côté": after, "tous vérifiés": final}, exact)
    for problem in told["problems"]:
        print(f"  {problem}")
    return exact


def _together(scene: Scene, people: int, *, robot: bool, first: int = 0) -> None:
    def one(rank: int) -> None:
        speak(scene, rank, robot=robot)
        enter_room(scene, rank, robot=robot)

    with ThreadPoolExecutor(_HANDS) as hands:
        list(hands.map(one, range(first, first + people)))


def _agent(scene: Scene, role: str) -> Visitor:
    agent = Visitor(scene)
    agent.send(next(agent["sign_in"] for agent in scene.side["agents"] if agent["role"] == role))
    return agent


def _prepare(scene: Scene, team: Visitor, place: Place) -> None:
    """A poster, and a note on which dots go."""
    found = re.search(r"/gestion/concertations/([a-z0-9]{9,})/", team.get("/gestion/concertations/").text)
    assert found is not None
    scene.consultation = f"/gestion/concertations/{found[1]}/"
    team.send(f"{scene.consultation}invitations/", geste="ouverte")
    link = re.search(r"(/partenaires/invitation/[^/\"]+/)", team.get(f"{scene.consultation}invitations/").text)
    assert link is not None
    scene.link = link[1]
    scene.note = json.loads(_shell(place, _NOTE.format(room=scene.side["room"])))["note"]


_EXPECT: Final = 'print(Board.objects.filter(room="{room}").update(expected_people={people}))'
_NOTE: Final = """
from parvis.meetings.operations.room.entering import take_table
from parvis.consultations.outbox import apply_ops
import uuid
board = Board.objects.select_related("meeting__consultation").get(room="{room}")
note = str(uuid.uuid4())
theme = board.meeting.consultation.themes.order_by("position", "id")[0].code
op = dict(op_id=note, seq=1, kind="note", room="{room}", contribution_kind="proposal", theme=theme, text="Un lieu")
apply_ops(take_table(board, 1), "d", [op])
print(json.dumps(dict(note=note)))
"""
_STATE: Final = """
from parvis.meetings.room_state import room_state
from parvis.meetings.models import Seat
from parvis.consultations.models import Invitation, Participant
from parvis.publishing.models import Flag
from django.db.models import Count
from parvis.sheets.models import Opinion
board = Board.objects.get(room="{room}")
people = Participant.objects.exclude(came_by=None).order_by()
phones = Seat.objects.filter(board=board, role="phone").order_by()
given = Opinion.objects.filter(participant__in=people).exclude(value="").order_by()
print(json.dumps(dict(
    dots=room_state(board).dots, flags=Flag.objects.count(), hidden=board.meeting.hidden_at is not None,
    people=dict(people.values_list("standing").annotate(Count("pk"))),
    opinions=dict(given.values_list("participant__standing").annotate(Count("pk"))),
    phones=dict(phones.values_list("admission").annotate(Count("pk"))),
    forwarded=Invitation.objects.exclude(forwarded_by=None).count())))
"""


def _shell(place: Place, code: str) -> str:
    start = "import json\nfrom parvis.meetings.models import Board\n"
    return place.parvis("manage", "shell", "-v", "0", "-c", start + code).stdout.strip().splitlines()[-1]


def _figures(scene: Scene, team: Visitor, place: Place) -> dict[str, Any]:
    """The csv of the team without its last column, which counts what is to be checked; and what the tables hold."""
    told = team.get(f"{scene.consultation}avis/avis-des-partenaires.csv").content.decode()
    state: dict[str, Any] = json.loads(_shell(place, _STATE.format(room=scene.side["room"])))
    return state | {"csv": [line.rpartition(";")[0] for line in told.splitlines()]}


def _count_all(scene: Scene, team: Visitor) -> None:
    _decide(scene, team, "tous:counted")


def _decide(scene: Scene, team: Visitor, gesture: str, query: str = "") -> None:
    page = f"{scene.consultation}entrees/{query}"
    hidden = re.findall(r'<input type="hidden" name="(etat|lien|depuis|avant|vu)" value="([^"]*)"', team.get(page).text)
    team.send(page, **dict(hidden), geste=gesture)


def _set_aside(scene: Scene, team: Visitor, front: Visitor, rush: datetime.datetime, after: datetime.datetime) -> None:
    """One gesture at the desk, one at the front of the room."""
    paris = [moment.astimezone(ZoneInfo("Europe/Paris")).strftime("%Y-%m-%dT%H:%M") for moment in (rush, after)]
    _decide(scene, team, "tous:set_aside", f"?depuis={paris[0]}&avant={paris[1]}")
    table = f"/atelier/{scene.side['room']}/table/"
    minutes = re.findall(r'name="minute" value="([^"]+)"', front.get(table).text)
    chosen = [minute for minute in minutes if rush <= datetime.datetime.fromisoformat(minute) < after]
    _at_the_entrance(front, table, "minutes-aside", minute=chosen)


def _let_in(scene: Scene, front: Visitor) -> None:
    _at_the_entrance(front, f"/atelier/{scene.side['room']}/table/", "let-in")


def _at_the_entrance(front: Visitor, table: str, gesture: str, **more: Any) -> None:
    last = re.search(r'name="last" value="([^"]+)"', front.get(table).text)
    assert last is not None
    front.send(table, f"{table}entrees/", gesture=gesture, last=last[1], **more)


def _next_minute() -> datetime.datetime:
    """Wait for it."""
    now = datetime.datetime.now(datetime.UTC)
    turn = now.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
    time.sleep((turn - now).total_seconds() + 0.2)
    return turn


def _tell(name: str, scene: Scene, moments: dict[str, dict[str, Any]], exact: bool) -> None:
    rows: tuple[tuple[str, Callable[[dict[str, Any]], object]], ...] = (
        ("personnes comptées", lambda state: state["people"].get("counted", 0)),
        ("personnes à vérifier", lambda state: state["people"].get("to_check", 0)),
        ("personnes de côté", lambda state: state["people"].get("set_aside", 0)),
        ("avis comptés", lambda state: state["opinions"].get("counted", 0)),
        ("avis à vérifier", lambda state: state["opinions"].get("to_check", 0)),
        ("avis de côté", lambda state: state["opinions"].get("set_aside", 0)),
        ("téléphones dans la salle", lambda state: state["phones"].get("admitted", 0)),
        ("téléphones en attente", lambda state: state["phones"].get("waiting", 0)),
        ("téléphones de côté", lambda state: state["phones"].get("set_aside", 0)),
        ("gommettes comptées", lambda state: state["dots"]),
        ("invitations transmises", lambda state: state["forwarded"]),
        ("signalements gardés", lambda state: state["flags"]),
        ("contenu masqué", lambda state: "oui" if state["hidden"] else "non"),
    )
    print(f"{name:26}" + "".join(f"{moment:>16}" for moment in moments))
    for label, value in rows:
        print(f"{label:26}" + "".join(f"{value(state)!s:>16}" for state in moments.values()))
    print(f"  réponses : {dict(sorted(scene.seen.items()))}")
    print(f"  {'les chiffres sont revenus, octet pour octet' if exact else 'FAUX'}", flush=True)


def main() -> None:
    robots, honest = (int(word) for word in (*sys.argv[1:3], *(str(ROBOTS), str(HONEST))[len(sys.argv[1:3]) :]))
    held = [run(place, robots, honest) for place in places()]
    raise SystemExit(not all(held))


if __name__ == "__main__":
    main()
