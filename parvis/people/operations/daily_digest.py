"""One mail a day to each agent for whom something waits, unless she wants none."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from parvis.core import clock, journal
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.people.models import User

DIGEST: Final = "daily_digest"
FROM_HOUR: Final = 7
"""In Paris: nobody is told at night of what waits for the day."""
_USEFUL: Final = datetime.timedelta(hours=15)


def queue_digests(write: Callable[[User], Letter | None]) -> int:
    """Queue the mail of the day of those who have not had theirs. Returns how many.

    `write` says what waits for someone, None when nothing does: then she has none today.
    """
    if timezone.localtime(clock.now()).hour < FROM_HOUR:
        return 0
    today = clock.today()
    due = Q(is_active=True, wants_digest=True) & (Q(digest_on=None) | Q(digest_on__lt=today))
    count = 0
    for user in User.objects.filter(due).order_by("pk"):
        letter = write(user)
        with transaction.atomic():
            mine = User.objects.filter(due, pk=user.pk).update(digest_on=today)  # one process takes her, never two
            if mine and letter is not None:
                queue_mail(DIGEST, about=user.code, letter=letter, lifetime=_USEFUL)
                count += 1
    return count


@transaction.atomic
def choose_digest(user: User, *, wanted: bool) -> None:
    """Whether she is written to once a day when something waits for her."""
    if User.objects.filter(pk=user.pk).exclude(wants_digest=wanted).update(wants_digest=wanted):
        journal.record(user, "choose_digest", user, wanted=wanted)
