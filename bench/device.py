"""A device as partners hold it: it keeps what it says until it is acknowledged, and sends it again as it was."""

from __future__ import annotations

import http.client
import json
import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

VALUES = ("strengthen", "continue", "adapt", "reconsider", "unknown", "no_view", "out_of_scope", None)
MOST = 200
"""Operations in one request: the door takes no more."""
DONE = frozenset({"applied", "duplicate"})


@dataclass
class Device:
    """One device of a participant, with its Lamport clock. `said` is what it remembers of its acknowledged words.

    `figures`: `written`, `sent`, `replayed` (sent once more, unacknowledged), `unheard` (requests
    whose answer never came, or was not heard), `5xx`, and how many times each status was answered.
    """

    port: int
    token: str
    name: str
    sheets: list[str]
    chance: random.Random
    clock: int = 0
    waiting: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    _sent: set[str] = field(default_factory=set)
    _line: http.client.HTTPConnection | None = None

    def write(self) -> None:
        """One more opinion, kept here."""
        self.clock += 1
        name = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        said = {"sheet": self.chance.choice(self.sheets), "value": self.chance.choice(VALUES)}
        self.waiting.append({"op_id": str(name), "seq": self.clock, "kind": "opinion", **said})
        self.figures["written"] += 1

    def send(self, *, deaf: bool = False) -> bool:
        """Send what waits, in the order it was written. False when no answer came, or when the device did not hear it
        (`deaf`): all of it still waits."""
        ops = self.waiting[:MOST]
        self.figures["sent"] += len(ops)
        self.figures["replayed"] += sum(op["op_id"] in self._sent for op in ops)
        self._sent |= {op["op_id"] for op in ops}
        answer = self._post(ops)
        if answer is None or deaf:
            self.figures["unheard"] += 1
            return False
        self.clock = max(self.clock, answer["clock"])
        statuses = [result["status"] for result in answer["results"]]
        if set(statuses) - DONE:
            raise RuntimeError(f"answered {answer}")
        self.figures.update(statuses)
        self.said += ops
        del self.waiting[: len(ops)]
        return True

    def send_again(self, ops: list[dict[str, Any]]) -> list[str]:
        """The statuses of operations that were acknowledged before."""
        self.close()  # an idle line may have been hung up
        answer = self._post(ops)
        if answer is None:
            raise RuntimeError(f"no answer: {self.figures}")
        return [result["status"] for result in answer["results"]]

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _post(self, ops: list[dict[str, Any]]) -> dict[str, Any] | None:
        body = json.dumps({"device": self.name, "ops": ops})
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            self._line = self._line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            self._line.request("POST", "/api/v1/outbox", body, headers)
            answer = self._line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return None
        if answer.status >= 500:
            self.figures["5xx"] += 1
            return None
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {content!r}")
        found: dict[str, Any] = json.loads(content)
        return found


def last_words(devices: list[Device]) -> dict[str, dict[str, int]]:
    """Sheet → value → people, as the devices themselves remember: of one person on one sheet, the greatest clock wins,
    then the device, then the name of the operation."""
    last: dict[tuple[str, str], tuple[tuple[int, str, str], str | None]] = {}
    for device in devices:
        for op in device.said:
            key, rank = (device.token, op["sheet"]), (op["seq"], device.name, op["op_id"])
            if key not in last or rank > last[key][0]:
                last[key] = (rank, op["value"])
    counts: dict[str, Counter[str]] = {}
    for (_, sheet), (_, value) in last.items():
        if value is not None:
            counts.setdefault(sheet, Counter())[value] += 1
    return {sheet: dict(values) for sheet, values in counts.items()}
