"""Acronyms, one tap away wherever one is met in a public text.

`Glossary.mark` takes plain texts and gives HTML: escaped, each acronym a button that opens its note. Every text of a
page goes through one pass of one expression, so that the cost follows the number of characters, whatever the number of
texts and of acronyms. The button only needs the browser's own popover; without it, the word is read as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from parvis.consultations.models import GlossaryEntry
from parvis.gathering.prepared import prepared

_BETWEEN = "\x1e"
"""Stands between two texts while they are read in one pass: a control character that no text needs."""


@dataclass(frozen=True, slots=True)
class Term:
    """An acronym of the glossary. `anchor` names its note in the page, `button` opens it."""

    acronym: str
    expansion: str
    explanation: str
    anchor: str
    button: str


@dataclass(slots=True)
class Glossary:
    """The acronyms of a territory, and those met so far in the texts of one page."""

    terms: dict[str, Term]
    met: dict[str, Term] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None

    def mark(self, texts: Sequence[str]) -> list[SafeString]:
        """Each text as HTML. What is met is added to `met`, in the order of its first meeting."""
        if not texts:
            return []
        whole = _BETWEEN.join(texts)
        if whole.count(_BETWEEN) != len(texts) - 1:
            whole = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)
        marked = self._marked(whole) if self.terms else escape(whole)
        return [mark_safe(part) for part in marked.split(_BETWEEN)]  # noqa: S308 - every piece was escaped

    def mark_one(self, text: str) -> SafeString:
        """One text as HTML."""
        return self.mark([text])[0]

    def _marked(self, whole: str) -> str:
        pieces: list[str] = []
        done = 0
        for found in self._compiled().finditer(whole):
            start, end = found.span()
            if (start and _joined(whole[start - 1])) or (end < len(whole) and _joined(whole[end])):
                continue
            word = found[0]
            term = self.met[word] = self.terms[word]
            pieces += (escape(whole[done:start]), term.button)
            done = end
        pieces.append(escape(whole[done:]))
        return "".join(pieces)

    def _compiled(self) -> re.Pattern[str]:
        """Longest first. It starts with a literal, so that the engine skips from capital to capital."""
        if self._pattern is None:
            longest = sorted(self.terms, key=len, reverse=True)
            self._pattern = re.compile("|".join(re.escape(acronym) for acronym in longest))
        return self._pattern


def glossary_of(territory_id: int | None) -> Glossary:
    """The glossary of a territory and of those it lies in; of every territory for None. One query.

    When two territories spell the same acronym out, the first in the order of creation is kept.
    """
    return Glossary(_terms(_entries_above(territory_id) if territory_id is not None else _all_entries()))


def _terms(rows: Iterable[tuple[Any, ...]]) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for acronym, expansion, explanation, code in rows:
        if acronym.strip() and acronym not in terms:
            anchor = f"g-{code}"
            button = f'<button class="term" type="button" popovertarget="{anchor}">{escape(acronym)}</button>'
            terms[acronym] = Term(acronym, expansion, explanation, anchor, button)
    return terms


@prepared
def _entries_above(territory_id: int) -> QuerySet[Any, Any]:
    return _columns(GlossaryEntry.objects.filter(territory__below__territory=territory_id))


@prepared
def _all_entries() -> QuerySet[Any, Any]:
    return _columns(GlossaryEntry.objects.all())


def _columns(entries: QuerySet[GlossaryEntry]) -> QuerySet[Any, Any]:
    return entries.order_by("id").values_list("acronym", "expansion", "explanation", "code")


def _joined(neighbour: str) -> bool:
    """Whether this character makes the acronym beside it only a part of a longer word."""
    return neighbour.isalnum() or neighbour == "_"
