"""Reports of workshops → contributions. Pure: no Django, nothing of parvis but `core.errors` and `core.text`.

    report = read(Path("compte-rendu.txt").read_bytes(), "compte-rendu.txt")
    assert not unplaced(report)

`read` refuses (`RefusedInput`) what it cannot read, with one French sentence; it never invents a contribution: a text
without a heading of kind yields none, and a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from parvis.reading.formats.registry import runs_of_file, runs_of_pasted
from parvis.reading.kind_headings import lexicon_with
from parvis.reading.model import Child, Item, Kind, Report, Role, Source, Unassigned
from parvis.reading.outline import make_report
from parvis.reading.placement_check import Unplaced, unplaced
from parvis.reading.report_export import report_to_csv, report_to_json
from parvis.reading.unknown_heading import unknown_heading
from parvis.reading.word_match import key_of as heading_key
from parvis.sandbox import in_child

__all__ = [
    "Child",
    "Item",
    "Kind",
    "Report",
    "Role",
    "Source",
    "Unassigned",
    "Unplaced",
    "heading_key",
    "read",
    "read_text",
    "report_to_csv",
    "report_to_json",
    "unknown_heading",
    "unplaced",
]

_HEAVY: Final = (
    "Ce fichier demande trop de temps ou de mémoire pour être lu : "
    "gardez seulement le texte du compte-rendu, ou coupez-le en plusieurs fichiers."
)


@in_child(_HEAVY, seconds=90)
def read(data: bytes, name: str, more: Mapping[str, Kind] | None = None) -> Report:
    """Reads the file `name`. Its format is known by its suffix and its content.

    `more` are headings that name a kind beyond those of the vocabulary ("Ce qui nous pèse" → challenge).
    """
    with lexicon_with(more or {}):
        source_runs, warnings = runs_of_file(data, name)
        return make_report(source_runs, name, warnings)


@in_child(_HEAVY, seconds=90)
def read_text(text: str, name: str = "texte collé") -> Report:
    """Reads a text that was typed or pasted."""
    source_runs, warnings = runs_of_pasted(text)
    return make_report(source_runs, name, warnings)
