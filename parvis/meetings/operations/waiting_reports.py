"""Long reports: kept as they came, then read by a thread and laid in their minutes a few lines at a time.

No transaction is longer than the laying of `_AT_ONCE` lines: whoever writes meanwhile waits for no more than that.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from parvis.core import background, clock, journal
from parvis.core.bulk_write import write_by_lots
from parvis.core.claims import claim_rows, unclaimed
from parvis.core.codes import new_code
from parvis.core.errors import ParvisError, RefusedInput
from parvis.meetings.models import Meeting, Minutes, MinutesLine, WaitingReport
from parvis.meetings.operations.import_report import (
    Imported,
    PreparedReport,
    add_source,
    draft_minutes,
    lay_lines,
    outcome,
    prepare_report,
    record_import,
)
from parvis.people.models import User
from parvis.reading.length import rough_lines
from parvis.sandbox import NoChildFree

LONG: Final = 5_000
"""Lines beyond which a report is read beside the requests: ten times those of a usual one."""
WORK: Final = "reports"
_AT_ONCE: Final = 400
_LEASE: Final = datetime.timedelta(minutes=4)
"""More than the time a reading may take; begun again with each lot of lines."""
_ATTEMPTS: Final = 3
_GIVEN_UP: Final = "La lecture s'est arrêtée trois fois : coupez ce compte-rendu en plusieurs fichiers."


class _Lost(Exception):
    """Another worker has the report by now, or someone took it away."""


class _Stopped(Exception):
    """The server is told to stop: another will go on."""


def is_long(files: Sequence[tuple[str, bytes]]) -> bool:
    """Whether these files (name, bytes), together, are too long to be laid while others wait. Raises `RefusedInput`."""
    return sum(rough_lines(data, name) for name, data in files) > LONG


@transaction.atomic
def keep_reports(
    actor: User | None, meeting: Meeting, files: Sequence[tuple[str, bytes]], *, claim: str = ""
) -> list[WaitingReport]:
    """Keep files to be read soon, one after the other; by the caller alone when it gives its `claim`.

    Raises `ForbiddenMove` when the minutes are past drafting.
    """
    draft_minutes(actor, meeting)
    until = clock.now() + _LEASE if claim else None
    kept = [
        WaitingReport.objects.create(
            meeting=meeting, name=name[:240], data=data, added_by=actor, claim=claim, claimed_until=until
        )
        for name, data in files
    ]
    for report in kept:
        journal.record(actor, "keep_report", report, meeting=meeting.code, size=len(report.data))
    transaction.on_commit(lambda: background.wake(WORK))
    return kept


def import_by_lots(actor: User | None, meeting: Meeting, data: bytes, name: str) -> Imported:
    """Read a long report here and now, and lay it a few lines at a time.

    Raises as `import_report` does, and leaves no line then. Killed in the middle, it is a report that waits: the site
    goes on with it.
    """
    ready = prepare_report(meeting, data, name)
    (report,) = keep_reports(actor, meeting, [(name, data)], claim=new_code())
    try:
        _lay(report, ready)
    except ParvisError:
        drop_report(actor, report)
        raise
    return outcome([ready], Minutes.objects.filter(meetings=meeting).order_by("id").first())


@transaction.atomic
def drop_report(actor: User | None, report: WaitingReport) -> None:
    """Take a report away, with what was laid of it. What an agent already joined to other lines stays."""
    locked = WaitingReport.objects.select_for_update(of=("self",)).filter(pk=report.pk).first()
    if locked is None:
        return
    if locked.source is not None:
        MinutesLine.objects.filter(source=locked.source, contribution=None).delete()
        locked.source.delete()
    journal.record(actor, "drop_report", locked)
    locked.delete()


def read_waiting(stopping: Callable[[], bool] = lambda: False) -> None:
    """Read and lay every report that waits, until nothing does."""
    free = WaitingReport.objects.filter(unclaimed(), refusal="").order_by("pk")
    while not stopping() and (claimed := claim_rows(free, 1, _LEASE)):
        (report,) = claimed
        try:
            _read(report, stopping)
        except (NoChildFree, _Stopped):  # later
            _own(report).update(attempts=report.attempts, claim="", claimed_until=None)
            return
        except ParvisError as refusal:
            _own(report).update(refusal=refusal.message, claim="", claimed_until=None)
        except _Lost:
            continue


def _read(report: WaitingReport, stopping: Callable[[], bool]) -> None:
    if report.attempts >= _ATTEMPTS:
        raise RefusedInput(_GIVEN_UP)
    _own(report).update(attempts=report.attempts + 1)
    _lay(report, prepare_report(report.meeting, bytes(report.data), report.name), stopping)


def _lay(report: WaitingReport, ready: PreparedReport, stopping: Callable[[], bool] = lambda: False) -> None:
    def lay_some() -> bool:
        if stopping():
            raise _Stopped
        _lay_some(report, ready)
        return report.laid < len(ready.lines)

    write_by_lots(lay_some)
    _finish(report)


def _lay_some(report: WaitingReport, ready: PreparedReport) -> None:
    _hold(report)
    minutes = _minutes(report, ready)
    if report.source is None:
        report.source = add_source(report.added_by, minutes, ready)
    lay_lines(minutes, report.source, ready.lines[report.laid : report.laid + _AT_ONCE])
    report.laid = min(report.laid + _AT_ONCE, len(ready.lines))
    report.claimed_until = clock.now() + _LEASE
    report.save(update_fields=["source", "laid", "claimed_until"])


@transaction.atomic
def _finish(report: WaitingReport) -> None:
    """The import becomes a gesture that « Annuler » takes back, and the file goes."""
    _hold(report)
    if report.source is not None:
        minutes = Minutes.objects.select_for_update().get(pk=report.source.minutes_id)
        record_import(report.added_by, minutes, report.source)
    report.delete()


def _minutes(report: WaitingReport, ready: PreparedReport) -> Minutes:
    """Locked. The same from the first line to the last."""
    if report.source is not None:
        return Minutes.objects.select_for_update().get(pk=report.source.minutes_id)
    return draft_minutes(report.added_by, report.meeting)


def _hold(report: WaitingReport) -> None:
    held = WaitingReport.objects.select_for_update(of=("self",)).filter(pk=report.pk, claim=report.claim)
    if not held.exists():
        raise _Lost


def _own(report: WaitingReport) -> QuerySet[WaitingReport]:
    return WaitingReport.objects.filter(pk=report.pk, claim=report.claim)


class ReportThread(background.BackgroundThread):
    """Reads the reports that wait."""

    def __init__(self) -> None:
        super().__init__(WORK)

    def look(self) -> float:
        read_waiting(self.stopping.is_set)
        return background.LOOK_EVERY
