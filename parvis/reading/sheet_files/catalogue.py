"""Files where many actions stand one under the other, each under a heading that no label names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from parvis.reading.sheet_files.bits import Bit, copied
from parvis.reading.sheet_files.label_match import Label, Shape, numbering
from parvis.reading.sheet_files.part_titles import PART, theme_tokens
from parvis.reading.sheet_files.ranks import GUESSED, UNFORESEEN
from parvis.reading.sheet_files.tokens import NOWHERE, Token
from parvis.reading.sheet_files.vocabulary import FURNITURE

_STRONG: Final = 50
_NUMBERED: Final = 60
_LONG: Final = 150
_FEW: Final = 2
_IN_TITLE: Final = re.compile(
    r"[–—:(-]\s*(?:quartiers?|QPV)(?:\s+prioritaires?)?\s+(?:du\s|de\s(?:la\s|l['’])?|des\s|d['’])?(?=[A-ZÉÈÀÎÔ])"
)


@dataclass(frozen=True, slots=True)
class _Section:
    """The tokens from a heading to the next one of its level or higher, heading left out, with the fields they name."""

    start: int
    names: frozenset[str]


def open_actions(tokens: Sequence[Token]) -> list[Token]:
    """The same tokens, each heading that opens an action being one of kind `action`, each part being a theme."""
    level, actions = _actions(tokens)
    opened = [
        Token("action", token.bit, end=_number_end(token.bit)) if place in actions else token
        for place, token in enumerate(tokens)
    ]
    parts = _parts(opened, level, actions)
    return list(_in_places(_with_themes(opened, parts, level), _place_of_all(opened)))


def _place_of_all(tokens: Sequence[Token]) -> Token | None:
    """The quarter that the title of a file of several actions names: « Bilan 2024 – quartier des Tanneurs »."""
    starts = [place for place, token in enumerate(tokens) if token.kind in ("head", "action")]
    for token in tokens[: starts[0]] if len(starts) > 1 else ():
        match = _IN_TITLE.search(token.bit.text)
        if match is not None and token.kind in ("value", "section") and not token.bit.text.endswith((".", ",")):
            return Token("value", copied(token.bit), end=match.end())
    return None


def _in_places(tokens: Iterable[Token], place: Token | None) -> Iterator[Token]:
    for token in tokens:
        yield token
        if place is not None and token.kind in ("head", "action"):
            yield Token("label", NOWHERE, Label("territories", GUESSED, 0, Shape("cell")))
            yield place
            yield Token("close", NOWHERE)


def _number_end(bit: Bit) -> int:
    """Where the title begins after its number."""
    return numbering(bit.text) if bit.text[0].isdigit() else 0


def _level(token: Token) -> int:
    """How high a heading is; 0 for what is none, or is a label of the vocabulary."""
    unknown = token.label is not None and token.label.rank == UNFORESEEN and token.label.shape.kind == "line"
    if (
        token.row
        or token.end
        or not ((token.kind == "value" and token.label is None) or (token.kind == "label" and unknown))
    ):
        return 0
    bit = token.bit
    if not bit.alone or bit.hint or bit.listed or bit.title or len(bit.text) > _LONG or bit.text.endswith((".", ",")):
        return 0
    numbered = bit.ordinal or (bit.text[0].isdigit() and numbering(bit.text) > 0)
    return bit.heading or (_STRONG if bit.strong else _NUMBERED if numbered else 0)


def _actions(tokens: Sequence[Token]) -> tuple[int, frozenset[int]]:
    """The level of the headings that open actions, and where they are; none where a file has no two that look alike."""
    times = Counter(token.bit.text for token in tokens if _level(token))
    # words that come again are a label that no list holds, and no name of an action
    levels = [_level(token) if times[token.bit.text] == 1 else 0 for token in tokens]
    best: tuple[int, frozenset[int]] = (0, frozenset())
    for level in sorted(set(levels) - {0}):
        sections = list(_sections(tokens, levels, level))
        again = Counter(name for section in sections for name in section.names)
        repeated = {name for name, times in again.items() if times > 1}
        rich = _whole([section for section in sections if len(section.names & repeated) >= _FEW])
        if len(rich) >= _FEW and not repeated & {"title"} and len(rich) > len(best[1]):
            best = level, frozenset(section.start for section in rich)
    return best


def _sections(tokens: Sequence[Token], levels: Sequence[int], level: int) -> Iterator[_Section]:
    starts = [place for place, here in enumerate(levels) if here == level]
    for start in starts:
        names: set[str] = set()
        for place in range(start + 1, len(tokens)):
            token = tokens[place]
            if 0 < levels[place] <= level or token.kind in ("head", "row"):
                break
            if token.label is not None and token.label.rank < UNFORESEEN and token.label.name != "other":
                names.add(token.label.name)
        yield _Section(start, frozenset(names))


def _whole(sections: Iterable[_Section]) -> list[_Section]:
    """The sections, those that go on with the one before left out: a new action says again what the last one said."""
    whole: list[_Section] = []
    told: frozenset[str] = frozenset()
    for section in sections:
        if whole and not told & section.names:
            told |= section.names
            continue
        whole.append(section)
        told = section.names
    return whole


def _with_themes(tokens: Sequence[Token], parts: frozenset[int], level: int) -> Iterator[Token]:
    """The title of a part is the theme of each action until the next heading.

    An action ends where a heading higher than its own begins, « Conclusion ».
    """
    theme: list[Token] = []
    above = 0
    for place, token in enumerate(tokens):
        if place in parts:
            said_once = place + 1 < len(tokens) and tokens[place + 1].kind not in ("head", "action")
            theme = list(theme_tokens(token.bit, GUESSED if said_once else 0))
            continue
        if token.kind not in ("head", "action") and 0 < token.bit.heading < above and _level(token):
            yield Token("row", NOWHERE)
            above = 0
        yield token
        if token.kind in ("action", "head"):
            yield from theme
            theme = [_copied(part) for part in theme]
            above = token.bit.heading
        elif 0 < _level(token) <= level:
            theme = []


def _parts(tokens: Sequence[Token], level: int, actions: frozenset[int]) -> frozenset[int]:
    """Where headings stand that are themes: right above an action. One alone may be the title of the file."""
    above = (place - 1 for place in actions if place and 0 < _level(tokens[place - 1]) < level)
    parts = {place for place in above if not FURNITURE.search(tokens[place].bit.text)}
    named = {place for place in range(len(tokens) - 1) if _names_part(tokens, place)}
    return frozenset(named | (parts if len(parts) > 1 else set()))


def _names_part(tokens: Sequence[Token], place: int) -> bool:
    """« Axe 2 – Emploi », alone above an action."""
    token = tokens[place]
    if token.kind not in ("value", "section", "label") or PART.match(token.bit.text) is None:
        return False
    if tokens[place + 1].kind in ("head", "action"):
        return _level(token) > 0
    return _is_part_of_all(tokens, place)


def _is_part_of_all(tokens: Sequence[Token], place: int) -> bool:
    """An axis said once, on a line of its own, before the table of contents of its sheets."""
    token = tokens[place]
    if token.label is not None or not token.bit.alone or len(token.bit.text) > _LONG or token.bit.text.endswith("."):
        return False
    for after in tokens[place + 1 :]:
        if after.kind in ("head", "action"):
            return True
        if after.label is not None or after.kind == "row" or PART.match(after.bit.text):
            return False
    return False


def _copied(token: Token) -> Token:
    return Token(token.kind, copied(token.bit), token.label, token.row, token.end)
