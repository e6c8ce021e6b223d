"""Any markup → a plain, well formed page: known elements only, properly nested, with few attributes.

It comes before the parser for two reasons. What runs or is fetched (scripts, styles, embeds, event attributes) is gone
before anything reads the page. And a page made to exhaust a parser, by elements nested without end or formatting left
open in every paragraph, is refused or flattened here, in one linear pass.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.vocabulary import word_set

MAX_DEPTH: Final = 200
MAX_STRAY: Final = 20_000
# Tags and stretches of text: a page of 4 MB has a tenth of it unless it was made to fill the memory of a parser.
MAX_PIECES: Final = 300_000

_TOKEN: Final = re.compile(
    r"""<!--(?:-?>|.*?--!?>|.*\Z)                       # a comment
      | <(?:[!?]|/(?![a-zA-Z]))[^>]*+>?                 # a declaration, or what the rules call a bogus comment
      | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)         # a tag: its attributes end at the first > outside quotes
        (?P<attributes>(?:[\s/]++
            | =*+[^\s/>=]++\s*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+
            | =++)*+)(?:>|\Z)
      | (?P<text><|[^<]++)""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"""(?:^|[\s"'/])(hidden|style|class|role|start|value)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?(?=[\s/"']|$)""",
    re.IGNORECASE,
)
ACTIVE: Final = word_set("script style iframe object embed applet")
_DROPPED: Final = ACTIVE | word_set(
    "template noscript svg math canvas audio video map title textarea xmp noframes noembed"
)
BLOCKS: Final = word_set(
    """address article aside blockquote button caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header label legend li main menu nav ol option p pre section select summary table
    tbody td tfoot th thead tr ul"""
)
_VOID: Final = word_set("html head body area base col img input link meta param source track wbr")
_CELLS: Final = word_set("td th caption")
_PARAGRAPH: Final = frozenset({"p"})
_OTHERS: Final = BLOCKS - _PARAGRAPH
# Which open elements an element closes before it opens, and which ones stop the search for them.
_CLOSES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (word_set("li"), word_set("ul ol menu dir table")),
    "dt": (word_set("dt dd"), word_set("dl table")),
    "dd": (word_set("dt dd"), word_set("dl table")),
    "option": (word_set("option"), word_set("select table")),
    "td": (word_set("td th caption"), word_set("tr table")),
    "th": (word_set("td th caption"), word_set("tr table")),
    "tr": (word_set("tr caption"), word_set("table")),
    "tbody": (word_set("tbody thead tfoot caption"), word_set("table")),
    "thead": (word_set("tbody thead tfoot caption"), word_set("table")),
    "tfoot": (word_set("tbody thead tfoot caption"), word_set("table")),
}


class _Stack:
    """The open elements, and the page written so far."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._stray = 0

    def open(self, name: str, attributes: str) -> None:
        """Opens an element, and closes those its start ends. Inline ones are all written alike."""
        inline = name not in BLOCKS
        if inline and len(self._open) >= MAX_DEPTH // 2:
            return
        if name in _CLOSES:
            self._close_any(*_CLOSES[name])
        elif name in BLOCKS and self._count["p"]:
            self._close_any(_PARAGRAPH, _OTHERS)
        if len(self._open) >= MAX_DEPTH:
            raise _malformed()
        self._open.append(name)
        self._count[name] += 1
        self.out.append(f"<{_written(name)}{attributes}>")

    def close(self, name: str) -> None:
        """Closes an element and those inside it; a tag that closes nothing is left out."""
        if self._count[name]:
            stops = frozenset() if name in _CELLS or name in ("table", "tr") else _CELLS
            if self._close_any(frozenset({name}), stops):
                return
            self._stray += 1
            if self._stray > MAX_STRAY:
                raise _malformed()

    def finish(self) -> None:
        """Closes all that is open."""
        self._pop(len(self._open))

    def _close_any(self, names: frozenset[str], stops: frozenset[str]) -> bool:
        if not any(self._count[name] for name in names):
            return False
        for index, name in enumerate(reversed(self._open)):
            if name in names:
                self._pop(index + 1)
                return True
            if name in stops:
                return False
        return False

    def _pop(self, size: int) -> None:
        for _ in range(size):
            name = self._open.pop()
            self._count[name] -= 1
            self.out.append(f"</{_written(name)}>")


def _written(name: str) -> str:
    return name if name in BLOCKS or name == "b" else "span"


def tidy(text: str) -> tuple[str, bool]:
    """The page made plain, and whether it held something active. Refuses one nested beyond measure."""
    stack = _Stack()
    active = False
    position = 0
    endless: set[str] = set()
    while (match := _TOKEN.match(text, position)) is not None and position < len(text):
        position = match.end()
        if len(stack.out) > MAX_PIECES:
            raise RefusedInput("Cette page est trop lourde : copiez le texte du compte-rendu et collez-le.")
        if match.group("text"):
            stack.out.append("&lt;" if match.group("text") == "<" else match.group("text"))
        if match.group("name") is None:
            continue
        name = match.group("name").lower()
        if name in _DROPPED:
            active = active or name in ACTIVE
            if not match.group("end") and name not in endless and name != "embed":
                closing = re.compile(rf"</{name}(?=[\s/>]|\Z)[^>]*+>?", re.IGNORECASE).search(text, position)
                if closing is None:
                    endless.add(name)
                    # A script without an end hides the rest of the page; anything else is a lost tag.
                    position = len(text) if name in ("script", "style") else position
                else:
                    position = closing.end()
        elif name in ("br", "hr"):
            stack.out.append(f"<{name}>")
        else:
            _element(stack, match, name)
    stack.finish()
    return "".join(stack.out), active


def _element(stack: _Stack, match: re.Match[str], name: str) -> None:
    name = "b" if name == "strong" else name
    if name in _VOID:
        return
    if match.group("end"):
        stack.close(name)
    else:
        stack.open(name, _kept(match.group("attributes")))


def _kept(attributes: str) -> str:
    if not attributes.strip("/ \t\r\n"):
        return ""
    kept = []
    for match in _ATTRIBUTE.finditer(attributes):
        value = (match.group(2) or "").strip("\"'").replace('"', "&quot;")
        kept.append(f' {match.group(1).lower()}="{value}"')
    return "".join(kept)


def _malformed() -> RefusedInput:
    return RefusedInput(
        "Cette page est mal formée (balises jamais refermées) : copiez le texte du compte-rendu et collez-le."
    )
