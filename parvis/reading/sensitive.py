"""Words that concern someone in particular: a name after a title, a family, the hall of a building.

They are looked for where people speak of what happens in a neighbourhood; a list of those who came is no matter.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = r"(?:d'|de\s+)?[A-ZÀ-ÖØ-Þ][\w'’-]+"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle)\s+{_NAME}",
        rf"\b[Ff]amilles?\s+{_NAME}",
        rf"\b(?:[Ll]e|[Ll]a)\s+(?:jeune|petite?|fils|fille|frère|sœur|mère|père)\s+(?:de\s+)?{_NAME}",
        r"\b[Hh]alls?\s+(?:du\s+|de\s+la\s+|des\s+|n°\s*)?(?:\d|[A-Z]\b)",
        r"\b(?:[Cc]age\s+d['’]escalier|[Bb]âtiment|[Ee]scalier)\s+(?:n°\s*)?(?:\d+|[A-Z])\b",
        r"\b(?:point|lieu)x?\s+de\s+deal\b|\bdealers?\b",
    )
)


def concerns_someone(text: str) -> bool:
    """Whether a text seems to speak of a person, of a family or of a precise door. When in doubt, yes.

    >>> concerns_someone("Les jeunes du hall 12 font peur"), concerns_someone("Peu de médecins")
    (True, False)
    """
    return any(pattern.search(text) for pattern in _PATTERNS)
