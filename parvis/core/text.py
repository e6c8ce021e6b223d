"""Keys for search and order, since SQLite folds neither case nor accents beyond ASCII."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in lower case, without accents, ligatures opened, words parted by one space.

    >>> fold("  Éducation / Parentalité : l’œuvre ")
    'education parentalite l oeuvre'
    """
    opened = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    bare = "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.casefold()).strip()
