"""The proof itself: it must see what a reader would lose, double, invent or move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.reading import Report, unplaced
from parvis.reading.model import Unassigned
from tests.reading.helpers import pasted


@pytest.fixture
def report() -> Report:
    return pasted(
        """
        Emploi
        Défis
        1. Mobilité entre villes
        2. Accès aux soins 3. Lignes de bus
        """
    )


def test_a_faithful_report_has_nothing_unplaced(report: Report) -> None:
    assert unplaced(report) == []


def test_a_lost_item_is_seen(report: Report) -> None:
    fault = unplaced(replace(report, contributions=report.contributions[1:]))[0]
    assert (fault.line, sorted(fault.missing)) == (3, sorted("1.Mobilitéentrevilles"))


def test_a_doubled_piece_is_seen(report: Report) -> None:
    doubled = replace(report, unassigned=(*report.unassigned, Unassigned(1, "Emploi", "prose")))
    assert sorted(unplaced(doubled)[0].added) == sorted("Emploi")


def test_an_invented_text_is_seen(report: Report) -> None:
    first, *others = report.contributions
    invented = replace(report, contributions=(replace(first, text="Villes entre mobilité"), *others))
    assert unplaced(invented)[0].displaced == ("Villes entre mobilité",)


def test_a_wrong_line_is_seen(report: Report) -> None:
    first, *others = report.contributions
    assert unplaced(replace(report, contributions=(replace(first, line=9, last_line=9), *others)))


def test_a_wrong_column_is_seen(report: Report) -> None:
    *others, last = report.contributions
    assert unplaced(replace(report, contributions=(*others, replace(last, column=2))))
