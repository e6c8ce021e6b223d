"""Texts compared word by word, whatever their case and accents; a word that lost its accents ("D?fis") too."""

from __future__ import annotations

import re
from typing import Final

from parvis.core.text import without_accents

_WORD: Final = re.compile(r"[a-z0-9]+(?:\?+[a-z]+)*\??(?=[^a-z0-9?]|$)|\?[a-z]+(?:\?+[a-z]+)*|[a-z0-9]+")
_MARKS: Final = re.compile(r"\?{2,}")


def words_of(text: str) -> list[str]:
    """The words of `text` without case or accents; a letter that lost its accent on the way reads "?"."""
    return _WORD.findall(_MARKS.sub("?", without_accents(text).replace("\ufffd", "?")))


def key_of(text: str) -> str:
    """The words of `text` parted by one space, "?" left out: equal for two writings of the same words."""
    return " ".join(word.strip("?") for word in words_of(text))
