"""Acronyms become buttons, whatever surrounds them; everything else is only text."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.web.components.acronyms import AcronymMarker


@dataclass(frozen=True)
class Term:
    letters: str
    expansion: str = ""
    explanation: str = ""
    anchor: str = "g-1"


def marker(*letters: str) -> AcronymMarker:
    return AcronymMarker({each: Term(each, anchor=f"g-{each}") for each in letters})


def button(letters: str, anchor: str | None = None) -> str:
    return f'<button class="term" type="button" popovertarget="{anchor or f"g-{letters}"}">{letters}</button>'


def test_an_acronym_is_a_button_and_the_longest_wins() -> None:
    assert marker("QP", "QPV").mark("Au QPV, (QP).") == f"Au {button('QPV')}, ({button('QP')})."


def test_a_part_of_a_longer_word_is_left_alone() -> None:
    assert marker("CAF").mark("CAFÉ, laCAF, CAF_2, CAF") == f"CAFÉ, laCAF, CAF_2, {button('CAF')}"


def test_all_texts_are_escaped_whatever_they_hold() -> None:
    acronyms = marker("A&B", "CAF")
    assert acronyms.mark_all(["<b>CAF</b>", "A&B", "\x1e", ""]) == [
        f"&lt;b&gt;{button('CAF')}&lt;/b&gt;", button("A&amp;B", "g-A&B"), " ", "",
    ]  # fmt: skip
    assert marker().mark_all(["<i>", "a\x1eb"]) == ["&lt;i&gt;", "a b"]


def test_met_are_those_of_the_page_in_the_order_of_their_first_meeting() -> None:
    acronyms = marker("CAF", "QPV", "PRE")
    acronyms.mark_all(["QPV et CAF", "QPV"])
    acronyms.mark("CAF")
    assert [term.letters for term in acronyms.met] == ["QPV", "CAF"]
    assert marker("CAF").mark_all([]) == []
