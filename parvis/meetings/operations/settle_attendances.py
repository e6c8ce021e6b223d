"""One person who stands twice in the list of a meeting, once two contacts are one."""

from __future__ import annotations

from parvis.consultations.merging import absorb
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance


def settle_attendances(standing: Attendance, coming: Attendance) -> None:
    """Who was there was there; else what was said last, if anything was."""
    best = max(standing, coming, key=_weight)
    if best is coming:
        told = {name: getattr(coming, name) for name in ("presence", "reminded_at", "mail", "told_at", "updated_at")}
        Attendance.objects.filter(pk=standing.pk).update(**told)
    absorb(standing, coming)


def _weight(row: Attendance) -> tuple[bool, bool, float]:
    return row.presence == Presence.PRESENT, row.presence != Presence.INVITED, row.updated_at.timestamp()
