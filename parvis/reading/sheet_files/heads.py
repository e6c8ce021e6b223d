"""How a document announces a sheet: « Fiche action n° 3 – … », alone on its line or in a cell before its title."""

from __future__ import annotations

from typing import Final

from parvis.reading.sheet_files.bits import BOXES, Bit
from parvis.reading.sheet_files.tables import Row
from parvis.reading.sheet_files.vocabulary import HEAD

_SEPARATORS: Final = ":–—-|."
_LONG_HEAD: Final = 160


def is_banner(row: Row) -> bool:
    """« FICHE 1.2 | Le nom de l'action »."""
    if len(row.cells) != 2 or len(row.cells[0].bits) != 1:
        return False
    announcement, title = row.cells
    return head_end(announcement.bits[0]) == len(announcement.text) and not title.known


def head_end(bit: Bit) -> int:
    """Where the announcement of a sheet ends (« Fiche action n° 3 – », then its title); 0 when the bit is none."""
    text = bit.text
    if len(text) > _LONG_HEAD or BOXES.search(text):
        return 0
    match = HEAD.match(text)
    if match is None:
        return 0
    rest = text[match.end() :].lstrip()
    if not rest:
        return len(text)
    if rest[0] not in _SEPARATORS:
        return 0
    start = len(text) - len(rest.lstrip(_SEPARATORS + " \u00a0"))
    return start or len(text)
