"""When an agent corrects a kind: the words of the heading that the reader did not know, to be learnt."""

from __future__ import annotations

from typing import Final

from parvis.reading.kind_headings import kind_heading
from parvis.reading.line_roles import is_document, is_neutral
from parvis.reading.markers import split_marker
from parvis.reading.theme_names import announces_theme, is_party, is_theme
from parvis.reading.word_match import words_of

_MOST_WORDS: Final = 6
_MOST_LETTERS: Final = 60


def unknown_heading(text: str) -> str | None:
    """The words of a short line that may be a heading of kind, if the vocabulary does not know it; else None."""
    _, bare = split_marker(text.strip("# \t"))
    phrase = " ".join(bare.strip(" \t:*_.–—-").split())
    phrase_words = words_of(phrase)
    if not 1 <= len(phrase_words) <= _MOST_WORDS or not 3 <= len(phrase) <= _MOST_LETTERS or "," in phrase:
        return None
    if kind_heading(phrase) or is_theme(phrase) or is_neutral(phrase) or is_party(phrase):
        return None
    return None if is_document(phrase) or announces_theme(text) else phrase
