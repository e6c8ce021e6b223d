"""Acronyms, one tap away wherever one is met in a text: each is a button that opens its note, at the end of the page.

The button only needs the browser's own popover; without it, the word is read as any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

_BETWEEN = "\x1e"
"""Stands between two texts while they are read in one pass: a control character that no text needs."""


class Acronym(Protocol):
    """What a page needs of an acronym. `anchor` names its note."""

    @property
    def letters(self) -> str: ...
    @property
    def expansion(self) -> str: ...
    @property
    def explanation(self) -> str: ...
    @property
    def anchor(self) -> str: ...


class AcronymMarker:
    """Marks the acronyms of one page. `met`: those it came across, in order, whose notes end the page."""

    def __init__(self, glossary: Mapping[str, Acronym]) -> None:
        """`glossary` has them by their letters."""
        self._glossary = glossary
        self._buttons: dict[str, str] = {}

    @property
    def met(self) -> list[Acronym]:
        return [self._glossary[letters] for letters in self._buttons]

    def mark(self, text: str) -> SafeString:
        """The text as HTML."""
        return self.mark_all([text])[0]

    def mark_all(self, texts: Sequence[str]) -> list[SafeString]:
        """Each text as HTML, all read in one pass: the cost follows the characters, however many texts and acronyms."""
        if not texts:
            return []
        whole = _BETWEEN.join(texts)
        if whole.count(_BETWEEN) != len(texts) - 1:
            whole = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)
        marked = self._marked(whole) if self._glossary else escape(whole)
        return [mark_safe(part) for part in marked.split(_BETWEEN)]  # noqa: S308 - every piece was escaped

    def _marked(self, whole: str) -> str:
        pieces: list[str] = []
        done = 0
        for match in self._pattern.finditer(whole):
            start, end = match.span()
            if (start and _joined(whole[start - 1])) or (end < len(whole) and _joined(whole[end])):
                continue
            letters = match[0]
            if letters not in self._buttons:
                self._buttons[letters] = _button(self._glossary[letters])
            pieces += (escape(whole[done:start]), self._buttons[letters])
            done = end
        pieces.append(escape(whole[done:]))
        return "".join(pieces)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Longest first. It starts with a literal, so that the engine skips from capital to capital."""
        longest = sorted(self._glossary, key=len, reverse=True)
        return re.compile("|".join(re.escape(letters) for letters in longest))


def _button(acronym: Acronym) -> str:
    return f'<button class="term" type="button" popovertarget="{acronym.anchor}">{escape(acronym.letters)}</button>'


def _joined(neighbour: str) -> bool:
    """Whether this character makes the acronym beside it only a part of a longer word."""
    return neighbour.isalnum() or neighbour == "_"
