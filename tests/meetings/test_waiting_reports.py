"""A long report is read beside the requests: whole, once, resumed by another worker, and nobody waits for it."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection

from parvis.core import clock
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.meetings.models import Minutes, MinutesLine, MinutesSource, WaitingReport
from parvis.meetings.operations import waiting_reports
from parvis.meetings.operations.import_report import import_report
from parvis.meetings.operations.take_back import undo_change
from parvis.meetings.operations.waiting_reports import drop_report, import_by_lots, is_long, keep_reports, read_waiting
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.reading.length import rough_lines
from tests.meetings.scene import REPORT, Scene, items
from tests.meetings.scene import make_scene as make

LINES = 1_000


def long_text(count: int = LINES) -> str:
    return "Emploi / Insertion\nDéfis\n" + "".join(f"{rank}. Le bus numéro {rank} manque\n" for rank in range(1, count))


def keep(scene: Scene, text: str | None = None, name: str = "long.txt") -> WaitingReport:
    (report,) = keep_reports(scene.alice, scene.meeting, [(name, (text or long_text()).encode())])
    return report


def test_a_long_report_becomes_what_a_short_one_would(scene: Scene) -> None:
    keep(scene)
    read_waiting()
    minutes = Minutes.objects.get()
    apart = import_report(scene.alice, scene.other_meeting(), long_text().encode(), "long.txt").minutes
    assert apart is not None
    columns = ("position", "kind", "number", "text", "theme", "source_line", "doubt")
    assert list(minutes.lines.values_list(*columns)) == list(apart.lines.values_list(*columns))
    assert (WaitingReport.objects.count(), minutes.sources.get().lines) == (0, apart.sources.get().lines)


def test_it_is_a_gesture_that_is_taken_back(scene: Scene) -> None:
    keep(scene)
    read_waiting()
    minutes = Minutes.objects.get()
    assert undo_change(scene.alice, minutes) == "Import de long.txt"
    assert (minutes.lines.count(), minutes.sources.count()) == (0, 0)


def test_no_transaction_holds_more_than_some_lines(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    laid = []
    lay = waiting_reports.lay_lines

    def noted(minutes: Minutes, source: object, lines: list[MinutesLine]) -> None:
        laid.append(len(lines))
        lay(minutes, source, lines)  # type: ignore[arg-type]

    monkeypatch.setattr(waiting_reports, "lay_lines", noted)
    keep(scene)
    read_waiting()
    assert max(laid) <= 400
    assert sum(laid) == MinutesLine.objects.count()


class _Killed(BaseException):
    """The server stops here."""


def test_another_worker_goes_on_from_where_one_died(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(scene)
    lay = waiting_reports.lay_lines
    calls = []

    def dies(*args: object) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise _Killed
        lay(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(waiting_reports, "lay_lines", dies)
    with pytest.raises(_Killed):
        read_waiting()
    assert MinutesLine.objects.count() == 800
    read_waiting()
    assert MinutesLine.objects.count() == 800  # the claim of the dead one still runs
    WaitingReport.objects.update(claimed_until=clock.now() - datetime.timedelta(seconds=1))
    read_waiting()
    numbers = [line.number for line in items(Minutes.objects.get())]
    assert numbers == [str(rank) for rank in range(1, LINES)]
    assert not WaitingReport.objects.exists()


def test_a_worker_taken_for_dead_writes_nothing_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    report = keep(scene)
    lay = waiting_reports.lay_lines

    def overtaken(*args: object) -> None:
        lay(*args)  # type: ignore[arg-type]
        WaitingReport.objects.filter(pk=report.pk).update(claim="another")

    monkeypatch.setattr(waiting_reports, "lay_lines", overtaken)
    read_waiting()
    assert MinutesLine.objects.count() == 400
    assert WaitingReport.objects.get().claim == "another"


def test_a_reading_that_kills_the_server_is_given_up(scene: Scene) -> None:
    report = keep(scene)
    WaitingReport.objects.update(attempts=3)
    read_waiting()
    report.refresh_from_db()
    assert "trois fois" in report.refusal


def test_what_cannot_be_read_says_why_and_holds_nobody_up(scene: Scene) -> None:
    broken = keep(scene, "x" * 200_000, "cassé.txt")
    keep(scene)
    read_waiting()
    broken.refresh_from_db()
    assert "caractères" in broken.refusal
    assert len(items(Minutes.objects.get())) == LINES - 1


def test_the_same_file_again_says_why(scene: Scene) -> None:
    keep(scene)
    again = keep(scene)
    read_waiting()
    again.refresh_from_db()
    assert "déjà dans ce compte-rendu" in again.refusal


def test_minutes_are_not_validated_while_a_file_is_read(scene: Scene) -> None:
    minutes = scene.draft()
    keep(scene)
    with pytest.raises(RefusedInput, match="en lecture"):
        submit_draft(scene.alice, minutes)
    read_waiting()
    submit_draft(scene.alice, minutes)
    with pytest.raises(ForbiddenMove):
        keep(scene, long_text(10), "suite.txt")


def test_a_file_that_could_not_be_read_is_to_be_taken_away_not_waited_for(scene: Scene) -> None:
    minutes = scene.draft()
    WaitingReport.objects.filter(pk=keep(scene).pk).update(refusal="Illisible.")
    with pytest.raises(RefusedInput, match="retirez"):
        submit_draft(scene.alice, minutes)


def test_a_file_taken_away_takes_its_lines_away(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = scene.draft()
    count = minutes.lines.count()
    keep(scene)
    lay = waiting_reports._lay_some

    def dropped_after(*args: object) -> None:
        lay(*args)  # type: ignore[arg-type]
        drop_report(scene.alice, WaitingReport.objects.get())

    monkeypatch.setattr(waiting_reports, "_lay_some", dropped_after)
    read_waiting()
    assert (minutes.lines.count(), minutes.sources.count()) == (count, 1)


def test_length_is_told_without_reading() -> None:
    assert is_long([("a.txt", long_text(6_000).encode())])
    assert not is_long([("a.txt", long_text(4_000).encode()), ("b.txt", REPORT.encode())])
    assert is_long([(name, long_text(3_000).encode()) for name in ("a.txt", "b.txt")])
    assert rough_lines(b"PK\x03\x04 damaged", "a.docx") == 0


def test_read_at_once_by_lots_it_becomes_what_a_short_one_would(scene: Scene) -> None:
    done = import_by_lots(None, scene.meeting, long_text().encode(), "long.txt")
    assert (done.items, WaitingReport.objects.count()) == (LINES - 1, 0)
    assert undo_change(scene.alice, Minutes.objects.get()) == "Import de long.txt"
    assert not MinutesLine.objects.exists()


def test_read_by_lots_and_refused_it_leaves_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    lay, laid = waiting_reports.lay_lines, []

    def refused_later(*args: object) -> None:
        laid.append(1)
        if len(laid) == 3:
            raise RefusedInput("Une thématique vient d'être enlevée.")
        lay(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(waiting_reports, "lay_lines", refused_later)
    with pytest.raises(RefusedInput):
        import_by_lots(None, scene.meeting, long_text().encode(), "long.txt")
    assert (MinutesLine.objects.count(), MinutesSource.objects.count(), WaitingReport.objects.count()) == (0, 0, 0)


def test_killed_by_lots_another_worker_goes_on(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    lay, laid = waiting_reports.lay_lines, []

    def dies(*args: object) -> None:
        laid.append(1)
        if len(laid) == 2:
            raise _Killed
        lay(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(waiting_reports, "lay_lines", dies)
    with pytest.raises(_Killed):
        import_by_lots(None, scene.meeting, long_text().encode(), "long.txt")
    read_waiting()
    assert MinutesLine.objects.count() == 400  # the claim of the dead one still runs
    WaitingReport.objects.update(claimed_until=clock.now() - datetime.timedelta(seconds=1))
    read_waiting()
    assert len(items(Minutes.objects.get())) == LINES - 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_two_workers_lay_each_line_once() -> None:
    keep(make())
    ready = threading.Barrier(2)

    def work() -> None:
        ready.wait()
        try:
            read_waiting()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [line.number for line in items(Minutes.objects.get())] == [str(rank) for rank in range(1, LINES)]
