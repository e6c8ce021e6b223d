"""Which row of a sheet holds the titles of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Final

_SEARCHED: Final = 30
_COMPARED: Final = 20
_LONGEST: Final = 150
_LETTER: Final = re.compile(r"[^\W\d_]")
# A value, and not the title of one: an address of mail or of the web, a day, a sum.
_VALUE: Final = re.compile(
    r"\S+@\S+\.\S+|https?://.*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*|[-+]?[\d\s\u00a0.,]+(?:€|%|k€)"
)


def find_header(rows: Mapping[int, Mapping[int, str]], grouped: Set[int]) -> int | None:
    """The line of the titles, None when there is none. `grouped` are the lines where a title spans columns.

    The first row of at least two titles, unless a fuller row of titles comes soon after: a title over several columns,
    or a few lines on the file ("Territoire | Paris-Saclay") set apart by a blank one.
    """
    lines = list(rows)[: _SEARCHED + _COMPARED]
    likely = [rank for rank, line in enumerate(lines) if looks_like_header(rows[line])]
    for rank in likely:
        if rank >= _SEARCHED:
            break
        near = lines[rank + 1 : rank + 1 + _COMPARED]
        size = len(rows[lines[rank]])
        fuller = any(len(rows[line]) > size and all(map(is_title, rows[line].values())) for line in near)
        if lines[rank] in grouped and rank + 1 in likely:
            continue
        apart = bool(near) and near[0] > lines[rank] + 1
        slight = 2 * size <= max((len(rows[line]) for line in near), default=0)
        if not (fuller and (apart or slight)):
            return lines[rank]
    return lines[likely[0]] if likely else None


def looks_like_header(row: Mapping[int, str]) -> bool:
    """Two titles at least, and no more values than titles.

    >>> looks_like_header({1: "Nom", 2: "SIRET"}), looks_like_header({1: "Mission locale", 2: "a@exemple.fr"})
    (True, False)
    """
    titles = sum(is_title(text) for text in row.values())
    if any("@" in text and _VALUE.fullmatch(text) for text in row.values()):
        return False
    return titles >= 2 and 2 * titles >= len(row)


def is_title(text: str) -> bool:
    return len(text) <= _LONGEST and _LETTER.search(text) is not None and _VALUE.fullmatch(text) is None
