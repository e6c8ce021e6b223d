"""What becomes of a mail, whatever the server does: sent once, refused, later, or cut for a person to decide."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import OperationalError

from bench.fake_smtp import FakeSmtp, closed_port
from parvis.core import clock
from parvis.core.mailing import purposes
from parvis.core.mailing.claims import EXPIRED, claim_batch, find_cut, mark_refused, mark_sending, postpone
from parvis.core.mailing.enums import Lane, MailState
from parvis.core.mailing.models import MailContent, OutgoingMail
from parvis.core.mailing.purposes import Letter, Purpose
from parvis.core.mailing.queue import can_send_again, queue_mail, queue_mails
from parvis.core.mailing.sender import send_all_due, send_due

pytestmark = pytest.mark.django_db
BULK = Lane.BULK


def queued(to: str = "a@exemple.fr", **options: Any) -> OutgoingMail:
    return queue_mail("trial", letter=Letter(to, "Bonjour é", "Un texte.\n.\nLa fin."), **options)


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def fresh(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail.pk)


def later(**time: float) -> Any:
    return clock.at(clock.now() + datetime.timedelta(**time))


def test_a_batch_leaves_over_one_connection_and_leaves_nothing_behind(server: FakeSmtp) -> None:
    for number in range(50):
        queued(f"{number}@exemple.fr")
    assert send_due(BULK).answered
    assert (server.total, max(server.accepted.values()), server.connections) == (50, 1, 1)
    assert set(states()) == {"sent"}
    assert MailContent.objects.count() == 0
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {""}


def test_the_mail_arrives_as_it_was_written(server: FakeSmtp) -> None:
    mail = queued()
    send_all_due()
    assert "Un texte.\r\n..\r\nLa fin.\r\n" in server.bodies[0]
    assert f"Message-ID: <{mail.code}@localhost>" in server.bodies[0]


def test_an_unknown_address_is_refused_for_good_and_the_others_leave(server: FakeSmtp) -> None:
    server.at_recipient = lambda address: "550 5.1.1 <b@exemple.fr> unknown" if address[0] == "b" else "250 ok"
    for name in "abc":
        queued(f"{name}@exemple.fr")
    send_all_due()
    assert (states(), server.connections) == (["sent", "refused", "sent"], 1)
    refused = OutgoingMail.objects.get(state="refused")
    assert (refused.reason, refused.recipient) == ("adresse inconnue", "b@exemple.fr")
    assert not can_send_again(refused)
    with later(days=9):
        send_all_due()
    assert (states(), server.total) == (["sent", "refused", "sent"], 2)


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ("550 no such user", "refused", "adresse inconnue"),
        ("552 5.2.2 mailbox full", "refused", "boîte pleine"),
        ("452 4.2.2 mailbox full", "waiting", "boîte pleine"),
        ("554 5.7.1 a@exemple.fr is spam", "refused", "refusé par le serveur"),
        ("450 4.7.1 greylisted", "waiting", "le serveur demande d'attendre"),
        ("421 too busy", "waiting", "le serveur de courriel a raccroché"),
    ],
)
@pytest.mark.parametrize("moment", ["at_recipient", "at_content"])
def test_a_refusal_is_told_in_plain_words_without_what_the_server_said(
    server: FakeSmtp, answer: str, state: str, reason: str, moment: str
) -> None:
    setattr(server, moment, lambda address: answer)
    mail = queued()
    send_all_due()
    assert (fresh(mail).state, fresh(mail).reason, server.total) == (state, reason, 0)


def test_a_refusal_for_now_is_tried_again_with_growing_delays_then_given_up(server: FakeSmtp) -> None:
    server.at_recipient = lambda address: "451 later"
    mail = queued()
    moment, waits = clock.now(), []
    while fresh(mail).state == MailState.WAITING:
        with clock.at(moment):
            send_due(BULK)
        last, moment = moment, max(fresh(mail).next_attempt_at, moment)
        waits.append(round((moment - last).total_seconds() / 60))
    assert waits == [1, 5, 25, 120, 360, 1440, 0]
    assert (fresh(mail).state, fresh(mail).reason) == ("refused", "le serveur demande d'attendre")


def test_a_code_is_tried_again_at_once_and_dropped_when_its_time_is_over(server: FakeSmtp) -> None:
    server.at_recipient = lambda address: "451 later"
    mail = queued(lane=Lane.URGENT, lifetime=datetime.timedelta(minutes=10))
    moment, waits = clock.now(), []
    while fresh(mail).state == MailState.WAITING:
        with clock.at(moment):
            send_due(Lane.URGENT)
        last, moment = moment, max(fresh(mail).next_attempt_at, moment)
        waits.append(round((moment - last).total_seconds()))
    assert (waits[:5], max(waits)) == ([5, 10, 20, 40, 40], 40)
    assert (fresh(mail).state, fresh(mail).reason, fresh(mail).recipient) == ("set_aside", EXPIRED, "")
    assert MailContent.objects.count() == 0


def test_a_server_that_is_not_there_refuses_nobody(settings: Any, server: FakeSmtp) -> None:
    settings.EMAIL_PORT = closed_port()
    for number in range(30):
        queued(f"{number}@exemple.fr")
    assert not send_due(BULK).answered
    assert set(states()) == {"waiting"}
    assert OutgoingMail.objects.filter(attempts=1, reason="serveur de courriel injoignable").count() == 1
    assert OutgoingMail.objects.filter(attempts=0, claimed_until=None).count() == 29
    settings.EMAIL_PORT = server.port
    with later(minutes=2):
        assert send_due(BULK).answered
    assert (server.total, set(states())) == (30, {"sent"})


def test_a_server_that_hangs_before_the_content_is_left_and_the_mail_tried_later(server: FakeSmtp) -> None:
    server.at_greeting = lambda: None
    mail = queued()
    assert not send_due(BULK).answered
    assert (fresh(mail).state, fresh(mail).attempts) == ("waiting", 1)


def test_what_was_accepted_is_sent_though_the_server_hangs_up_next(server: FakeSmtp) -> None:
    calls = []

    def once(address: str) -> str:
        calls.append(address)
        return "421 bye" if len(calls) == 2 else "250 ok"

    server.at_recipient = once
    for name in "ab":
        queued(f"{name}@exemple.fr")
    assert send_due(BULK).answered
    assert (states(), dict(server.accepted)) == (["sent", "sent"], {"a@exemple.fr": 1, "b@exemple.fr": 1})
    assert server.connections == 2


def test_a_mail_taken_without_an_answer_waits_for_a_person_and_never_leaves_alone(server: FakeSmtp) -> None:
    server.at_content = lambda address: None
    mail = queued()
    send_due(BULK)
    server.at_content = lambda address: "250 ok"
    with later(days=3):
        send_all_due()
    assert (fresh(mail).state, server.total) == ("cut", 1)
    assert can_send_again(fresh(mail))


def test_a_mail_that_a_dead_worker_had_begun_is_cut_and_one_it_had_not_is_sent(server: FakeSmtp) -> None:
    begun, untouched = queued("begun@exemple.fr"), queued("untouched@exemple.fr")
    batch = claim_batch(BULK)
    assert mark_sending(batch[0])
    send_all_due()
    assert (states(), server.total) == (["sending", "waiting"], 0)
    with later(minutes=5):
        send_all_due()
    assert (fresh(begun).state, fresh(untouched).state) == ("cut", "sent")
    assert dict(server.accepted) == {"untouched@exemple.fr": 1}


def test_a_worker_whose_claim_ran_out_does_not_send_what_another_took(server: FakeSmtp) -> None:
    queued()
    slow = claim_batch(BULK)[0]
    with later(minutes=5):
        send_all_due()
        assert not mark_sending(slow)
    assert server.total == 1


def test_a_worker_whose_claim_ran_out_does_not_change_what_another_does(server: FakeSmtp) -> None:
    mail = queued()
    slow = claim_batch(BULK)[0]
    with later(minutes=5):
        assert mark_sending(claim_batch(BULK)[0])
    postpone(slow, "trop tard")
    mark_refused(slow, "trop tard")
    assert (fresh(mail).state, fresh(mail).attempts, fresh(mail).reason) == ("sending", 0, "")


def test_a_database_that_fails_for_a_moment_does_not_hold_a_code_back(
    server: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not begun: it is free at once, not at the end of a claim that lasts minutes."""
    mail = queued(lane=Lane.URGENT, lifetime=datetime.timedelta(minutes=3))

    def busy(mail: OutgoingMail) -> bool:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("parvis.core.mailing.claims.mark_sending", busy)
        with pytest.raises(OperationalError):
            send_due(Lane.URGENT)
    assert send_due(Lane.URGENT).answered
    assert (fresh(mail).state, server.total) == ("sent", 1)


def test_a_code_that_was_cut_asks_nothing_of_anyone(server: FakeSmtp) -> None:
    mail = queued(lane=Lane.URGENT, lifetime=datetime.timedelta(minutes=10))
    assert mark_sending(claim_batch(Lane.URGENT)[0])
    with later(minutes=5):
        find_cut()
    assert (fresh(mail).state, MailContent.objects.count()) == ("set_aside", 0)


def test_a_letter_to_nobody_goes_nowhere_and_leaves_no_row(server: FakeSmtp) -> None:
    queued("", lane=Lane.URGENT)
    send_all_due()
    assert (OutgoingMail.objects.count(), server.connections) == (0, 0)


def test_an_address_that_is_none_is_refused_and_the_next_leaves(server: FakeSmtp) -> None:
    queued("a@b@c d")
    queued("a@exemple.fr\r\nRCPT TO:<x@y.z>")
    queued("bien@exemple.fr")
    send_all_due()
    assert (states(), dict(server.accepted)) == (["refused", "refused", "sent"], {"bien@exemple.fr": 1})


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A purpose that writes its mails when they leave."""
    known: dict[str, Any] = {"letter": Letter("a@exemple.fr", "Objet", "Texte"), "sent": []}
    purpose = Purpose("Essai", lambda mail: known["letter"], lambda mail: known["sent"].append(mail.sent_at))
    monkeypatch.setitem(purposes._purposes, "written", purpose)
    return known


def test_a_purpose_that_writes_is_asked_when_the_mail_leaves_and_told_when_it_left(
    server: FakeSmtp, written: dict[str, Any]
) -> None:
    queue_mails("written", 2, about="x")
    written["letter"] = Letter("neuve@exemple.fr", "Objet", "Texte")
    send_all_due()
    assert dict(server.accepted) == {"neuve@exemple.fr": 2}
    assert written["sent"] == list(OutgoingMail.objects.order_by("pk").values_list("sent_at", flat=True))


def test_a_mail_that_has_no_longer_a_reason_does_not_leave(server: FakeSmtp, written: dict[str, Any]) -> None:
    queue_mails("written", 1, about="x")
    written["letter"] = None
    send_all_due()
    assert (states(), server.connections, written["sent"]) == (["set_aside"], 0, [])


def test_a_mail_that_cannot_be_written_does_not_stop_the_others(
    server: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(purposes._purposes, "broken", Purpose("Essai", lambda mail: 1 / 0))  # type: ignore[arg-type]
    queue_mails("broken", 1, about="x")
    queued()
    send_all_due()
    assert states() == ["waiting", "sent"]


def test_a_setting_that_names_nothing_keeps_the_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "no.such.backend"
    mail = queued()
    send_all_due()
    assert (fresh(mail).state, fresh(mail).reason) == ("waiting", "le réglage du courriel n'est pas bon")


@pytest.mark.parametrize("part", ["subject", "sender_name", "reply_to"])
def test_what_was_typed_adds_no_header(server: FakeSmtp, part: str) -> None:
    typed = {"subject": "Objet", "sender_name": "Ville", "reply_to": "a@ville.example"}
    typed[part] += "\r\nBcc: autre@exemple.fr"
    queue_mail("trial", letter=Letter(to="elle@exemple.fr", body="Bonjour", **typed))
    send_all_due()
    assert states() == ["sent"]
    assert "\nBcc:" not in server.bodies[0]
    assert "Reply-To: a@ville.example" in server.bodies[0]
