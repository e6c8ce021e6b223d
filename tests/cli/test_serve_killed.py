"""The server dies in the middle (SIGKILL): nothing that was acknowledged is lost, nothing counts twice."""

from __future__ import annotations

from bench.kill import run
from bench.places import embedded


def test_a_server_killed_while_partners_speak_loses_and_doubles_nothing() -> None:
    with embedded() as place:
        trial = run(place, clients=8, kills=1, seconds=3)
    assert trial.holds, trial
    assert trial.figures["replayed"] > 0
