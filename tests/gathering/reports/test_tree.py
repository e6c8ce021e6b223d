"""Lines in their order become themes, kinds and families."""

from __future__ import annotations

from parvis.documents.report import HIDDEN_TEXT, ReportFamily, ReportItem, ReportParagraph
from parvis.gathering.reports.tree import PlacedItem, paragraph, themes_of


def placed(text: str, kind: str = "challenge", theme: str = "emploi", family: str = "", dots: int = 0) -> PlacedItem:
    return PlacedItem(ReportItem(text, kind, None, text), theme, theme.title(), family, dots)


def hidden(code: str) -> PlacedItem:
    return PlacedItem(ReportItem(code, "challenge", None, HIDDEN_TEXT, hidden=True), "emploi", "Emploi")


def test_themes_keep_the_order_of_their_first_line_and_kinds_that_of_every_list() -> None:
    health = [placed("c", "unsorted", "sante"), placed("b", "strength", "sante")]
    themes = themes_of([placed("d", "proposal", "sante"), placed("a"), *health])
    assert [(theme.name, theme.anchor, [kind.kind for kind in theme.kinds]) for theme in themes] == [
        ("Sante", "t-sante", ["strength", "proposal", "unsorted"]),
        ("Emploi", "t-emploi", ["challenge"]),
    ]


def test_what_has_no_theme_has_a_section_of_its_own() -> None:
    (theme,) = themes_of([placed("a", theme="")])
    assert (theme.name, theme.anchor) == ("Sans thématique", "t-autres")


def test_lines_without_family_are_one_group_without_title() -> None:
    (theme,) = themes_of([placed("a"), placed("b")])
    (family,) = theme.kinds[0].families
    assert (family.heading, [item.code for item in family.items]) == ("", ["a", "b"])


def test_families_follow_each_other_and_what_is_hidden_stays_with_the_one_above() -> None:
    (theme,) = themes_of(
        [placed("a", family="Les bus", dots=12), hidden("h"), placed("b", family="Les bus"), placed("c")]
    )
    assert [(family.heading, [item.code for item in family.items]) for family in theme.kinds[0].families] == [
        ("Les bus · 12 gommettes", ["a", "h", "b"]),
        ("Autres contributions", ["c"]),
    ]
    assert theme.kinds[0].families[1] == ReportFamily("Autres contributions", 0, (placed("c").item,))


def test_hidden_paragraph_says_so_and_nothing_else() -> None:
    assert (paragraph("Bonjour"), paragraph(None)) == (
        ReportParagraph("Bonjour"),
        ReportParagraph(HIDDEN_TEXT, hidden=True),
    )
