"""What holds for any input: nothing lost, nothing invented, no crash; printed outlines come back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.core.errors import RefusedInput
from parvis.reading import read, read_text, report_to_csv, report_to_json, unplaced
from tests.reading.helpers import DATA, entries
from tests.reading.outlines import STYLES, Outline, Style, outlines

LINES = st.sampled_from(
    """Défis|Atouts :|Propositions / Perspectives|Emploi|Thème 2 : Santé|## Défis|**Atouts**|1. Un. 2. Deux|1.Glué|
    2) Texte|12- A|- tiret|  - sous-tiret|-> conclusion|à retenir le lien|a) lettre|B. Lettre|ii. romain|? perdu|
    • un • deux|suite de la ligne|Page 3|Défis\tAtouts|x\ty|Ordre du jour|----|====|<p>balise</p>|<script>|</script>|
    <li>x|Défi 3 : le bus|Atouts : le marché|Partager|12 gommettes (5 votes)|***|~~~""".replace("|\n    ", "|").split(
        "|"
    )
    + ["| Défis | Atouts |", "|---|---|", "| a | b |", "", "   ", "\t", "\f", "\u202eà l'envers", "é" * 70]
    + ["mot " * 30 + ",", "\u2028", "\x85", "\xa0"]
)
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a"])
ANYTHING = st.one_of(
    st.text(),
    st.lists(LINES, max_size=40).map("\n".join),
    st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=30).map("\n".join),
)


def _check(data: bytes, name: str) -> None:
    try:
        report = read(data, name)
    except RefusedInput:
        return
    assert unplaced(report) == []
    assert report_to_json(report)["source"]["lines"] == len(report.lines)
    assert report_to_csv(report).startswith("theme,kind,number")


@given(ANYTHING, NAMES)
@settings(max_examples=400, deadline=None)
def test_every_character_of_any_text_is_in_one_place(text: str, name: str) -> None:
    _check(text.encode("utf-8", "surrogatepass"), name)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.odt", "a.pdf", "a.rtf"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_refused_or_read(data: bytes, name: str) -> None:
    _check(data, name)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_report_cut_and_damaged_is_still_placed(data: st.DataObject) -> None:
    raw = bytearray((DATA / "rencontre.txt").read_bytes())
    start = data.draw(st.integers(0, len(raw) - 2))
    raw = raw[start : data.draw(st.integers(start + 1, len(raw)))]
    for _ in range(data.draw(st.integers(0, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    _check(bytes(raw), "a.txt")


@given(st.text())
@settings(deadline=None)
def test_a_typed_text_is_placed_too(text: str) -> None:
    try:
        assert unplaced(read_text(text)) == []
    except RefusedInput:
        assert not text.strip() or not text.strip("\ufeff \t\r\n").strip()


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.label)
@given(outline=outlines())
@settings(max_examples=30, deadline=None)
def test_a_printed_outline_comes_back(style: Style, outline: Outline) -> None:
    report = read(style.write(outline).encode(), style.name)
    assert entries(report) == outline.entries(numbered=style.numbered)
    assert unplaced(report) == []
