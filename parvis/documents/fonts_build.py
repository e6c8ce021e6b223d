"""The fonts of the documents, made from those of the pages: `python -m parvis.assets` calls it.

The pages load each weight as two small web fonts (the common letters, the rarer ones); typst wants one TTF a weight.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from parvis.core.errors import RefusedInput

_FAMILY: Final = "atkinson-hyperlegible-next"
_WEIGHTS: Final = (400, 700)
_SUBSETS: Final = ("latin", "latin-ext")
_NO_BREAK_SPACE: Final = 0x00A0
_NARROW_NO_BREAK_SPACE: Final = 0x202F  # French sets it before « ; ! ? »; the font has only its wide sister


def make_ttf(woff2_dir: Path, out_dir: Path) -> list[Path]:
    """Write one TTF a weight in `out_dir`, those that exist and are newer than their sources left alone.

    Returns their paths. Raises `RefusedInput` when a web font is missing.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    made = []
    for weight in _WEIGHTS:
        sources = [woff2_dir / f"{_FAMILY}-{subset}-{weight}-normal.woff2" for subset in _SUBSETS]
        for source in sources:
            if not source.is_file():
                raise RefusedInput(f"Il manque la police {source.name} : lancez « npm ci », puis recommencez.")
        target = out_dir / f"{_FAMILY}-{weight}.ttf"
        newest = max(source.stat().st_mtime for source in sources)
        if not target.is_file() or target.stat().st_mtime < newest:
            target.write_bytes(_merged(sources))
        made.append(target)
    return made


def _merged(sources: list[Path]) -> bytes:
    """One TTF with the letters of all `sources`: same name, same date each time."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    plain: list[io.BytesIO] = []
    for source in sources:
        font = TTFont(source, recalcTimestamp=False)
        font.flavor = None
        plain.append(io.BytesIO())
        font.save(plain[-1])
        plain[-1].seek(0)
    merged = Merger().merge(plain)
    first = TTFont(sources[0])["head"]
    merged["head"].created, merged["head"].modified = first.created, first.modified
    merged.recalcTimestamp = False
    for table in merged["cmap"].tables:
        if _NO_BREAK_SPACE in table.cmap:
            table.cmap.setdefault(_NARROW_NO_BREAK_SPACE, table.cmap[_NO_BREAK_SPACE])
    out = io.BytesIO()
    merged.save(out)
    return out.getvalue()
