"""What a page says, whatever the blanks its templates are laid out with."""

from __future__ import annotations

import re


def squeezed(html: str) -> str:
    """`html` with one blank for several, and none inside the edges of an element; hard blanks stay."""
    single = re.sub(r"[ \t\r\n]+", " ", html)
    return re.sub(r" (?=</)", "", re.sub(r"(<[a-z][^>]*>) ", r"\1", single))
