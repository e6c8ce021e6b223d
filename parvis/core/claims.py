"""Rows that several workers share: one takes some for a time, alone; when the time is over they are free again.

A model that is claimed has a `claim` and a `claimed_until`. A worker that died has nothing to give back.
"""

from __future__ import annotations

import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from parvis.core import clock
from parvis.core.codes import new_code

_M = TypeVar("_M", bound=Model)


def unclaimed() -> Q:
    """The rows that no worker has now."""
    return Q(claimed_until=None) | Q(claimed_until__lt=clock.now())


def claim_rows(free: QuerySet[_M], most: int, lease: datetime.timedelta) -> list[_M]:
    """At most `most` rows of `free`, in its order, for the caller alone during `lease`.

    `free` asks for `unclaimed()`: two workers that see the same rows ask again, and one of them gets none.
    """
    rows = list(free.values_list("pk", flat=True)[:most])
    if not rows:
        return []
    claim = new_code()
    free.order_by().filter(pk__in=rows).update(claim=claim, claimed_until=clock.now() + lease)
    return list(free.model._default_manager.filter(claim=claim).order_by(*free.query.order_by))
