"""What mails are for. Each app registers its own in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from parvis.core.mailing.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is read: one address, plain text. `sender_name` and `reply_to`: those of the site when empty."""

    to: str
    subject: str
    body: str
    sender_name: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """`label`: what the desk calls such a mail.

    `write`: the letter as it should leave now, or None when there is no longer a reason to send it; without it the
    letter is kept enciphered from the moment it is queued. `after_sent`: called in the transaction that marks it sent.
    """

    label: str
    write: Callable[[OutgoingMail], Letter | None] | None = None
    after_sent: Callable[[OutgoingMail], None] | None = None


_purposes: Final[dict[str, Purpose]] = {}
_UNKNOWN: Final = Purpose("Courriel")


def register(name: str, purpose: Purpose) -> None:
    """Make `name` known. Raises `ValueError` when it already is."""
    if name in _purposes:
        raise ValueError(f"mail purpose {name} is registered twice")
    _purposes[name] = purpose


def purpose_of(mail: OutgoingMail) -> Purpose:
    """What `mail` is for; a plain mail when the app that queued it is no longer there."""
    return _purposes.get(mail.purpose, _UNKNOWN)
