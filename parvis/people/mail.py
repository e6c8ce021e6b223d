"""Mail leaves from a thread of its own.

A page that sends a mail would else take longer than one that does not, which tells a stranger whether an address is
known. It also keeps a slow mail server from holding a page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection

_log = logging.getLogger(__name__)
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="parvis-mail")
_posted: set[Future[None]] = set()


def post(message: EmailMessage) -> None:
    """Send `message` soon. A failure is logged, without the address."""
    letter = _thread.submit(_send, message)
    _posted.add(letter)
    letter.add_done_callback(_posted.discard)


def work_beside(job: Callable[[], None]) -> None:
    """Run `job` after the request, on a connection of its own. It must find again by itself what it has to do."""
    if not settings.BACKGROUND:
        job()
        return
    work = _thread.submit(_run, job)
    _posted.add(work)
    work.add_done_callback(_posted.discard)


def _run(job: Callable[[], None]) -> None:
    try:
        job()
    except Exception:
        _log.exception("work beside the requests stopped")
    finally:
        connection.close()


def wait_until_sent() -> None:
    """Return once all that was posted has left (tests, and commands that end)."""
    wait(list(_posted))


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        _log.exception("a mail could not be sent")
