"""The acronyms that a territory spells out, for the pages that mark them (`web.components.acronyms`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from parvis.consultations.models import GlossaryEntry
from parvis.core.statements import statement
from parvis.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and what it means. `anchor` names its note in a page."""

    letters: str
    expansion: str
    explanation: str
    anchor: str


Glossary = dict[str, Acronym]
"""By their letters."""


def glossary_of(territory_id: int | None) -> Glossary:
    """The glossary of a territory and of those it lies in; of every territory for None. One query.

    When two territories spell the same acronym out, the first in the order of creation is kept.
    """
    return _by_letters(_entries_above(territory_id) if territory_id is not None else _all_entries())


def _by_letters(rows: Iterable[tuple[Any, ...]]) -> Glossary:
    glossary: Glossary = {}
    for letters, expansion, explanation, code in rows:
        if letters.strip() and letters not in glossary:
            glossary[letters] = Acronym(letters, expansion, explanation, f"g-{code}")
    return glossary


@statement(Territory._meta.get_field("id"))
def _entries_above(territory_id: int) -> QuerySet[Any, Any]:
    return _columns(GlossaryEntry.objects.filter(territory__below__territory=territory_id))


@statement()
def _all_entries() -> QuerySet[Any, Any]:
    return _columns(GlossaryEntry.objects.all())


def _columns(entries: QuerySet[GlossaryEntry]) -> QuerySet[Any, Any]:
    return entries.order_by("id").values_list("acronym", "expansion", "explanation", "code")
