"""A phone in a room, as locust runs it: joins by the code, asks what changed every two seconds, writes, places dots.

It keeps each intention until it is acknowledged, and sends the same again when no answer came.
"""

from __future__ import annotations

import json
import random
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, ClassVar

import gevent
from gevent.lock import BoundedSemaphore
from locust import HttpUser, constant, task

POLL_SECONDS = 2.0
TEXTS = ("Le dernier bus part trop tôt", "Une permanence dans chaque quartier", "Les associations se parlent",
         "Trop de démarches en ligne", "Un lieu pour les jeunes le soir")  # fmt: skip
_META = re.compile(r'<meta name="parvis-([a-z]+)" content="([^"]*)">')
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Memory:
    """What all the phones remember, and what is asked of them.

    `notes`: those acknowledged (reference → text); `dots`: the last of each phone on each target. `answers`: those with
    a body when asking what changed; `whole`: the whole room among them; `bytes`: all of them, as sent on the network.
    """

    room: str = ""
    theme: str = ""
    proxied: bool = False
    writes: int = 30
    over: float = 0.0
    stops: float = 0.0
    notes: dict[str, str] = field(default_factory=dict)
    dots: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    late: int = 0
    replayed: int = 0
    closed_seen: list[float] = field(default_factory=list)
    polls: int = 0
    answers: int = 0
    whole: int = 0
    bytes: int = 0
    joined: int = 0


memory = Memory()


class Phone(HttpUser):
    """One person. Its clock starts when it has joined."""

    wait_time = constant(0)
    lock: ClassVar[BoundedSemaphore] = BoundedSemaphore(1)

    def on_start(self) -> None:
        if memory.proxied:  # a proxy opens a connection a request: any process may answer
            self.client.headers["Connection"] = "close"
        page = self._patiently(lambda: self.client.get(f"/atelier/?code={memory.room}", name="porte"))
        token = _CSRF.search(page.text)
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "code": memory.room}
        inside = self._patiently(lambda: self.client.post("/atelier/", form, name="entrer"))
        found = dict(_META.findall(inside.text))
        self.key, self.live, self.version = found["key"], found["live"], found["version"]
        self.device, self.clock, self.waiting = uuid.uuid4().hex[:12], 0, []
        self.mine: list[str] = []
        self.state = "open"
        memory.joined += 1
        span = max(1.0, memory.over - time.monotonic())
        self.moments = sorted(time.monotonic() + random.random() * span for _ in range(memory.writes))
        self.next_poll = time.monotonic() + random.random() * POLL_SECONDS

    def _patiently(self, ask: Any) -> Any:
        while True:
            answer = ask()
            if answer.status_code == 200:
                return answer
            gevent.sleep(0.5 + random.random())

    @task
    def live_on(self) -> None:
        now = time.monotonic()
        if now >= memory.stops and not self.waiting:
            self.stop()
            return
        if self.moments and now >= self.moments[0] and self.state == "open":
            self.moments.pop(0)
            self._write()
        if self.waiting:
            self._send()
        if now >= self.next_poll:
            self._poll()
        gevent.sleep(0.1)

    def _write(self) -> None:
        self.clock += 1
        op: dict[str, Any] = {"op_id": str(uuid.uuid4()), "seq": self.clock, "room": memory.room}
        if self.mine and random.random() < 0.4:
            target = random.choice(list(memory.notes) or self.mine)
            op |= {"kind": "dot", "target": target, "count": random.randint(0, 2)}
        elif self.mine and random.random() < 0.2:
            op |= {"kind": "edit", "of": random.choice(self.mine), "text": random.choice(TEXTS)}
        else:
            op |= {"kind": "note", "text": random.choice(TEXTS), "contribution_kind": "challenge"}
            op |= {"theme": memory.theme}
        self.waiting.append(op)

    def _send(self) -> None:
        ops = list(self.waiting)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        body = json.dumps({"device": self.device, "ops": ops})
        with self.client.post(
            "/api/v1/outbox", data=body, headers=headers, name="écrire", catch_response=True
        ) as answer:
            if answer.status_code != 200:
                memory.replayed += len(ops)
                gevent.sleep(0.3 + random.random() / 2)
                return
            told = answer.json()
        self.clock = max(self.clock, told["clock"])
        for op, result in zip(ops, told["results"], strict=True):
            self._remember(op, result["status"], result["detail"])
        del self.waiting[: len(ops)]

    def _remember(self, op: dict[str, Any], status: str, detail: str) -> None:
        if status == "late" or detail.startswith("late"):
            memory.late += 1
        elif status not in ("applied", "duplicate"):
            raise RuntimeError(f"{op['kind']} : {status} {detail}")
        elif op["kind"] == "dot":
            memory.dots[self.device, op["target"]] = (op["seq"], op["count"])
        else:
            reference = op.get("of", op["op_id"])
            memory.notes[reference] = op["text"]
            if op["kind"] == "note":
                self.mine.append(reference)

    def _poll(self) -> None:
        address = f"/atelier/{memory.room}/etat?since={self.version}"
        answer = self.client.get(address, name="suivre", headers={"X-Parvis-Key": self.live})
        memory.polls += 1
        self.next_poll = time.monotonic() + POLL_SECONDS * (0.75 + random.random() / 2)
        if answer.status_code == 200:
            told = answer.json()
            memory.answers += 1
            memory.whole += "since" not in told
            memory.bytes += int(answer.headers["Content-Length"])
            self.version = told["version"]
            if told["state"] == "closed" and self.state == "open":
                self.state = "closed"
                memory.closed_seen.append(time.monotonic())
