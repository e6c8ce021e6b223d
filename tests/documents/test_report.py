"""The tree of a report: what it refuses to hold, what it tells of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from parvis.documents.report import HIDDEN_TEXT, ReportEdition, ReportFamily, ReportItem, ReportKind, ReportTheme
from tests.documents.samples import full_report, item, kind, report


@pytest.mark.parametrize(
    "secret", [{"text": "Ce qui a été dit"}, {"details": ("une précision",)}, {"salt": "aa"}, {"dots": 3}]
)
def test_a_hidden_contribution_cannot_be_built_with_what_it_hides(secret: dict[str, object]) -> None:
    values: dict[str, object] = {"text": HIDDEN_TEXT} | secret
    with pytest.raises(ValueError, match="hidden"):
        ReportItem(code="c", kind="challenge", number="1", hidden=True, **values)  # type: ignore[arg-type]


def test_a_hidden_contribution_leads_nowhere_and_looks_like_any_line() -> None:
    made = item(HIDDEN_TEXT, code="c8mr3n0y5f", hidden=True, conclusion=True)
    assert (report(made).thread_of(made), made.concludes) == (None, False)


def test_the_thread_of_a_contribution_is_where_the_report_says() -> None:
    made = item("Dit", code="b7kq2m9x4d")
    assert report(made).thread_of(made) == "https://exemple.fr/contributions/b7kq2m9x4d/"
    assert report(made, thread_url="").thread_of(made) is None


def test_a_conclusion_is_not_counted_and_what_is_hidden_is() -> None:
    shown = full_report()
    assert (shown.summary, shown.themes[0].summary) == (
        "5 défis, 1 atout et 4 propositions",
        "5 défis, 1 atout et 2 propositions",
    )


@pytest.mark.parametrize(
    ("dots", "heading"), [(0, "Les bus"), (1, "Les bus · 1 gommette"), (2, "Les bus · 2 gommettes")]
)
def test_the_heading_of_a_family_tells_its_dots(dots: int, heading: str) -> None:
    assert ReportFamily("Les bus", dots, ()).heading == heading


def test_a_contribution_is_named_for_whoever_hears_the_page() -> None:
    kinds = ("challenge", "strength", "proposal", "unsorted", "autre")
    assert [item("Dit", kind=kind, number="3").spoken for kind in kinds] == [
        "le défi 3", "l'atout 3", "la proposition 3", "la contribution 3", "la contribution 3",
    ]  # fmt: skip


def test_facts_of_several_meetings_are_told_once_each() -> None:
    (meeting,) = report().meetings
    other = replace(meeting, kind="Réunion publique", when="Vendredi", attendance="")
    both = report(meetings=(meeting, other))
    assert (both.meeting_kind, both.territory, both.where, both.when, both.attendance) == (
        "Atelier et Réunion publique",
        meeting.territory,
        meeting.where,
        f"{meeting.when} ; Vendredi",
        meeting.attendance,
    )


def test_former_editions_are_those_before_the_oldest_first() -> None:
    editions = tuple(ReportEdition(number, date(2026, 3, number), "") for number in (3, 2, 1))
    assert [edition.number for edition in report(editions=editions, number=3).former_editions] == [1, 2]
    assert report(editions=editions, number=1).former_editions == ()


def test_a_kind_that_nobody_knows_is_shown_as_it_is() -> None:
    assert (kind("autre").label, kind("unsorted").label) == ("autre", "À classer")


def test_contributions_of_a_theme_are_those_of_its_kinds_and_families_in_order() -> None:
    one, two, three = (item(text) for text in ("un", "deux", "trois"))
    kinds = (
        ReportKind("challenge", (ReportFamily("A", 0, (one,)), ReportFamily("B", 0, (two,)))),
        kind("proposal", three),
    )
    assert list(ReportTheme("Emploi", "t-emploi", kinds).items) == [one, two, three]
