"""What people decide of mails that did not leave, and what a backup or an erasure makes of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail as sent
from django.db import transaction

from parvis.core import clock
from parvis.core.errors import ForbiddenMove
from parvis.core.mailing import purposes
from parvis.core.mailing.claims import claim_batch, find_cut, mark_refused, mark_sending, postpone
from parvis.core.mailing.counts import count_mails
from parvis.core.mailing.enums import Lane, MailState
from parvis.core.mailing.models import MailContent, OutgoingMail
from parvis.core.mailing.purposes import Letter, Purpose, register
from parvis.core.mailing.queue import (
    forget_mails,
    queue_mail,
    queue_mails,
    retry_refused,
    send_again,
    set_aside,
    set_aside_restored,
)
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import JournalEntry

pytestmark = pytest.mark.django_db


class Someone:
    journal_name = "user:someone"


def queued(to: str = "a@exemple.fr", **values: Any) -> OutgoingMail:
    mail = queue_mail("trial", letter=Letter(to, "Objet", "Texte"))
    OutgoingMail.objects.filter(pk=mail.pk).update(**values)
    mail.refresh_from_db()
    return mail


def test_a_cut_mail_is_sent_again_once_if_someone_says_so() -> None:
    mail = queued(state=MailState.CUT, attempts=3, reason="coupé")
    send_again(Someone(), mail)
    with pytest.raises(ForbiddenMove, match="plus de décision"):
        send_again(Someone(), mail)
    send_all_due()
    assert [letter.to for letter in sent.outbox] == [["a@exemple.fr"]]
    entry = JournalEntry.objects.get(verb="send_mail_again")
    assert (entry.actor, entry.subject, entry.values) == ("user:someone", f"mail:{mail.code}", {"was": "cut"})


def test_a_mail_set_aside_says_nothing_more_and_never_leaves() -> None:
    mail = queued(state=MailState.CUT)
    set_aside(Someone(), mail)
    with pytest.raises(ForbiddenMove):
        send_again(Someone(), mail)
    send_all_due()
    mail.refresh_from_db()
    assert (mail.state, mail.recipient, MailContent.objects.count(), sent.outbox) == ("set_aside", "", 0, [])


def test_a_worker_that_was_taken_for_dead_takes_no_mail_out_of_what_was_set_aside() -> None:
    mail = queued()
    slow = claim_batch(Lane.BULK)[0]
    assert mark_sending(slow)
    with clock.at(clock.now() + datetime.timedelta(hours=1)):
        find_cut()
    set_aside(Someone(), OutgoingMail.objects.get(pk=mail.pk))
    postpone(slow, "injoignable")
    mark_refused(slow, "refusé")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("set_aside", 0)


@pytest.mark.parametrize("state", ["waiting", "sending", "sent", "set_aside"])
def test_nothing_is_decided_of_a_mail_that_asks_nothing(state: str) -> None:
    mail = queued(state=state)
    for decide in (send_again, set_aside):
        with pytest.raises(ForbiddenMove):
            decide(Someone(), mail)
    mail.refresh_from_db()
    assert (mail.state, JournalEntry.objects.count()) == (state, 0)


def test_a_mail_whose_content_is_gone_cannot_be_sent_again() -> None:
    mail = queued(state=MailState.CUT)
    MailContent.objects.all().delete()
    mail = OutgoingMail.objects.get(pk=mail.pk)
    with pytest.raises(ForbiddenMove, match="Son contenu"):
        send_again(Someone(), mail)


def test_only_the_refused_of_those_named_are_retried() -> None:
    refused, cut, other = queued(state="refused"), queued(state="cut"), queued(state="refused")
    assert retry_refused(OutgoingMail.objects.filter(pk__in=[refused.pk, cut.pk])) == 1
    assert [OutgoingMail.objects.get(pk=each.pk).state for each in (refused, cut, other)] == [
        "waiting", "cut", "refused",
    ]  # fmt: skip


def test_forgotten_mails_hold_no_word_nor_address_and_do_not_leave() -> None:
    left, waiting, stranger = queued(state="sent"), queued("B@exemple.fr"), queued("c@exemple.fr")
    forget_mails(OutgoingMail.objects.filter(pk__in=[left.pk, waiting.pk]))
    send_all_due()
    rows = OutgoingMail.objects.order_by("pk").values_list("state", "recipient")
    assert list(rows) == [("sent", ""), ("set_aside", ""), ("sent", "")]
    assert [letter.to for letter in sent.outbox] == [["c@exemple.fr"]]
    assert (stranger.pk, MailContent.objects.count()) != (None, 1)


def test_after_a_restore_nothing_leaves_by_itself() -> None:
    queued()
    queued(state="sending")
    queued(state="refused")
    assert set_aside_restored() == 2
    send_all_due()
    assert list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True)) == ["set_aside", "cut", "refused"]
    assert sent.outbox == []


def test_the_counts_say_why() -> None:
    for reason in ("adresse inconnue", "adresse inconnue", "boîte pleine"):
        queued(state="refused", reason=reason)
    for state in ("waiting", "sending", "sent", "cut", "set_aside"):
        queued(state=state, reason="injoignable" if state == "waiting" else "")
    counts = count_mails(OutgoingMail.objects.all())
    assert (counts.waiting, counts.sent, counts.cut, counts.set_aside) == (2, 1, 1, 1)
    assert counts.refused == (("adresse inconnue", 2), ("boîte pleine", 1))
    assert counts.delayed == (("injoignable", 1),)
    assert (counts.total, counts.unsettled) == (7, 6)


def test_a_purpose_is_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purposes, "_purposes", {})
    register("once", Purpose("Essai"))
    with pytest.raises(ValueError, match="twice"):
        register("once", Purpose("Essai"))


def test_a_mail_that_a_rollback_takes_back_was_never_queued() -> None:
    with transaction.atomic():
        queue_mails("trial", 3, about="x")
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == 0
