"""What may happen only so many times within a while, counted in the database: by all processes together, never beyond.

What is counted is kept as a keyed hash, for the time of its window: the table tells neither who nor what.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F
from django.utils.crypto import salted_hmac

from parvis.core import clock
from parvis.core.models import Count


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` of `name` within `seconds`. Windows follow each other: twice as many may fall around an edge."""

    name: str
    most: int
    seconds: int

    def take(self, subject: str) -> bool:
        """Count one more about `subject`. False, and nothing counted, when there were enough.

        The statement that counts is the one that checks. Inside a transaction, what is undone is no longer counted.
        """
        key, window = self._key(subject), self._window()
        ends_at = datetime.datetime.fromtimestamp(window + self.seconds, datetime.UTC)
        counts = Count.objects.filter(subject=key, window=window)
        if not counts.exists():
            Count.objects.bulk_create([Count(subject=key, window=window, ends_at=ends_at)], ignore_conflicts=True)
        return bool(counts.filter(count__lt=self.most).update(count=F("count") + 1))

    def is_reached(self, subject: str) -> bool:
        """Whether `take` would refuse. Counts nothing."""
        counts = Count.objects.filter(subject=self._key(subject), window=self._window(), count__gte=self.most)
        return counts.exists()

    def _window(self) -> int:
        seconds = int(clock.now().timestamp())
        return seconds - seconds % self.seconds

    def _key(self, subject: str) -> str:
        return salted_hmac(f"parvis.limits.{self.name}", subject, algorithm="sha256").hexdigest()
