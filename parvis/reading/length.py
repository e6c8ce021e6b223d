"""How long a report is, about, without reading it: a look at its paragraphs, in a fraction of a second."""

from __future__ import annotations

from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.zip_parts import Parts, is_zip
from parvis.sandbox import in_child

_MOST: Final = 40_000_000
_LINES_A_PAGE: Final = 50
_PARAGRAPHS: Final = (("word/document.xml", b"</w:p>"), ("content.xml", b"</text:p>"))
_HEAVY: Final = (
    "Ce fichier demande trop de temps ou de mémoire pour être lu : "
    "gardez seulement le texte du compte-rendu, ou coupez-le en plusieurs fichiers."
)


@in_child(_HEAVY)
def rough_lines(data: bytes, name: str) -> int:
    """Lines of a text, paragraphs of an office file, about those of a PDF; 0 when only reading tells what is wrong."""
    if data[:1_024].lstrip().startswith(b"%PDF"):
        return data.count(b"/Page") * _LINES_A_PAGE // 2
    if is_zip(data):
        return _paragraphs(data)
    return max(data.count(b"\n"), data.count(b"\r"), data.count(b"<li"), data.count(b"<p"))


def _paragraphs(data: bytes) -> int:
    try:
        parts = Parts(data)
        return sum((parts.bytes_of(part, _MOST) or b"").count(end) for part, end in _PARAGRAPHS)
    except RefusedInput:
        return 0
