"""Plain text alone: lines, indent, blanks, pages, rules."""

from __future__ import annotations

import pytest

from parvis.reading.formats.text import indent_of, is_rule, split_lines, to_runs
from tests.reading.helpers import pasted


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_as_in_an_editor(end: str) -> None:
    assert split_lines(end.join(["un", "", "deux", ""])) == ["un", "", "deux"]


def test_indent_counts_a_tab_as_four() -> None:
    assert [indent_of(line) for line in ("x", "  x", "\tx", " \tx")] == [0, 2, 4, 5]


def test_rules_are_furniture() -> None:
    assert is_rule("----")
    assert not is_rule("--")
    assert [run.fixed for run in to_runs("un\n\n* * *\ndeux").runs] == ["", "furniture", ""]


def test_an_underlined_line_is_a_heading() -> None:
    assert [run.heading for run in to_runs("Titre\n=====\nEmploi\n------\ntexte").runs] == [1, 0, 2, 0, 0]


def test_pages_and_blanks_are_told() -> None:
    runs = to_runs("un\n\ndeux\n\ftrois").runs
    assert [(run.text, run.page, run.after_blank) for run in runs] == [
        ("un", 1, False),
        ("deux", 1, True),
        ("trois", 2, False),
    ]


def test_columns_pasted_from_a_word_processor() -> None:
    report = pasted("Thème\tDéfis\tAtouts\nEmploi\tLe bus\tLa gare\nSanté\tLes soins\t")
    assert [(item.theme, item.kind, item.text) for item in report.contributions] == [
        ("Emploi", "challenge", "Le bus"),
        ("Emploi", "strength", "La gare"),
        ("Santé", "challenge", "Les soins"),
    ]


def test_too_many_cells_are_no_table() -> None:
    assert len(to_runs("Défis\t" * 200 + "\n" + "x\t" * 200).runs) == 2
