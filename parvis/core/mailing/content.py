"""The letters that wait enciphered."""

from __future__ import annotations

import json
from typing import Final

from parvis.core.mailing.models import MailContent, OutgoingMail
from parvis.core.mailing.purposes import Letter
from parvis.core.sealing import seal, unseal

_SALT: Final = "parvis.mailing"


def keep_content(mail: OutgoingMail, letter: Letter) -> None:
    """Keep subject and body until the mail leaves; the address stands on the mail."""
    MailContent.objects.create(mail=mail, sealed=seal(_SALT, json.dumps([letter.subject, letter.body])))


def kept_letter(mail: OutgoingMail) -> Letter | None:
    """What was kept, or None: it was in no backup, or the key of the site is another."""
    content = MailContent.objects.filter(mail=mail).first()
    text = unseal(_SALT, content.sealed) if content is not None else None
    if text is None:
        return None
    subject, body = json.loads(text)
    return Letter(mail.recipient, subject, body)
