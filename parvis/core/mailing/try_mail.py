"""One mail handed to the mail server at once, to learn whether mails leave from here."""

from __future__ import annotations

from contextlib import closing
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.transport import BROKEN, CutHalfway, Refused, Unreachable, open_link

_CONSOLE: Final = "django.core.mail.backends.console.EmailBackend"


def mails_leave() -> bool:
    """Whether the settings name a way out for mails: without one they are written where the site runs."""
    return bool(settings.EMAIL_BACKEND != _CONSOLE)


def try_mail(letter: Letter) -> str:
    """Why the server did not take it, in a few French words; nothing when it did. It stands in no queue."""
    message = EmailMessage(
        subject=letter.subject, body=letter.body, to=[letter.to], headers={"Auto-Submitted": "auto-generated"}
    )
    try:
        with closing(open_link()) as link:
            link.send(message, lambda: True)
    except (Unreachable, Refused) as failure:
        return failure.reason
    except CutHalfway:
        return BROKEN
    return ""
