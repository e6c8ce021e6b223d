"""The content of a field → the elements of its list: an item, a line, what commas, semicolons and slashes part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.values import FieldContent
from parvis.reading.sheet_files.vocabulary import PLAIN_INSTRUCTION, is_void
from parvis.reading.word_match import words_of

# Words that say more of the name before them.
_COMMAS: Final = re.compile(
    r",\s+(?!(?:dont|soit|y compris|notamment|côté|près|derrière|devant|entre|autour|en face|en particulier|\d{5})\b)"
)
_PLACE: Final = (
    r"(?:zones?|cités?|quartiers?|secteurs?|centres?|résidences?|places?|rues?|parcs?|îlots?|hameaux?|villes?|communes?"
    r"|bourgs?|faubourgs?)\s"
)
_PLACES_AND: Final = re.compile(
    rf"\s+et\s+(?=(?:QPV\s|de\s|du\s|des\s|d['’]|les?\s|la\s|l['’]|quartier\s|aux?\s)*(?:[A-ZÉÈÀÂÎÔÇ]|{_PLACE}))"
)
# « Rues Pasteur et Curie »: the names share the noun. Quarters and towns are named one by one.
_SHARED_NOUN: Final = re.compile(
    r"(?:îlots|rues|résidences|tours|bâtiments|immeubles|places|squares|écoles|allées|halls)\s", re.IGNORECASE
)
_AND: Final = re.compile(r"\s+et\s+(?=[A-ZÉÈÀÂÎÔÇ]|les?\s|la\s|l['’])")
_ARTICLE: Final = re.compile(r"(?:les?\s|la\s|l['’])", re.IGNORECASE)
_SERVICE: Final = re.compile(r"(?:service|direction|pôle|agence|antenne|délégation|unité|site|mission)\s")
_ANY_AND: Final = re.compile(r"\s+et\s+")
_SENTENCE: Final = 15
_IN: Final = re.compile(r"^(?:dans (?:les? |la |l['’])|sur (?:les? |la |l['’]))(?=\S)", re.IGNORECASE)
_OPENS_LIST: Final = re.compile(r"(?:\S+\s+){3,}\S+\s*:$")
_TRAILING: Final = re.compile(r"[\s.;,]+$")


def elements(content: FieldContent, name: FieldName) -> tuple[str, ...]:
    """The elements of a list of this field.

    Places are parted at « et » too, other names at the last « et » of an enumeration when nothing else may be meant;
    themes bear slashes (« Emploi / Insertion »); indicators bear commas where lines or semicolons part them already.
    Commas part no sentence.
    """
    first = name in ("partners", "indicators")  # the other columns of a table inside a cell say more of it
    lines = [line.text.split("\t")[0] if first and line.row else line.text for line in content.lines]
    if len(lines) > 1 and _OPENS_LIST.search(lines[0]):
        lines = lines[1:]  # « Le porteur suit les indicateurs suivants : »
    several = len(lines) > 1 or any(";" in line for line in lines)
    items: list[str] = []
    for line in lines:
        items += _of_line(line, name, commas=not (name == "indicators" and several))
    kept = (_TRAILING.sub("", item).strip() for item in items)
    if name == "territories":
        kept = (_IN.sub("", item) for item in kept)
    return tuple(item for item in kept if item and not is_void(item) and not PLAIN_INSTRUCTION.match(item))


def _of_line(line: str, name: FieldName, *, commas: bool) -> Sequence[str]:
    if name == "territories" and _SHARED_NOUN.match(line):
        return [*_parts(line, commas=False, slashes=True)]
    slashes = name != "themes"
    parts = [*_parts(line, commas=commas, slashes=slashes)]
    if any(len(part.split()) > _SENTENCE for part in parts):
        parts = [*_parts(line, commas=False, slashes=slashes)]
    if name == "territories":
        return [piece for part in parts for piece in _PLACES_AND.split(part)]
    if name == "indicators":
        return [piece for part in parts for piece in _parallel(part)]
    if (
        name == "partners"
        and len(parts) == 1
        and len(pair := _AND.split(line.strip())) == 2
        and all(map(_ARTICLE.match, pair))
    ):
        return pair
    if name == "partners" and len(parts) > 1:
        named = [*parts[:-1], *_last(parts[-1].strip())]
        return named if ";" in line else _with_services(named)
    return parts


def _last(part: str) -> list[str]:
    """The last part of an enumeration: « la MJC et la mairie », « Ville et CCAS », but « Vivre et Agir » is a name."""
    pair = _AND.split(part)
    if len(pair) != 2:
        return [part]
    both = all(map(_ARTICLE.match, pair))
    return pair if both or len(pair[0].split()) == 1 else [part]


def _with_services(parts: Sequence[str]) -> list[str]:
    """« Ville de Vaux, service des sports » is one body; « bailleur, service des sports » are two."""
    joined: list[str] = []
    for part in parts:
        if joined and _SERVICE.match(part.strip()) and joined[-1].strip()[:1].isupper():
            joined[-1] = f"{joined[-1].rstrip()}, {part.strip()}"
        else:
            joined.append(part)
    return joined


def may_be_two(name: FieldName, items: Sequence[str]) -> str:
    """An element that may be two: a last « et » was left, or a service was joined; "" when there is none."""
    if name != "partners":
        return ""
    last = items[-1:] if len(items) > 1 else ()
    return next((item for item in items if ", " in item or (item in last and _AND.search(item))), "")


def _parallel(part: str) -> list[str]:
    """« si les livres tournent et si le banc tient »: both sides begin with the same word."""
    pieces = _ANY_AND.split(part)
    firsts = [words_of(piece)[:1] for piece in pieces]
    return pieces if len(pieces) == 2 and firsts[0] == firsts[1] != [] else [part]


def _parts(text: str, *, commas: bool, slashes: bool) -> Iterator[str]:
    """Parted outside brackets and quotes."""
    start, depth = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([«“") - (sign in ")]»”" and depth > 0)
        if depth:
            continue
        after = text[place + 1 : place + 2]
        parted = sign in ";\t" or (slashes and sign == "/" and after == " " and text[place - 1 : place] == " ")
        parted = parted or (commas and sign == "," and _COMMAS.match(text, place) is not None)
        if parted or (sign in "•●▪" and place):
            yield text[start:place]
            start = place + 1
    yield text[start:]
