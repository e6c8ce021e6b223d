"""The threads of a process: lanes that do not wait for each other, a wake-up, a stop that cuts nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from bench.fake_smtp import FakeSmtp
from parvis.core import background
from parvis.core.mailing.enums import Lane
from parvis.core.mailing.models import OutgoingMail
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.core.mailing.sender import send_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_a_file")]
_LONG = 30


@pytest.fixture
def sending(server: FakeSmtp, settings: object) -> Iterator[None]:
    settings.EMAIL_TIMEOUT = _LONG  # type: ignore[attr-defined]
    background.start()
    yield
    background.stop(_LONG)


def queued(to: str, lane: Lane) -> None:
    queue_mail("trial", letter=Letter(to, "Objet", "Texte"), lane=lane)


def held_at(server: FakeSmtp, start: str, go_on: threading.Event) -> threading.Event:
    """Set once the server is given a mail to an address that begins by `start`; it answers when `go_on` is set."""
    reached = threading.Event()

    def answer(address: str) -> str:
        if address.startswith(start):
            reached.set()
            go_on.wait(_LONG)
        return "250 ok"

    server.at_content = answer
    return reached


def test_a_code_leaves_while_the_server_hangs_on_an_invitation(server: FakeSmtp, sending: None) -> None:
    go_on = threading.Event()
    reached = held_at(server, "partner", go_on)
    for number in range(30):  # more than all threads would claim
        queued(f"partner{number}@exemple.fr", Lane.BULK)
    assert reached.wait(_LONG)
    queued("agent@exemple.fr", Lane.URGENT)
    until(lambda: server.accepted["agent@exemple.fr"] == 1)
    assert server.total == 1
    go_on.set()
    until(lambda: server.total == 31)


def test_a_code_on_which_the_server_hangs_does_not_hold_the_next(server: FakeSmtp, sending: None) -> None:
    go_on = threading.Event()
    reached = held_at(server, "first", go_on)
    queued("first@exemple.fr", Lane.URGENT)
    assert reached.wait(_LONG)
    queued("second@exemple.fr", Lane.URGENT)
    until(lambda: server.accepted["second@exemple.fr"] == 1)
    go_on.set()


def test_a_stop_finishes_the_mail_in_hand_and_leaves_the_next(server: FakeSmtp, sending: None) -> None:
    go_on = threading.Event()
    reached = held_at(server, "first", go_on)
    for name in ("first", "second"):
        queued(f"{name}@exemple.fr", Lane.BULK)
    assert reached.wait(_LONG)
    stopping = threading.Thread(target=background.stop, args=(_LONG,))
    stopping.start()
    stopping.join(0.5)
    assert stopping.is_alive()
    go_on.set()
    stopping.join(_LONG)
    rows = OutgoingMail.objects.order_by("pk").values_list("state", "claimed_until")
    assert [(state, until is None) for state, until in rows] == [("sent", True), ("waiting", True)]


def test_workers_that_claim_at_once_never_take_the_same_mail(server: FakeSmtp) -> None:
    for number in range(60):
        queued(f"{number}@exemple.fr", Lane.URGENT)
    ready = threading.Barrier(8)

    def work() -> None:
        ready.wait(_LONG)
        try:
            while OutgoingMail.objects.filter(state="waiting").exists():
                send_due(Lane.URGENT)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(_LONG)
    assert (server.total, max(server.accepted.values())) == (60, 1)


def until(holds: Callable[[], bool]) -> None:
    """Wait for what must come; fails after a long time."""
    pause = threading.Event()
    for _ in range(_LONG * 20):
        if holds():
            return
        pause.wait(0.05)
    raise AssertionError("it did not come")
