"""Handing one mail to the mail server, and telling what is known of it after.

Django's backend says « sent » or raises; here refused, unreachable and cut in the middle are told apart, and a mail
that the server accepted is sent whatever happens to the connection next.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

_LAST_ANSWER: Final = 4
"""Time-outs to wait for the answer to a whole message: a server reads it, and looks for viruses, before it answers."""
_ENHANCED: Final = re.compile(rb"\s*[245]\.(\d{1,3}\.\d{1,3})")
_REASONS: Final = {
    "1.1": "adresse inconnue", "1.2": "adresse inconnue", "1.3": "adresse inconnue", "1.6": "adresse inconnue",
    "1.10": "adresse inconnue", "2.1": "boîte fermée", "2.2": "boîte pleine",
}  # fmt: skip
"""What an enhanced status (RFC 3463) says, in the words of an agent."""
UNREACHABLE: Final = "serveur de courriel injoignable"
REFUSES_US: Final = "le serveur de courriel refuse notre compte"
BROKEN: Final = "le serveur de courriel a raccroché"


class Unreachable(Exception):
    """The server does not answer, or hung up before it was given the content: this mail was surely not received."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """The server said no to this mail: for good, or for now."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class CutHalfway(Exception):
    """The connection died after the whole content was given, before an answer."""


class NotOurs(Exception):
    """`before_content` said that the mail is no longer ours to send."""


class Link(Protocol):
    """A way to the mail server, opened at the first mail and kept for the next ones."""

    def send(self, message: EmailMessage, before_content: Callable[[], bool]) -> None:
        """Returns once the server accepted `message`; `before_content` is called when it is ready to be given it."""

    def close(self) -> None: ...


def open_link() -> Link:
    """The link that the settings name. Does not connect yet."""
    try:
        backend: Any = get_connection()
    except ImportError:
        raise Unreachable("le réglage du courriel n'est pas bon") from None
    return SmtpLink(backend) if isinstance(backend, EmailBackend) else _BackendLink(backend)


class SmtpLink:
    """A conversation with an SMTP server, connected with the options of Django's own backend."""

    def __init__(self, backend: EmailBackend) -> None:
        self._backend = backend
        self._carried = 0

    def send(self, message: EmailMessage, before_content: Callable[[], bool]) -> None:
        """A server that hangs up between two mails (they count them) is called again, once.

        What may be wrong with the mail itself is seen before the server hears of it.
        """
        sender, recipient, content = _bare(message.from_email), _bare(message.to[0]), _content(message)
        while True:
            smtp = self._connected()
            try:
                self._announce(smtp, sender, recipient)
                break
            except OSError:
                self._drop()
                if not self._carried:
                    raise Unreachable(BROKEN) from None
                self._carried = 0
        self._give(smtp, content, before_content)
        self._carried += 1

    def close(self) -> None:
        """Takes leave. What the server accepted stays sent, even if it does not answer to that."""
        with contextlib.suppress(OSError):
            self._backend.close()
        self._backend.connection = None

    def _connected(self) -> Any:
        try:
            self._backend.open()
        except smtplib.SMTPAuthenticationError:
            raise Unreachable(REFUSES_US) from None
        except OSError:  # as all errors of smtplib are
            raise Unreachable(UNREACHABLE) from None
        return self._backend.connection

    def _announce(self, smtp: Any, sender: str, recipient: str) -> None:
        """Sender, recipient, and leave to give the content."""
        smtp.ehlo_or_helo_if_needed()
        options = ["body=8bitmime"] if smtp.has_extn("8bitmime") else []
        self._accepted(smtp, smtp.mail(sender, options))
        self._accepted(smtp, smtp.rcpt(recipient))
        self._accepted(smtp, smtp.docmd("DATA"))

    def _give(self, smtp: Any, content: bytes, before_content: Callable[[], bool]) -> None:
        try:
            ours = before_content()
        except BaseException:
            self._drop()  # the server waits for a content: it would not answer to a farewell
            raise
        if not ours:
            self._drop()
            raise NotOurs
        try:
            smtp.send(content)
        except OSError:
            self._drop()
            raise Unreachable(BROKEN) from None  # its last line could not be given: no server takes half a mail
        try:
            smtp.sock.settimeout(settings.EMAIL_TIMEOUT * _LAST_ANSWER)
            answer = smtp.getreply()
            smtp.sock.settimeout(settings.EMAIL_TIMEOUT)
        except OSError:
            self._drop()
            raise CutHalfway from None
        if answer[0] < 0:  # not an answer that one can read: nobody knows
            self._drop()
            raise CutHalfway
        try:
            self._accepted(smtp, answer)
        except smtplib.SMTPServerDisconnected:
            raise Unreachable(BROKEN) from None

    def _accepted(self, smtp: Any, answer: tuple[int, bytes]) -> None:
        """Raise what a refusal means, and leave the connection ready for the next mail.

        « 421 »: the server leaves, with or without us; it took nothing.
        """
        code, text = answer
        if code in (250, 251, 354):
            return
        if code == 421 or code < 0:
            self._drop()
            raise smtplib.SMTPServerDisconnected
        try:
            smtp.rset()
        except OSError:
            self._drop()
        raise Refused(_reason(code, text), for_good=code >= 500)

    def _drop(self) -> None:
        """Hang up without a word."""
        connection, self._backend.connection = self._backend.connection, None
        if connection is not None:
            connection.close()


class _BackendLink:
    """Any other backend of Django: a file, the console, the memory of a test. It has no halves."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def send(self, message: EmailMessage, before_content: Callable[[], bool]) -> None:
        if not before_content():
            raise NotOurs
        try:
            self._backend.send_messages([message])
        except OSError:
            raise Refused("le courriel n'a pas pu être écrit", for_good=False) from None

    def close(self) -> None:
        self._backend.close()


def _bare(address: str) -> str:
    """The address alone, in ASCII. Raises `Refused` when it is none."""
    try:
        bare = parseaddr(sanitize_address(address, "utf-8"))[1]
        bare.encode("ascii")
    except (ValueError, UnicodeError):
        raise Refused("adresse mal écrite", for_good=True) from None
    return bare


def _content(message: EmailMessage) -> bytes:
    """The mail as it is given to a server, its last line included. Raises `Refused` when it cannot be written."""
    try:
        content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    except ValueError:  # a line feed in its subject, most often
        raise Refused("son objet ou son texte ne peut pas être envoyé", for_good=True) from None
    return re.sub(rb"(?m)^\.", b"..", content) + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _reason(code: int, text: bytes) -> str:
    """Without a word of the server's: it repeats addresses."""
    found = _ENHANCED.match(text)
    named = _REASONS.get(found[1].decode()) if found is not None else None
    if named is not None:
        return named
    if code in (550, 551, 553):
        return "adresse inconnue"
    if code in (452, 552):
        return "boîte pleine"
    return "refusé par le serveur" if code >= 500 else "le serveur demande d'attendre"
