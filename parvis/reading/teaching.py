"""What a correction may teach: the words of a heading that was not known to name a kind."""

from __future__ import annotations

from typing import Final

from parvis.reading import words
from parvis.reading.markers import split_marker

_MOST_WORDS: Final = 6
_MOST_LETTERS: Final = 60


def unknown_heading(text: str) -> str | None:
    """The words of a short line that may be a heading of kind, if the vocabulary does not know it; else None."""
    _, bare = split_marker(text.strip("# \t"))
    phrase = " ".join(bare.strip(" \t:*_.–—-").split())
    phrase_words = words.words_of(phrase)
    if not 1 <= len(phrase_words) <= _MOST_WORDS or not 3 <= len(phrase) <= _MOST_LETTERS or "," in phrase:
        return None
    if words.kind_heading(phrase) or words.is_theme(phrase) or words.is_neutral(phrase) or words.is_party(phrase):
        return None
    return None if words.is_document(phrase) or words.theme_prefix(text) else phrase
