"""Insults in a text: a note with one waits for moderation before it is shown. Nothing is refused for it."""

from __future__ import annotations

import re
from typing import Final

from parvis.core.text import without_accents

_STEMS: Final = (
    "abruti", "batard", "bougnoul", "bouffon", "chinetoque", "con", "conne", "connard", "connasse", "conasse",
    "couillon", "debile", "encule", "fdp", "feuj", "fiotte", "gogol", "gouine", "goudou", "grognasse", "gueule",
    "merde", "merdeux", "merdique", "mongol", "negre", "negresse", "niakoue", "nique", "niquer", "ntm", "pd", "pede",
    "petasse", "pouffiasse", "pute", "putain", "racaille", "salaud", "salope", "salopard", "tapette", "tafiole",
    "tocard", "trouduc", "tg", "youpin", "youtre", "bicot", "raton", "crouille", "chiant", "foutre", "bamboula",
)  # fmt: skip
_RUDE: Final = re.compile(rf"\b(?:{'|'.join(_STEMS)})(?:s|e|es)?\b")
_LEET: Final = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "@": "a", "$": "s", "€": "e"})


def is_rude(text: str) -> bool:
    """Whether `text` holds an insult, accents, case and digits put for letters aside.

    >>> is_rude("Quel CONNARD"), is_rude("c0nnard"), is_rude("Le conseil de quartier")
    (True, True, False)
    """
    bare = without_accents(text)
    return bool(_RUDE.search(bare) or _RUDE.search(bare.translate(_LEET)))
