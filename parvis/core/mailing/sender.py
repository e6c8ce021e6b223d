"""Sending what is due, one mail after the other, over one connection."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, close_old_connections

from parvis.core import clock
from parvis.core.mailing import claims
from parvis.core.mailing.content import kept_letter
from parvis.core.mailing.enums import Lane
from parvis.core.mailing.models import OutgoingMail
from parvis.core.mailing.purposes import Letter, purpose_of
from parvis.core.mailing.transport import CutHalfway, Link, NotOurs, Refused, Unreachable, open_link
from parvis.core.one_line import one_line

_log = logging.getLogger(__name__)
_PAUSES: Final = (0.1, 0.5, 2.0, 5.0)
_LOST: Final = "son contenu n'est plus lisible"
_BROKEN: Final = "Parvis n'a pas su l'écrire"


@dataclass(slots=True)
class Round:
    """`settled`: mails that were sent or refused. `answered`: False when the mail server stopped answering."""

    settled: int = 0
    answered: bool = True


def send_due(lane: Lane, stopping: Callable[[], bool] = lambda: False) -> Round:
    """Send what is due in `lane`, until nothing is, or until the mail server does not answer."""
    done = Round()
    try:
        link = open_link()
    except Unreachable as failure:
        _log.warning("mail: %s", failure.reason)
        for mail in claims.claim_batch(lane):
            claims.postpone(mail, failure.reason)
        return Round(answered=False)
    with closing(link):
        while not stopping() and (batch := claims.claim_batch(lane)):
            while batch and not stopping():
                with _released_on_failure(batch):
                    answered = _send(link, batch[0])
                batch.pop(0)
                if not answered:
                    claims.release(batch)
                    done.answered = False
                    return done
                done.settled += 1
            claims.release(batch)
    return done


@contextmanager
def _released_on_failure(batch: list[OutgoingMail]) -> Iterator[None]:
    """A database that fails for a moment holds no mail that was not begun: another look takes it at once."""
    try:
        yield
    except Exception:
        with suppress(DatabaseError):
            claims.release(batch)
        raise


def send_all_due() -> None:
    """Send what is due in every lane, here and now: for a command that ends, and for tests."""
    claims.find_cut()
    for lane in Lane:
        send_due(lane)


def _send(link: Link, mail: OutgoingMail) -> bool:
    """One mail, whatever happens to it. False: the server does not answer."""
    letter = _letter(mail)
    if letter is None:
        return True
    try:
        link.send(_message(mail, letter), lambda: claims.mark_sending(mail))
    except Unreachable as failure:
        claims.postpone(mail, failure.reason)
        return False
    except Refused as refusal:
        (claims.mark_refused if refusal.for_good else claims.postpone)(mail, refusal.reason)
    except CutHalfway:
        claims.mark_cut(mail)
        return False
    except NotOurs:
        pass
    else:
        _write_down(lambda: claims.mark_sent(mail))
    return True


def _write_down(fact: Callable[[], None]) -> None:
    """The server has the mail: a database that is busy for a moment must not make it look cut."""
    for pause in _PAUSES:
        try:
            return fact()
        except DatabaseError:
            close_old_connections()
            time.sleep(pause)
    return fact()


def _letter(mail: OutgoingMail) -> Letter | None:
    """The letter to send now, or None once the mail was settled without one."""
    if mail.expires_at is not None and mail.expires_at < clock.now():
        claims.drop(mail, claims.EXPIRED)
        return None
    write = purpose_of(mail).write
    try:
        letter = write(mail) if write is not None else kept_letter(mail)
    except Exception:  # one mail that cannot be written does not stop the others
        _log.exception("a mail could not be written")
        claims.postpone(mail, _BROKEN)
        return None
    if letter is None:
        claims.drop(mail, claims.GIVEN_UP if write is not None else _LOST)
    elif not letter.to:
        claims.forget_decoy(mail)
        return None
    return letter


def _message(mail: OutgoingMail, letter: Letter) -> EmailMessage:
    """Its name is the same at each attempt: a server that already has it may tell.

    What someone typed stands on one line in its headers: a second one would be a header of hers.
    """
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{mail.code}@{host}>", "Auto-Submitted": "auto-generated"}
    sender_name, reply_to = one_line(letter.sender_name), one_line(letter.reply_to)
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=one_line(letter.subject),
        body=letter.body,
        from_email=formataddr((sender_name, address)) if sender_name else settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        reply_to=[reply_to] if reply_to else [],
        headers=headers,
    )
