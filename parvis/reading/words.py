"""How words are matched, whatever their case and accents; a word that lost its accents on the way ("D?fis") too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from parvis.core.text import without_accents
from parvis.reading import vocabulary
from parvis.reading.model import Kind

_WORD: Final = re.compile(r"[a-z0-9]+(?:\?+[a-z]+)*\??(?=[^a-z0-9?]|$)|\?[a-z]+(?:\?+[a-z]+)*|[a-z0-9]+")
_MARKS: Final = re.compile(r"\?{2,}")
# No heading is longer, and no opening of a sentence needs more to be known.
_LONG: Final = 120
_BRACKETS: Final = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")


def words_of(text: str) -> list[str]:
    """The words of `text` without case or accents; a letter that lost its accent on the way reads "?"."""
    return _WORD.findall(_MARKS.sub("?", without_accents(text).replace("\ufffd", "?")))


def key_of(text: str) -> str:
    """The folded words of `text`, parted by one space, "?" left out."""
    return " ".join(word.strip("?") for word in words_of(text))


class Lexicon:
    """The phrases that name a kind, each a tuple of folded words; those of the vocabulary and those added to it."""

    def __init__(self, added: Mapping[str, Kind]) -> None:
        self.phrases: dict[tuple[str, ...], Kind] = {}
        listed = {" ".join(part.split()): kind for kind, all_ in vocabulary.KINDS.items() for part in all_.split(",")}
        for phrase, kind in (listed | dict(added)).items():
            lost = "".join("?" if ord(char) > 127 else char for char in phrase)
            for spoken in (words_of(phrase), words_of(lost)):
                if spoken:
                    self.phrases[tuple(spoken)] = kind
        # The lengths of the phrases that a word opens, longest first: most words open none.
        self.sizes = {
            first: sorted({len(phrase) for phrase in self.phrases if phrase[0] == first}, reverse=True)
            for first in {phrase[0] for phrase in self.phrases}
        }


_PLAIN: Final = Lexicon({})
_LEXICON: Final[ContextVar[Lexicon]] = ContextVar("lexicon", default=_PLAIN)


@contextmanager
def adding(phrases: Mapping[str, Kind]) -> Iterator[None]:
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
    # The lexicon is that of the context: it is named here so that what it said of a text is kept apart.
    if not 3 <= len(text) <= _LONG:
        return None
    bare = _BRACKETS.sub(" ", text).strip(" \t*_#:.;!?-–—=>•").strip()
    spoken = words_of(bare)
    if not _scan(spoken)[0]:
        return None
    return _kinds_only(spoken) or _kind_and_theme(bare)


def _kinds_only(words: list[str]) -> KindHeading | None:
    if len(words) > 10:
        return None
    found, rest = _scan(words)
    if not found or rest:
        return None
    if _weak(words) and not vocabulary.NOUNS.isdisjoint(words):
        return None
    return KindHeading(found[0], mixed=len(set(found)) > 1)


def is_weak(text: str) -> bool:
    """Whether a heading is of a word that also opens ordinary sentences ("Besoin : …")."""
    return _weak(words_of(text))


def _weak(words: list[str]) -> bool:
    """Whether the first word of kind also opens ordinary sentences ("Besoin de …")."""
    return any(word in vocabulary.WEAK for word in words[:3])


def _scan(words: list[str]) -> tuple[list[Kind], list[int]]:
    """The kinds named in order, and the positions of the words that are neither kind nor filler."""
    lexicon = _LEXICON.get()
    found: list[Kind] = []
    rest: list[int] = []
    index = 0
    while index < len(words):
        for size in lexicon.sizes.get(words[index], ()):
            kind = lexicon.phrases.get(tuple(words[index : index + size]))
            if kind is not None:
                found.append(kind)
                index += size
                break
        else:
            if words[index].strip("?") not in vocabulary.FILLERS:
                rest.append(index)
            index += 1
    return found, rest


_SEPARATOR: Final = re.compile(r"\s[–—|-]\s|\s?:\s|\s?\|\s?|\s[–—]|,\s")


def _kind_and_theme(text: str) -> KindHeading | None:
    """ "Emploi – Défis", "Défis : santé", "Défis de l'emploi": a kind, and a theme made of words of theme."""
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
    found, rest = _scan(words)
    if (
        ":" not in text
        and len(set(found)) == 1
        and rest
        and not _weak(words)
        and all(words[index] in vocabulary.THEMES for index in rest)
    ):
        head = words[: rest[0]]
        if _scan(head)[0] and not _scan(words[rest[0] :])[0]:
            return KindHeading(found[0], _after_words(text, rest[0]))
    return None


def _after_words(text: str, count: int) -> str:
    """What follows the first `count` words, elided articles left behind."""
    pieces = list(re.finditer(r"\w+", text))
    return text[pieces[count].start() :].strip() if count < len(pieces) else text


def is_theme(text: str) -> bool:
    """A short text all made of words of theme."""
    words = [word.strip("?") for word in words_of(text)]
    telling = [word for word in words if word not in vocabulary.JOINS]
    return 0 < len(telling) <= 8 and all(word in vocabulary.THEMES for word in telling)


def names_theme(text: str) -> bool:
    """A text with a word of theme among others."""
    return any(word in vocabulary.THEMES for word in words_of(text))


def theme_prefix(text: str) -> bool:
    """ "Thématique 2 : …", "Axe 1 – …": a theme is announced."""
    return vocabulary.PREFIX.match(text) is not None


def is_party(text: str) -> bool:
    """ "Table 2", "Groupe des habitants": who spoke, not what about."""
    return len(text) <= 90 and vocabulary.PARTY.fullmatch(text.strip(" *_#")) is not None


def clean_theme(text: str) -> str:
    """The name of a theme without its announcement or its final colon, verbatim otherwise."""
    match = vocabulary.PREFIX.match(text) or vocabulary.LETTERED.match(text)
    bare = text[match.end() :] if match else text
    return bare.strip().rstrip(":").rstrip(" *_").strip("*_ ") or text


def is_document(text: str) -> bool:
    """A line that names the document or the meeting rather than a theme."""
    return vocabulary.DOCUMENT.search(key_of(text)) is not None


def is_neutral(text: str) -> bool:
    """A heading under which nothing is a contribution ("Prochaines étapes")."""
    if len(text) > _LONG:
        return False
    spoken = words_of(text.rstrip(" :"))
    if len(spoken) > 8:
        return False
    if tuple(spoken) in vocabulary.NEUTRAL:
        return True
    # "Suites et calendrier": each of its parts is.
    parts = " ".join(spoken).split(" et ")
    return len(parts) > 1 and all(tuple(part.split()) in vocabulary.NEUTRAL for part in parts)


def is_void(text: str) -> bool:
    """ "RAS", "Néant": a cell that says it is empty."""
    return len(text) <= 20 and key_of(text) in vocabulary.VOID


def is_remark(text: str) -> bool:
    """ "Point de vigilance : …": said of the contribution above, not one more."""
    return vocabulary.REMARK.match(text) is not None


def is_quote(text: str) -> bool:
    """The words of someone, quoted on a line of their own, with who said them at most."""
    return vocabulary.QUOTE.fullmatch(text) is not None


def is_closing(text: str) -> bool:
    """A sentence that closes a meeting or sends the reader elsewhere."""
    return vocabulary.CLOSING.match(key_of(text[:_LONG])) is not None


def is_told(text: str) -> bool:
    """A paragraph of minutes: "Mme Diallo indique que …"."""
    return vocabulary.TOLD.match(text[:200]) is not None


def is_foot(text: str) -> bool:
    """A line that a web page prints under its content: nothing after it is content."""
    return len(text) <= 60 and key_of(text) in vocabulary.FOOT


def is_furniture(text: str) -> bool:
    """A line of a web page that is no content."""
    return len(text) <= 60 and (key_of(text) in vocabulary.FURNITURE or key_of(text) in vocabulary.FOOT)
