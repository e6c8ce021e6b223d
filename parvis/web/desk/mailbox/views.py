"""The letters of the demonstration, which never leave."""

from __future__ import annotations

import datetime
import email
import email.policy
import email.utils
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from parvis.core.access import access, rule

_RULE = b"-" * 79 + b"\n"
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it would have arrived."""

    subject: str
    to: str
    sent_at: datetime.datetime | None
    body: str


def read_letters(folder: Path) -> list[Letter]:
    """The last letters that Django's file backend wrote in `folder`, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    letters: list[Letter] = []
    for path in files[:_SHOWN]:
        contents = path.read_bytes().split(_RULE)
        letters.extend(_letter(content) for content in reversed(contents) if content.strip())
    return letters[:_SHOWN]


def _letter(content: bytes) -> Letter:
    message = email.message_from_bytes(content, _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(("plain",))
    try:
        sent_at = email.utils.parsedate_to_datetime(str(message["Date"]))
        # « -0000 » says universal time, and gives a moment without its zone.
        sent_at = sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=datetime.UTC)
    except ValueError:
        sent_at = None
    return Letter(
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sent_at=sent_at,
        body=str(body.get_content()) if body is not None else "",
    )


@rule
def demonstration_mailbox() -> Path:
    """Where letters are kept instead of leaving; nowhere but in the demonstration."""
    if not settings.PARVIS_DEMO:
        raise Http404("Il n'y a de boîte aux lettres que dans la démonstration.")
    return Path(settings.EMAIL_FILE_PATH)


@access(demonstration_mailbox)
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """Open without signing in, since the code to sign in arrives here; only where nothing is real."""
    return render(request, "desk/mailbox/mailbox.html", {"letters": read_letters(demonstration_mailbox())})
