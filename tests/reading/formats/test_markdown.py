"""Markdown alone."""

from __future__ import annotations

from parvis.reading import read, unplaced
from parvis.reading.formats.markdown import looks_like_markdown, to_runs
from tests.reading.helpers import kinds, roles


def test_signs_of_headings_are_furniture() -> None:
    runs = to_runs("## Emploi ##\n").runs
    assert [(run.text, run.heading, run.fixed) for run in runs] == [
        ("##", 0, "furniture"),
        ("Emploi", 2, ""),
        ("##", 0, "furniture"),
    ]


def test_front_matter_gives_the_title() -> None:
    report = read(b'---\ntitle: "Rencontre d\'avril"\ntags: [a]\n---\n# Emploi\n## Atouts\n- le bus\n', "a.md")
    assert report.title == "Rencontre d'avril"
    assert kinds(report) == [("strength", "le bus")]
    assert unplaced(report) == []


def test_emphasis_around_a_whole_text_is_taken_off() -> None:
    report = read("## Emploi\n**Défis**\n- **Le bus**\n- le **bus** du soir\n".encode(), "a.md")
    assert kinds(report) == [("challenge", "Le bus"), ("challenge", "le **bus** du soir")]
    assert unplaced(report) == []


def test_tables_of_kinds() -> None:
    report = read("| Thème | Défis | Atouts |\n|---|---|---|\n| Emploi | le bus | la gare |\n".encode(), "a.md")
    assert [(item.theme, item.kind, item.text) for item in report.contributions] == [
        ("Emploi", "challenge", "le bus"),
        ("Emploi", "strength", "la gare"),
    ]
    assert unplaced(report) == []


def test_raw_code_and_quotes_are_left_out() -> None:
    page = "## Emploi\n### Défis\n- le bus\n<script>\nalert(1)\n- faux\n</script>\n> - cité\n"
    report = read(page.encode(), "a.md")
    assert kinds(report) == [("challenge", "le bus")]
    assert roles(report)["- faux"] == "furniture"
    assert roles(report)["> - cité"] == "prose"


def test_markdown_is_known_by_its_look() -> None:
    assert looks_like_markdown(["# Titre", "texte", "## Autre"])
    assert not looks_like_markdown(["# 1 seul titre", "texte"])
