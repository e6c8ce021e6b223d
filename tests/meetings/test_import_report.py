"""A report comes in whole, or not at all."""

from __future__ import annotations

import pytest
from django.db import connection

from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.core.models import JournalEntry
from parvis.meetings.models import Minutes, MinutesLine, MinutesSource
from parvis.meetings.operations import import_report as operation
from parvis.meetings.operations.import_report import import_report, import_reports
from parvis.meetings.operations.take_back import redo_change, undo_change
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.reading import Report
from tests.meetings.scene import REPORT, Scene, items, picture


def test_report_becomes_lines_in_source_order(scene: Scene) -> None:
    minutes = scene.draft()
    found = [(each.theme.name if each.theme else "", each.kind, each.number, each.text) for each in items(minutes)]
    assert found == [
        ("Emploi / Insertion", "challenge", "1", "Le dernier bus part trop tôt"),
        ("Emploi / Insertion", "challenge", "2", "Les dossiers se font en ligne"),
        ("Emploi / Insertion", "strength", "1", "Les partenaires se parlent"),
        ("Emploi / Insertion", "proposal", "1", "Une permanence numérique"),
        ("Santé / Sport", "challenge", "1", "Peu de médecins"),
        ("Santé / Sport", "proposal", "1", "Un centre de santé"),
        ("Santé / Sport", "proposal", "2", "Des créneaux pour les femmes"),
    ]
    assert items(minutes)[1].details == ["sans ordinateur", "sans aide"]
    positions = list(minutes.lines.order_by("id").values_list("position", flat=True))
    assert positions == sorted(set(positions))


def test_dry_run_stores_nothing(scene: Scene) -> None:
    outcome = import_report(scene.alice, scene.meeting, REPORT.encode(), "rapport.txt", dry_run=True)
    assert (outcome.items, outcome.minutes) == (7, None)
    assert (Minutes.objects.count(), MinutesSource.objects.count()) == (0, 0)


def test_same_file_twice_is_refused(scene: Scene) -> None:
    minutes = scene.draft()
    count = minutes.lines.count()
    with pytest.raises(RefusedInput):
        scene.draft()
    assert (minutes.lines.count(), minutes.sources.count()) == (count, 1)


def test_several_files_are_all_or_nothing(scene: Scene) -> None:
    journal = JournalEntry.objects.count()
    with pytest.raises(RefusedInput) as refused:
        import_reports(scene.alice, scene.meeting, [("a.txt", REPORT.encode()), ("b.txt", b"")])
    assert refused.value.message.startswith("b.txt : ")
    assert (Minutes.objects.count(), MinutesLine.objects.count(), JournalEntry.objects.count()) == (0, 0, journal)


def test_second_file_joins_the_same_minutes(scene: Scene) -> None:
    first = scene.draft()
    second = scene.draft("Emploi\nDéfis\n1. Le permis coûte cher\n", "suite.txt")
    assert second == first
    assert [each.source.name if each.source else "" for each in items(first)] == ["rapport.txt"] * 7 + ["suite.txt"]


def test_import_is_refused_past_drafting(scene: Scene) -> None:
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    with pytest.raises(ForbiddenMove):
        scene.draft("Emploi\nDéfis\n1. Autre chose\n", "suite.txt")
    assert minutes.sources.count() == 1


def test_import_can_be_taken_back_then_done_again(scene: Scene) -> None:
    minutes = scene.draft()
    assert undo_change(scene.alice, minutes) == "Import de rapport.txt"
    assert (minutes.lines.count(), minutes.sources.count()) == (0, 0)
    scene.draft()
    assert len(items(minutes)) == 7


def test_import_taken_back_is_brought_again_with_its_source(scene: Scene) -> None:
    minutes = scene.draft()
    before, source = picture(minutes), minutes.sources.values("id", "code", "name", "lines", "sha256").get()
    undo_change(scene.alice, minutes)
    assert redo_change(scene.alice, minutes) == "Import de rapport.txt"
    assert picture(minutes) == before
    assert minutes.sources.values("id", "code", "name", "lines", "sha256").get() == source


def test_import_taken_back_then_done_again_is_not_brought_twice(scene: Scene) -> None:
    minutes = scene.draft()
    undo_change(scene.alice, minutes)
    scene.draft()
    with pytest.raises(RefusedInput):
        redo_change(scene.alice, minutes)
    assert len(items(minutes)) == 7


def test_unknown_theme_is_a_doubt_never_an_invention(scene: Scene) -> None:
    minutes = scene.draft("Emploi\nDéfis\n1. Le bus\nJardinage\nDéfis\n1. Les tomates manquent d'eau\n")
    _, found = items(minutes)
    assert found.theme is None
    assert "Jardinage" in found.doubt


def test_files_are_read_before_the_transaction(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes meanwhile does not wait for a reading."""
    depths = []
    reading = operation.read

    def noted(*args: object) -> Report:
        depths.append(len(connection.savepoint_ids))
        return reading(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(operation, "read", noted)
    outside = len(connection.savepoint_ids)
    import_reports(scene.alice, scene.meeting, [("a.txt", REPORT.encode()), ("b.txt", b"Emploi\nAtouts\n1. Le bus\n")])
    assert depths == [outside, outside]


def test_a_theme_taken_away_during_the_reading_is_told(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = operation.prepare_report

    def meanwhile(*args: object) -> operation.PreparedReport:
        ready = prepare(*args)  # type: ignore[arg-type]
        scene.health.delete()
        return ready

    monkeypatch.setattr(operation, "prepare_report", meanwhile)
    with pytest.raises(RefusedInput, match="recommencez"):
        import_report(scene.alice, scene.meeting, REPORT.encode(), "rapport.txt")
    assert not Minutes.objects.exists()
