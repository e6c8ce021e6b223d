"""`parvis serve` dies in the middle of a sending (SIGKILL): no invitation is lost, none arrives twice by itself."""

from __future__ import annotations

import time

from bench.fake_smtp import FakeSmtp
from bench.mail import run
from bench.places import embedded


def slowly(smtp: FakeSmtp) -> None:
    def answer(address: str) -> str:
        time.sleep(0.2)
        return "250 ok"

    smtp.at_content = answer


def test_a_sending_killed_in_the_middle_loses_and_doubles_nothing() -> None:
    with embedded() as place:
        assert place.parvis("trial", "--json").returncode == 0
        trial = run(place, "tue", slowly, mails=60, kill=True, codes=8)
    assert (trial.lost, trial.twice, len(trial.codes)) == (0, 0, 8), trial
    assert set(trial.states) <= {"sent", "cut"}, trial
    assert trial.states["sent"] >= 58
