"""Who carries an action and its name, told in a sentence beside the labels of a sheet that names neither."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from parvis.reading.sheet_files.bits import Bit, copied
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.ranks import GUESSED

_LED: Final = re.compile(
    r"\b(?:portée?|pilotée?|menée?|conduite?|organisée?|proposée?|initiée?)\s+par\s+"
    r"(?P<name>(?:la |le |les |l['’])?[^,.;:()«]{3,90}?)"
    r"(?=\s*[,.;:(]|\s+(?:en (?:lien|partenariat|collaboration)|avec|dans|depuis|qui|à destination|pour)\b|\s*$)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"\b(?:action|projet|dispositif|initiative|opération)(?:\s(?:phare|emblématique|intitulée?))?\s*:?\s*«\s*([^«»]{3,120}?)\s*»",
    re.IGNORECASE,
)
_ENOUGH: Final = 3


def give_told(draft: Draft) -> None:
    """The lead and the title that the sentences around the labels tell, to be checked; the sentences stay whole."""
    if len(draft.names()) < _ENOUGH:
        return
    _give(draft, "lead", _LED)
    _give(draft, "title", _NAMED)


def _give(draft: Draft, name: FieldName, pattern: re.Pattern[str]) -> None:
    if any(entry.name == name and entry.values for entry in draft.entries) or (name == "title" and draft.head_title):
        return
    for bit in (*draft.loose, *draft.after):
        match = pattern.search(bit.text)
        if match is not None:
            _insert(draft, name, bit, match.span(1))
            return


def _insert(draft: Draft, name: FieldName, bit: Bit, span: tuple[int, int]) -> None:
    piece = bit.cut(*span)
    if piece is not None:
        told = copied(replace(bit, piece=piece))
        draft.entries.insert(0, LabelledValues(name, GUESSED, values=[Value(told, told.piece)], weak=True))
