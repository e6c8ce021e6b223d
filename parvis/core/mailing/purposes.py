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
    `to_partners`: it is queued only if what it is about is open to them (`refuse_mails_about`).
    """

    label: str
    write: Callable[[OutgoingMail], Letter | None] | None = None
    after_sent: Callable[[OutgoingMail], None] | None = None
    to_partners: bool = False


_purposes: Final[dict[str, Purpose]] = {}
_UNKNOWN: Final = Purpose("Courriel")
_refusals: Final[list[Callable[[str], None]]] = []
"""Each is given what a mail to partners is about, and raises `RefusedInput` when it is not open to them."""


def register(name: str, purpose: Purpose) -> None:
    """Make `name` known. Raises `ValueError` when it already is."""
    if name in _purposes:
        raise ValueError(f"mail purpose {name} is registered twice")
    _purposes[name] = purpose


def purpose_of(mail: OutgoingMail) -> Purpose:
    """What `mail` is for; a plain mail when the app that queued it is no longer there."""
    return _purposes.get(mail.purpose, _UNKNOWN)


def refuse_mails_about(refuse: Callable[[str], None]) -> None:
    """Say, in `AppConfig.ready()`, what refuses a mail to partners by what it is about."""
    _refusals.append(refuse)


def check_queued(purpose: str, about: str) -> None:
    """Raises `RefusedInput` for a mail to partners about what is not open to them."""
    if _purposes.get(purpose, _UNKNOWN).to_partners:
        for refuse in _refusals:
            refuse(about)


def purposes_to_partners() -> frozenset[str]:
    """The names of those that write to partners."""
    return frozenset(name for name, purpose in _purposes.items() if purpose.to_partners)
