"""Texts compared word by word."""

from __future__ import annotations

from parvis.reading.word_match import key_of, words_of


def test_a_lost_accent_keeps_its_place_in_the_words_of_a_report() -> None:
    assert words_of("D\ufffdfis et D?fis") == ["d?fis", "et", "d?fis"]


def test_key_is_the_same_for_two_writings() -> None:
    assert key_of("  Défis –  IDENTIFIÉS ?") == key_of("defis identifies") == "defis identifies"
