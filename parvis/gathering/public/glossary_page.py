"""The glossary as a page: every acronym, and on which territories it is used."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.models import GlossaryEntry


@dataclass(frozen=True, slots=True)
class GlossaryLine:
    acronym: str
    expansion: str
    explanation: str
    territories: str
    anchor: str


def glossary_page() -> tuple[GlossaryLine, ...]:
    """In alphabetical order. The same words given to the same acronym by several territories stand once. One query."""
    rows = GlossaryEntry.objects.order_by("sort_key", "acronym", "territory__sort_key", "id")
    merged: dict[tuple[str, str, str], list[str]] = {}
    anchors: dict[tuple[str, str, str], str] = {}
    for acronym, expansion, explanation, code, territory in rows.values_list(
        "acronym", "expansion", "explanation", "code", "territory__name"
    ):
        merged.setdefault((acronym, expansion, explanation), []).append(territory)
        anchors.setdefault((acronym, expansion, explanation), f"g-{code}")
    return tuple(GlossaryLine(*key, ", ".join(territories), anchors[key]) for key, territories in merged.items())
