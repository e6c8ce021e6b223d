"""What opens an item: a number, a letter, a bullet, an arrow. Digits that belong to the text are left in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from parvis.reading import vocabulary
from parvis.reading.word_match import words_of

Shape = Literal["number", "letter", "roman", "bullet", "arrow"]


@dataclass(frozen=True, slots=True)
class Marker:
    """`text` is verbatim; `value` the number or letter alone; `glyph` the sign that sets its style.

    A `weak` marker may be ordinary text ("A. Durand", "à Lille", "? ") until its neighbours confirm it.
    """

    text: str
    shape: Shape
    glyph: str
    value: str | None = None
    weak: bool = False

    @property
    def style(self) -> tuple[str, str]:
        """What two markers of one list share: numbers and letters whatever their sign, bullets by their sign."""
        if self.shape == "number":
            return "number", str((self.value or "").count("."))
        return self.shape, self.glyph if self.shape == "bullet" else ""


_NUMBER: Final = re.compile(
    r"(?P<open>(?:[nN]\s?°\s?)?\(?)(?P<value>\d{1,5}(?:\.\d{1,2}){0,3})(?P<gap>[ \u00a0\u202f]{0,2})"
    r"(?P<sign>\.\)|°\)|\.\s?[-–—](?=\s)|[.)/°:\-–—])(?P<after>\s{0,40})(?=\S)"
)
_LEVELS: Final = re.compile(r"(?P<value>\d{1,2}(?:\.\d{1,2}){1,3})\s{1,40}(?=[^\W\d_a-z])")
_ROMAN_LEVELS: Final = re.compile(r"(?P<value>[IVX]{1,4}\.\d{1,2})[.)]?\s{1,40}(?=[^\W\d_])")
_TABBED: Final = re.compile(r"(?P<value>\d{1,3})\t\s{0,40}(?=\S)")
_LETTER: Final = re.compile(r"\(?(?P<value>[a-zA-Z])[ \u00a0]?(?P<sign>[.)/])\s{0,40}(?=\S)")
_ROMAN: Final = re.compile(r"(?P<value>X{0,3}(?:IX|IV|V?I{0,3}))\s?(?P<sign>[.)/:\-–—])\s{1,40}(?=\S)")
_SMALL_ROMAN: Final = re.compile(r"\(?(?P<value>x{0,3}(?:ix|iv|v?i{0,3}))(?P<sign>[.)])\s{1,40}(?=\S)")
_ARROW: Final = re.compile(r"(?:-{1,2}>|={1,2}>|[→⇒➔➜⇨↳➞\uf0e0\uf0f0])\s{0,40}(?=\S)")
_FREE: Final = "•◦▪▫●○■□‣⁃∙➢➤►▶✓✔❖♦◆◊\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_BULLET: Final = re.compile(rf"[{_FREE}]\s{{0,40}}(?=\S)|[·*°§oØü–—-]\s{{1,40}}(?=\S)|[–—-](?=[^\W\d_«\"])")
_LOST_BULLET: Final = re.compile(r"\?\s{1,40}(?=\S)")
_LOST_ARROW: Final = re.compile(r"à\s{1,40}(?=[^\W\d_a-z])")
_INNER: Final = re.compile(r"(?<=\s)\(?(?P<value>\d{1,5})")
_BRACKETED: Final = re.compile(r"(?<=\s)\(?(?:\d{1,3}|[a-z])\)\s{1,40}(?=\S)")
# How far a list may jump within one line: 1, 2, 4.
_SKIPPED: Final = 3
_INNER_BULLET: Final = re.compile(r"(?<=\s)[•●▪■◦]\s{0,40}(?=\S)")
_OPENERS: Final = "\"«“‘'(["


def split_marker(text: str) -> tuple[Marker | None, str]:
    """The marker that opens `text`, and the rest. White space between them belongs to neither."""
    for read in (_arrow, _number, _bullet, _roman, _letter):
        opening = read(text)
        if opening is not None:
            marker, end = opening
            return marker, text[end:].strip()
    return None, text


def _arrow(text: str) -> tuple[Marker, int] | None:
    match = _ARROW.match(text)
    if match is not None:
        sign = match.group().rstrip()
        return Marker(sign, "arrow", sign), match.end()
    match = _LOST_ARROW.match(text)
    if match is not None and _opens_conclusion(text[match.end() :]):
        return Marker("à", "arrow", "à", weak=True), match.end()
    return None


def _opens_conclusion(rest: str) -> bool:
    """After a printed "à", a verb or an article: an arrow. A proper noun: the word itself ("à Lille")."""
    opening = words_of(rest[:60]) or [""]
    first = opening[1] if opening[0] == "a" and len(opening) > 1 else opening[0]
    return first in vocabulary.ARROW_OPENINGS or vocabulary.LIST_VERB.fullmatch(first) is not None


def _number(text: str) -> tuple[Marker, int] | None:
    match = _NUMBER.match(text)
    if match is None or not _is_number(match, text):
        match = _LEVELS.match(text) or _ROMAN_LEVELS.match(text) or _TABBED.match(text)
        if match is None:
            return None
        return Marker(match.group().rstrip(), "number", "", match.group("value")), match.end()
    sign = ")" if "(" in match.group("open") else match.group("sign")[0]
    # A number above 999 may be a year, "1/ 6" a fraction: its neighbours must follow it.
    weak = len(match.group("value").split(".")[0]) > 3 or _before_digit(match, text)
    return Marker(match.group().rstrip(), "number", sign, match.group("value"), weak), match.end()


def _is_number(match: re.Match[str], text: str) -> bool:
    sign, after, following = match.group("sign"), match.group("after"), text[match.end()]
    if "(" in match.group("open") and ")" not in sign:
        return False
    if after:
        return True
    if sign in "-–—/:°":
        return following.isupper() or following in '«“"'
    return not following.isdigit() and following not in ".,%€)"


def _before_digit(match: re.Match[str], text: str) -> bool:
    return match.group("sign") in "-–—/:" and text[match.end()].isdigit()


def _bullet(text: str) -> tuple[Marker, int] | None:
    match = _BULLET.match(text)
    if match is not None:
        sign = match.group().rstrip()
        return Marker(sign, "bullet", sign), match.end()
    match = _LOST_BULLET.match(text)
    return None if match is None else (Marker("?", "bullet", "?", weak=True), match.end())


def _roman(text: str) -> tuple[Marker, int] | None:
    match = _ROMAN.match(text) or _SMALL_ROMAN.match(text)
    if match is None or not match.group("value"):
        return None
    # "i." may be a letter, "x)" one of a formula: small ones need those around them.
    weak = match.group("value").islower()
    return Marker(match.group().rstrip(), "roman", match.group("sign"), match.group("value"), weak), match.end()


def _letter(text: str) -> tuple[Marker, int] | None:
    match = _LETTER.match(text)
    if match is None:
        return None
    sign, spaced = match.group("sign"), match.group()[-1].isspace()
    if sign != ")" and not spaced:
        return None
    if text.startswith("(") and sign != ")":
        return None
    weak = sign != ")" or match.group("value").isupper()
    return Marker(match.group().rstrip(), "letter", sign, match.group("value"), weak), match.end()


def counted(label: str) -> Marker:
    """The marker of an item that its format numbers by itself: "3", "2.1", "a", "iv"."""
    if label.replace(".", "").isdigit():
        return Marker("", "number", ".", label)
    return Marker("", "letter" if len(label) == 1 else "roman", ".", label)


def split_inner(marker: Marker, text: str) -> list[tuple[Marker, str, int]]:
    """The items that share the line of a marked item: (marker, text, offset of the marker in `text`).

    A number inside a text opens an item only when it follows the one before, is written the same way, starts a
    sentence, and is no reference ("voir l'axe 9."). The first item keeps what precedes, and is not returned.
    """
    if marker.shape == "bullet" and marker.glyph in "•●▪■◦" and marker.glyph:
        cuts = [
            (Marker(match.group().strip(), "bullet", marker.glyph), match.start(), match.end())
            for match in _INNER_BULLET.finditer(text)
            if match.group().strip() == marker.glyph
        ]
    elif marker.shape == "number" and (marker.value or "").isdigit() and marker.text:
        cuts = _bracketed_cuts(marker, text) if marker.glyph == ")" else _number_cuts(marker, text)
    elif marker.shape == "letter" and marker.glyph == ")" and (marker.value or "").islower():
        cuts = _bracketed_cuts(marker, text)
    else:
        cuts = []
    if not cuts:
        return []
    ends = [start for _, start, _ in cuts[1:]] + [len(text)]
    return [(inner, text[end:stop].strip(), start) for (inner, start, end), stop in zip(cuts, ends, strict=True)]


def _number_cuts(marker: Marker, text: str) -> list[tuple[Marker, int, int]]:
    cuts: list[tuple[Marker, int, int]] = []
    expected = int(marker.value or 0) + 1
    for number in _INNER.finditer(text):
        if int(number.group("value")) != expected:
            continue
        match = _NUMBER.match(text, number.start())
        if match is None or match.group("value") != str(expected) or not _is_number(match, text):
            continue
        sign = ")" if "(" in match.group("open") else match.group("sign")[0]
        opened = ("(" in match.group("open")) == marker.text.startswith("(")
        before = text[max(0, number.start() - 80) : number.start()].rstrip()
        if sign != marker.glyph or not opened or not before or not _starts_item(before, text[match.end()]):
            continue
        cuts.append((Marker(match.group().rstrip(), "number", sign, str(expected)), number.start(), match.end()))
        expected += 1
    return cuts


def _bracketed_cuts(marker: Marker, text: str) -> list[tuple[Marker, int, int]]:
    """ "(1) … (2) … (4) …", "a) … b) …": brackets are signs enough, even where a number was skipped."""
    cuts: list[tuple[Marker, int, int]] = []
    rank = value_of(marker) or 0
    for bracketed in _BRACKETED.finditer(text):
        inner, _ = split_marker(text[bracketed.start() : bracketed.end() + 1])
        value = value_of(inner)
        if inner is None or value is None or inner.shape != marker.shape or inner.glyph != marker.glyph:
            continue
        before = text[max(0, bracketed.start() - 80) : bracketed.start()].rstrip()
        last = (words_of(before) or [""])[-1]
        same = inner.text.startswith("(") == marker.text.startswith("(")
        refers = last in vocabulary.REFERENCES and before[-1].isalnum()
        if not same or refers or not rank < value <= rank + _SKIPPED:
            continue
        cuts.append((inner, bracketed.start(), bracketed.end()))
        rank = value
    return cuts


def _starts_item(before: str, first: str) -> bool:
    if before[-1] in ".;!?…":
        return first.isalpha() or first in _OPENERS
    last = (words_of(before) or [""])[-1]
    if last in vocabulary.REFERENCES and before[-1].isalnum():
        return False
    return (first.isupper() or first in _OPENERS) and before[-1] not in ",:(/-–"


_ROMANS: Final = {
    tens + ones: 10 * ten + one
    for ten, tens in enumerate(("", "x", "xx", "xxx"))
    for one, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
}


def value_of(marker: Marker | None) -> int | None:
    """The rank a number, a letter or a roman number gives, if it gives one."""
    if marker is None or marker.value is None:
        return None
    if marker.shape == "number":
        last = marker.value.rsplit(".", 1)[-1]
        return int(last)
    if marker.shape == "roman":
        return _ROMANS.get(marker.value.lower())
    return ord(marker.value.lower()) - 96
