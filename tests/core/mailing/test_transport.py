"""One mail that cannot be given to the server disturbs none of the next."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError

from bench.fake_smtp import FakeSmtp
from parvis.core.mailing.transport import Refused, open_link


def message(to: str = "a@exemple.fr", subject: str = "Objet") -> EmailMessage:
    return EmailMessage(subject=subject, body="Texte", from_email="parvis@exemple.fr", to=[to])


def test_an_address_that_is_none_opens_no_exchange_that_the_next_mail_would_repeat(server: FakeSmtp) -> None:
    """A server refuses a second `MAIL FROM` within one exchange: the innocent next mail would be refused for good."""
    link = open_link()
    with pytest.raises(Refused):
        link.send(message("a@b@c d"), lambda: True)
    link.send(message(), lambda: True)
    link.close()
    assert (server.nested, dict(server.accepted)) == (0, {"a@exemple.fr": 1})


def test_a_mail_that_cannot_be_put_in_bytes_is_refused_before_it_is_begun(server: FakeSmtp) -> None:
    """Its state stays « waiting » until then: it must not look as if it were sent in part."""
    begun: list[str] = []

    def begin() -> bool:
        begun.append("begun")
        return True

    link = open_link()
    with pytest.raises(Refused) as refusal:
        link.send(message(subject="Un\nDeux"), begin)
    link.send(message(), lambda: True)
    link.close()
    assert (refusal.value.for_good, begun, dict(server.accepted)) == (True, [], {"a@exemple.fr": 1})


def test_a_database_that_fails_when_the_content_is_due_hangs_up_at_once(server: FakeSmtp, settings: Any) -> None:
    """The server waits for a content: taking leave of it would wait for an answer that does not come."""

    def busy() -> bool:
        raise OperationalError("database is locked")

    link = open_link()
    with pytest.raises(OperationalError):
        link.send(message(), busy)
    assert link._backend.connection is None  # type: ignore[attr-defined]
    assert server.total == 0
