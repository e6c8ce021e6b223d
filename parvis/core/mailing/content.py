"""The letters that wait enciphered."""

from __future__ import annotations

import json
from typing import Final

from parvis.core.mailing.models import MailContent, OutgoingMail
from parvis.core.mailing.purposes import Letter
from parvis.core.sealing import seal, unseal

_SALT: Final = "parvis.mailing"


def keep_content(mail: OutgoingMail, letter: Letter) -> None:
    """Keep what the letter says until it leaves; the address stands on the mail."""
    parts = [letter.subject, letter.body, letter.sender_name, letter.reply_to]
    MailContent.objects.create(mail=mail, sealed=seal(_SALT, json.dumps(parts)))


def kept_letter(mail: OutgoingMail) -> Letter | None:
    """What was kept, or None: it was in no backup, or the key of the site is another."""
    content = MailContent.objects.filter(mail=mail).first()
    text = unseal(_SALT, content.sealed) if content is not None else None
    if text is None:
        return None
    return Letter(mail.recipient, *json.loads(text))
