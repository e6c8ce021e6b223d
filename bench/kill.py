"""Nothing lost, nothing twice, whatever dies: `python -m bench.kill [CLIENTS] [SECONDS]`.

CLIENTS devices (50), two to a participant, write opinions through a real `parvis serve` on a real database. Three times
in SECONDS (30) the server is killed (-9) in the middle and started again; one answer in twenty is lost besides; devices
send again what was not acknowledged. At the end what they remember is compared with `parvis verify`, and every word is
sent once more: all are duplicates. SQLite, then PostgreSQL when `DATABASE_URL` names a server.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from bench.device import MOST, Device, last_words
from bench.places import Place, places
from bench.served import Served

DEAF = 0.05
"""How often a device does not hear the answer."""
PATIENCE = 20
"""How many opinions wait before their author does."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out. `exact`: the totals are those that the devices remember; `again`: statuses of the last sending."""

    figures: Counter[str]
    exact: bool
    again: Counter[str]
    verified: int
    problems: list[str]

    @property
    def holds(self) -> bool:
        return self.exact and set(self.again) == {"duplicate"} and self.verified == 0


def run(place: Place, *, clients: int, kills: int, seconds: float, seed: int = 7) -> Trial:
    """Speak for `seconds`, with `kills` deaths evenly spread."""
    side = json.loads(place.parvis("trial", "--json").stdout)["sides"][0]
    with Served(place) as server:
        devices = _devices(side, server.port, clients, seed)
        over = threading.Event()
        with ThreadPoolExecutor(clients) as pool:
            working = [pool.submit(_speak, device, over) for device in devices]
            try:
                for _ in range(kills):
                    time.sleep(seconds / (kills + 1))
                    server.kill()
                    server.start()
                time.sleep(seconds / (kills + 1))
            finally:
                over.set()
            for each in working:
                each.result()
        again: Counter[str] = Counter()
        for device in devices:
            for start in range(0, len(device.said), MOST):
                again.update(device.send_again(device.said[start : start + MOST]))
            device.close()
    told = place.parvis("verify", "--json")
    found: dict[str, Any] = json.loads(told.stdout)
    figures: Counter[str] = Counter()
    for device in devices:
        figures.update(device.figures)
    counted = {sheet: found["opinions"].get(sheet, {}) for sheet in side["sheets"] if found["opinions"].get(sheet)}
    return Trial(figures, counted == last_words(devices), again, told.returncode, found["problems"])


def _devices(side: dict[str, Any], port: int, clients: int, seed: int) -> list[Device]:
    tokens = [person["token"] for person in side["participants"]]
    return [
        Device(port, tokens[rank // 2 % len(tokens)], f"d{rank:03}", side["sheets"], random.Random(seed + rank))
        for rank in range(clients)
    ]


def _speak(device: Device, over: threading.Event) -> None:
    """Write a little, send; without an answer, wait a moment and send the same again. Ends with nothing waiting."""
    while device.waiting or not over.is_set():
        if not over.is_set() and len(device.waiting) < PATIENCE:
            for _ in range(device.chance.randint(1, 4)):
                device.write()
        if not device.send(deaf=device.chance.random() < DEAF):
            time.sleep(0.2 + device.chance.random() / 2)


def main() -> None:
    clients, seconds = (int(word) for word in (sys.argv[1:] + ["50", "30"][len(sys.argv) - 1 :]))
    broken = False
    for place in places():
        trial = run(place, clients=clients, kills=3, seconds=seconds)
        said = trial.figures
        print(f"{place.name} : {clients} appareils, 3 SIGKILL en {seconds:.0f} s ; {said['written']} avis écrits, "
              f"{said['sent']} envois d'avis dont {said['replayed']} répétés, {said['unheard']} sans réponse ; "
              f"entendu {said['applied']} « applied », {said['duplicate']} « duplicate » ; tout renvoyé à la fin : "
              f"{dict(trial.again)} ; totaux {'exacts' if trial.exact else 'FAUX'} ; "
              f"verify : {trial.verified} ; réponses 5xx : {said['5xx']}")  # fmt: skip
        for problem in trial.problems:
            print(problem)
        broken = broken or not trial.holds
    raise SystemExit(broken)


if __name__ == "__main__":
    main()
