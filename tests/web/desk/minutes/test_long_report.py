"""A report of thousands of lines: read later, reviewed page by page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from parvis.meetings import queries
from parvis.meetings.models import Minutes, WaitingReport
from parvis.meetings.operations import waiting_reports
from parvis.meetings.operations.waiting_reports import read_waiting
from tests.html import squeezed
from tests.meetings.scene import Scene, items
from tests.meetings.test_waiting_reports import long_text
from tests.web.desk.conftest import signed_in


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_LINES", 10)


def test_a_long_text_is_read_later_and_its_page_tells(
    scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_reports, "LONG", 50)
    response = alice.post(
        reverse("desk:import_report", args=[scene.meeting.code]),
        {"text": long_text(60), "readers": "public"},
        follow=True,
    )
    minutes = Minutes.objects.get()
    assert response.redirect_chain == [(reverse("desk:minutes", args=[minutes.code]), 302)]
    page = squeezed(response.content.decode())
    assert "texte collé.txt est en cours de lecture" in page
    assert 'hx-trigger="every 5s"' in page
    read_waiting()
    after = alice.get(reverse("desk:minutes", args=[minutes.code]), headers={"HX-Request": "true"})
    assert "en cours de lecture" not in after.content.decode()
    assert after.headers["HX-Refresh"] == "true"
    assert len(items(minutes)) == 59


def test_a_long_text_is_not_tried_first(scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_reports, "LONG", 50)
    text = long_text(60)
    response = alice.post(reverse("desk:import_report", args=[scene.meeting.code]), {"text": text, "essai": "1"})
    assert response.status_code == 422
    assert "trop long pour être vérifié" in response.content.decode()
    assert response.context["form"]["text"].value() == text
    assert not WaitingReport.objects.exists()


def test_what_was_not_read_is_taken_away_by_those_who_write_and_nobody_else(scene: Scene, alice: Client) -> None:
    (report,) = waiting_reports.keep_reports(scene.alice, scene.meeting, [("cassé.docx", b"PK\x03\x04")])
    read_waiting()
    minutes = Minutes.objects.get()
    shown = squeezed(alice.get(reverse("desk:minutes", args=[minutes.code])).content.decode())
    assert "cassé.docx n'a pas été lu. Ce fichier est abîmé" in shown.replace("&#x27;", "'")
    away = reverse("desk:drop_waiting_report", args=[minutes.code, report.code])
    for stranger in (scene.dan, scene.edith):
        refusal = 404 if stranger == scene.dan else 403  # she may read the consultation, he may not
        assert signed_in(stranger).post(away).status_code == refusal
    assert WaitingReport.objects.exists()
    assert alice.post(away).status_code == 302
    assert not WaitingReport.objects.exists()


def test_the_review_is_paged_and_links_lead_to_the_page_of_a_line(
    scene: Scene, alice: Client, short_pages: None
) -> None:
    minutes = scene.draft(long_text(35))
    address = reverse("desk:review", args=[minutes.code])
    first, last = alice.get(address), alice.get(f"{address}?page=99")
    assert (len(first.context["rows"]), first.context["shown"].pages, last.context["shown"].number) == (10, 4, 4)
    line = items(minutes)[24]
    there = alice.get(f"{address}?ligne={line.code}")
    assert there.context["shown"].number == 3
    assert f'id="l-{line.code}"' in there.content.decode()


def test_a_gesture_answers_with_the_lines_of_its_page(scene: Scene, alice: Client, short_pages: None) -> None:
    minutes = scene.draft(long_text(35))
    target = items(minutes)[12]
    response = alice.post(
        reverse("desk:review_gesture", args=[minutes.code]),
        {"gesture": "place:aside", "lines": [target.code], "version": minutes.version, "page": "2"},
        headers={"HX-Request": "true"},
    )
    drawn = [row.code for row in response.context["swaps"].redrawn]
    assert target.code in drawn
    assert items(minutes)[2].code not in response.content.decode()


def test_a_rank_is_counted_from_the_head_of_the_page(scene: Scene, alice: Client, short_pages: None) -> None:
    minutes = scene.draft(long_text(35))
    every = list(minutes.lines.order_by("position"))
    moved, at = every[19], every[12]
    alice.post(
        reverse("desk:review_gesture", args=[minutes.code]),
        {"gesture": "move", "lines": [moved.code], "version": minutes.version, "page": "2", "rank": "3"},
    )
    codes = list(minutes.lines.order_by("position").values_list("code", flat=True))
    assert codes.index(moved.code) + 1 == codes.index(at.code) == 13


@pytest.mark.usefixtures("short_pages")
def test_a_long_source_is_shown_around_its_page(scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_SHORT_SOURCE", 20)
    monkeypatch.setattr(queries, "_AROUND", 2)
    minutes = scene.draft(long_text(100))
    page = alice.get(reverse("desk:review", args=[minutes.code]) + "?page=5").content.decode()
    shown = [line.source_line for line in items(minutes) if f'id="s1-{line.source_line}"' in page]
    assert len(shown) == 14
    assert "sur 101\u00a0: celles de cette page" in page


def test_doubts_are_counted_as_they_are_shown(scene: Scene) -> None:
    minutes = scene.draft("Jardinage\nDéfis\n1. Les tomates manquent d'eau\n3. Le puits est loin\n")
    rows = queries.review_page(minutes, 1).rows
    counts = queries.count_lines(minutes)
    assert counts.doubts == sum(bool(row.doubt) for row in rows) > 0
    assert counts.items == sum(row.is_item for row in rows)
    assert [row.code for row in queries.first_doubts(minutes, 9)] == [row.code for row in rows if row.doubt]
