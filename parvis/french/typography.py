"""Blanks that no line end may cut, as French typography asks (Imprimerie nationale).

Only blanks change, never a word.
"""

from __future__ import annotations

import re
from typing import Final

NO_BREAK: Final = "\u00a0"
_BLANKS: Final = re.compile(
    r"""
      [ ](?=[:;?!»](?:[\s<"'.,){]|$))             # « qui ? », « : »
    | (?<=«)[ ]                                   # « oui
    | (?<=\d)[ ](?=(?:h|min|s|Mo|Ko|km|m)\b)      # 17 h, 45 min
    | (?<=\d)[ ](?=[%€](?!\}))                    # 60 %, but not the end of a tag
    | (?<=\d[ \u00a0]h)[ ](?=\d)                  # 9 h 30
    | (?<=\}\})[ ](?=(?:h\b|min\b|Mo\b|[%€](?!\})))  # the same, after a value
    """,
    re.VERBOSE,
)
_LEFT_AS_IT_IS: Final = re.compile(r"(<(script|style|pre)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)


def no_break(text: str) -> str:
    """`text` with no line starting with « : » or « ? », and no number apart from its unit."""
    return _BLANKS.sub(NO_BREAK, text)


def no_break_page(source: str) -> str:
    """The same for the source of a page or of a template; scripts, styles and text laid out by hand stay."""
    parts = _LEFT_AS_IT_IS.split(source)
    # The split gives text, then what is left and the name of its element, and again.
    parts[0::3] = [no_break(part) for part in parts[0::3]]
    del parts[2::3]
    return "".join(parts)
