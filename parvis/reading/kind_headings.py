"""Whether a line is a heading of kind ("Défis", "Emploi – Atouts"), by the phrases of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from parvis.reading import vocabulary
from parvis.reading.model import Kind
from parvis.reading.theme_names import clean_theme, is_theme
from parvis.reading.word_match import words_of

_MAX_LENGTH: Final = 120
"""In characters: no heading is longer."""
_SEPARATOR: Final = re.compile(r"\s[–—|-]\s|\s?:\s|\s?\|\s?|\s[–—]|,\s")
_BRACKETS: Final = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")


class Lexicon:
    """The phrases that name a kind, each a tuple of folded words; those of the vocabulary and those added to it."""

    def __init__(self, added: Mapping[str, Kind]) -> None:
        self.phrases: dict[tuple[str, ...], Kind] = {}
        listed = {
            " ".join(phrase.split()): kind
            for kind, phrases in vocabulary.KINDS.items()
            for phrase in phrases.split(",")
        }
        for phrase, kind in (listed | dict(added)).items():
            without_its_accents = "".join("?" if ord(char) > 127 else char for char in phrase)
            for words in (words_of(phrase), words_of(without_its_accents)):
                if words:
                    self.phrases[tuple(words)] = kind
        # The lengths of the phrases that a word opens, longest first: most words open none.
        self.sizes = {
            first: sorted({len(phrase) for phrase in self.phrases if phrase[0] == first}, reverse=True)
            for first in {phrase[0] for phrase in self.phrases}
        }


_PLAIN: Final = Lexicon({})
_LEXICON: Final[ContextVar[Lexicon]] = ContextVar("lexicon", default=_PLAIN)


@contextmanager
def lexicon_with(phrases: Mapping[str, Kind]) -> Iterator[None]:
    """While it is entered, these phrases name kinds too."""
    token = _LEXICON.set(Lexicon(phrases) if phrases else _PLAIN)
    try:
        yield
    finally:
        _LEXICON.reset(token)


@dataclass(frozen=True, slots=True)
class KindHeading:
    """A heading of kind: which one, the theme it names with it if any, whether it names several kinds."""

    kind: Kind
    theme: str | None = None
    mixed: bool = False


def kind_heading(text: str) -> KindHeading | None:
    """Whether a whole line is a heading of kind: words of kind and fillers only, or with a theme set apart."""
    return _kind_heading(text, _LEXICON.get())


@lru_cache(maxsize=4096)
def _kind_heading(text: str, lexicon: Lexicon) -> KindHeading | None:
    # The lexicon is a parameter so that the cache keeps apart what two of them answer for one text.
    if not 3 <= len(text) <= _MAX_LENGTH:
        return None
    bare = _BRACKETS.sub(" ", text).strip(" \t*_#:.;!?-–—=>•").strip()
    words = words_of(bare)
    if not _scan(words)[0]:
        return None
    return _kinds_only(words) or _kind_and_theme(bare)


def _kinds_only(words: list[str]) -> KindHeading | None:
    if len(words) > 10:
        return None
    kinds, rest = _scan(words)
    if not kinds or rest:
        return None
    if _weak(words) and not vocabulary.NOUNS.isdisjoint(words):
        return None
    return KindHeading(kinds[0], mixed=len(set(kinds)) > 1)


def is_weak(text: str) -> bool:
    """Whether a heading is of a word that also opens ordinary sentences ("Besoin : …")."""
    return _weak(words_of(text))


def _weak(words: list[str]) -> bool:
    """Whether one of the first three words also opens ordinary sentences ("Besoin de …")."""
    return any(word in vocabulary.WEAK for word in words[:3])


def _scan(words: list[str]) -> tuple[list[Kind], list[int]]:
    """The kinds named in order, and the positions of the words that are neither kind nor filler."""
    lexicon = _LEXICON.get()
    kinds: list[Kind] = []
    rest: list[int] = []
    index = 0
    while index < len(words):
        for size in lexicon.sizes.get(words[index], ()):
            kind = lexicon.phrases.get(tuple(words[index : index + size]))
            if kind is not None:
                kinds.append(kind)
                index += size
                break
        else:
            if words[index].strip("?") not in vocabulary.FILLERS:
                rest.append(index)
            index += 1
    return kinds, rest


def _kind_and_theme(text: str) -> KindHeading | None:
    """ "Emploi – Défis", "Défis : Santé", "Défis de l'emploi": a kind, and a theme made of words of theme."""
    if len(text) > 90:
        return None
    for match in _SEPARATOR.finditer(text):
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        last, first = _kinds_only(words_of(after)), _kinds_only(words_of(before))
        if last and not first and before and len(before.split()) <= 8:
            return KindHeading(last.kind, clean_theme(before), last.mixed)
        # After a colon, a capital tells a theme ("Défis : Emploi") from a first item ("Défis : accès aux soins").
        if first and not last and is_theme(after) and (":" not in match.group() or after[0].isupper()):
            return KindHeading(first.kind, clean_theme(after), first.mixed)
    words = words_of(text)
    kinds, rest = _scan(words)
    if (
        ":" not in text
        and len(set(kinds)) == 1
        and rest
        and not _weak(words)
        and all(words[index] in vocabulary.THEMES for index in rest)
    ):
        head = words[: rest[0]]
        if _scan(head)[0] and not _scan(words[rest[0] :])[0]:
            return KindHeading(kinds[0], _after_words(text, rest[0]))
    return None


def _after_words(text: str, count: int) -> str:
    """What follows the first `count` words, without the article elided before it."""
    pieces = list(re.finditer(r"\w+", text))
    return text[pieces[count].start() :].strip() if count < len(pieces) else text
