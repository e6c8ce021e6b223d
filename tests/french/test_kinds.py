"""Kinds of contribution: one order, one set of words, the same colours on pages and on paper."""

from __future__ import annotations

from parvis.consultations.enums import Kind
from parvis.french.kinds import KIND_ORDER, KINDS, kind_counts
from parvis.web.components.drawings import SIGNS
from tests.web.components.test_tokens import LIGHT


def test_the_codes_of_the_database_are_those_kinds_in_that_order() -> None:
    assert [(kind.value, kind.label) for kind in Kind] == [(kind, words.one) for kind, words in KINDS.items()]
    assert tuple(Kind) == KIND_ORDER == ("challenge", "strength", "proposal", "unsorted")


def test_every_kind_has_a_sign() -> None:
    assert {path.stem for path in SIGNS.glob("*.svg")} >= set(KINDS)


def test_colours_on_paper_are_those_of_the_light_theme() -> None:
    assert {kind: f"#{words.colour}" for kind, words in KINDS.items() if words.colour} == {
        kind: LIGHT[kind] for kind in ("challenge", "strength", "proposal")
    }


def test_counts_of_kinds_are_a_sentence_in_the_order_of_kinds() -> None:
    assert kind_counts(["proposal", "challenge", "proposal", "unsorted", "challenge", "challenge"]) == (
        "3 défis, 2 propositions et 1 contribution à classer"
    )
    assert kind_counts([]) == ""
