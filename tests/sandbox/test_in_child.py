"""A child gives the answer or is killed; its parent goes on."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from parvis.core.errors import RefusedInput
from parvis.sandbox import NotDone, limits, pool, work
from tests.sandbox import jobs


class Colour(StrEnum):
    RED = "red"


@pytest.fixture(autouse=True)
def fresh_children() -> Iterator[None]:
    pool.pool.close()
    yield
    pool.pool.close()


def gone(pid: int) -> bool:
    """Whether a process ended, waiting for the kernel to say so."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


def test_the_answer_comes_from_another_process_which_serves_again() -> None:
    first = jobs.process()
    assert first != os.getpid()
    assert jobs.process() == first


def test_inside_a_child_such_a_function_is_a_plain_one() -> None:
    own, inner = jobs.inner()
    assert own == inner


def test_texts_arrive_as_plain_texts() -> None:
    given = jobs.give_back({"choix": [Colour.RED], "octets": b"\x00" * 100_000, "é": ("→", None, 1.5)})
    assert given == {"choix": ["red"], "octets": b"\x00" * 100_000, "é": ("→", None, 1.5)}
    assert type(given["choix"][0]) is str


def test_refusals_come_back_whole() -> None:
    with pytest.raises(RefusedInput) as refused:
        jobs.refuse()
    assert (refused.value.message, refused.value.lines) == ("Refusé.", ("Ligne 2 : mauvaise.",))
    assert not isinstance(refused.value, NotDone)


def test_a_fault_of_ours_is_told_with_its_place() -> None:
    with pytest.raises(work.Failed, match="une faute de notre code"):
        jobs.fail()


def test_memory_is_bounded() -> None:
    assert jobs.allocate(limits.MEMORY // 2) == limits.MEMORY // 2
    with pytest.raises(NotDone, match=jobs.HEAVY):
        jobs.allocate(limits.MEMORY)


def test_a_child_that_took_much_does_not_serve_again() -> None:
    first = jobs.process()
    jobs.keep(limits.MEMORY // 2)
    assert jobs.process() != first


def test_time_is_bounded_and_the_child_killed() -> None:
    with pytest.raises(NotDone, match=jobs.HEAVY):
        jobs.for_ever()
    assert jobs.process()


def test_what_a_child_started_is_killed_with_it(tmp_path: Path) -> None:
    where = tmp_path / "pid"
    with pytest.raises(NotDone):
        jobs.with_offspring(str(where))
    assert gone(int(where.read_text()))


def test_a_child_that_dies_kills_nobody() -> None:
    with pytest.raises(NotDone, match=jobs.HEAVY):
        jobs.die()
    assert jobs.process()


def test_a_child_that_left_meanwhile_is_replaced() -> None:
    first = jobs.process()
    jobs.leave_soon()
    assert gone(first)
    assert jobs.process() != first


def test_a_job_that_makes_every_child_leave_is_not_asked_for_ever() -> None:
    with pytest.raises(NotDone):
        jobs.leave()


def test_a_child_knows_neither_secrets_nor_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    known = jobs.environment()
    assert {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}.isdisjoint(known)
    assert "postgres://secret" not in known.values()
    assert not [name for name in jobs.loaded() if name.startswith("django")]


def test_what_a_library_prints_is_no_answer() -> None:
    assert jobs.printing() == "réponse"


def test_a_child_gives_values_only() -> None:
    with pytest.raises(NotDone):
        jobs.foreign_class()


def test_the_files_of_a_child_go_with_it() -> None:
    path = Path(jobs.with_file())
    assert path.exists()
    pool.pool.close()
    assert not path.exists()
    assert not path.parent.exists()


def test_few_work_at_once_and_those_who_cannot_wait_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.0)
    signal = tmp_path / "end"
    threads = [threading.Thread(target=jobs.wait_for, args=(str(signal),)) for _ in range(pool.AT_ONCE)]
    for thread in threads:
        thread.start()
    while pool.pool._working._value:
        time.sleep(0.01)
    with pytest.raises(NotDone) as refused:
        jobs.process()
    assert refused.value.message == work.BUSY
    signal.touch()
    for thread in threads:
        thread.join()
    assert jobs.process()


def _in_a_fork(pipe: object) -> None:
    pipe.send(jobs.process())  # type: ignore[attr-defined]


def test_a_forked_process_has_children_of_its_own() -> None:
    """`parvis demo` reads reports, then serves: its worker is a fork that must not write in the same pipes."""
    mine = jobs.process()
    here, there = multiprocessing.Pipe()
    fork = multiprocessing.get_context("fork").Process(target=_in_a_fork, args=(there,))
    fork.start()
    assert here.poll(60)
    assert here.recv() != mine
    fork.join()
    assert jobs.process() == mine
