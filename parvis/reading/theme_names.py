"""Whether a line names a theme ("Emploi / Insertion"), announces one, or names who spoke."""

from __future__ import annotations

from parvis.reading import vocabulary
from parvis.reading.word_match import words_of


def is_theme(text: str) -> bool:
    """A short text all made of words of theme."""
    words = [word.strip("?") for word in words_of(text)]
    telling = [word for word in words if word not in vocabulary.JOINS]
    return 0 < len(telling) <= 8 and all(word in vocabulary.THEMES for word in telling)


def names_theme(text: str) -> bool:
    """A text with a word of theme among others."""
    return any(word in vocabulary.THEMES for word in words_of(text))


def announces_theme(text: str) -> bool:
    """ "Thématique 2 : …", "Axe 1 – …": the name of a theme follows."""
    return vocabulary.PREFIX.match(text) is not None


def is_party(text: str) -> bool:
    """ "Table 2", "Groupe des habitants": who spoke, not what about."""
    return len(text) <= 90 and vocabulary.PARTY.fullmatch(text.strip(" *_#")) is not None


def clean_theme(text: str) -> str:
    """The name of a theme without its announcement or its final colon, verbatim otherwise."""
    match = vocabulary.PREFIX.match(text) or vocabulary.LETTERED.match(text)
    bare = text[match.end() :] if match else text
    return bare.strip().rstrip(":").rstrip(" *_").strip("*_ ") or text
