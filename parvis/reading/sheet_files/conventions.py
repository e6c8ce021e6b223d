"""Agreements with who carries an action: its name is in the heading, the carrier is one of the parties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from parvis.reading.sheet_files.bits import Bit, copied
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.ranks import GUESSED

_AGREEMENT: Final = re.compile(r"convention\b|avenant\b|protocole d['’]accord", re.IGNORECASE)
_PARTY: Final = re.compile(
    r"(?:(?:et|entre)\s*:?\s+)?(?:l['’]\s?|la |le |les )?(?P<name>[^,;]{4,120}?)"
    r"\s*[,(].*\b(?:représentée?s?|ci[- ]après|sise?)\b",
    re.IGNORECASE,
)
_CARRIER: Final = re.compile(
    r"(?:dénommée?|désignée?|appelée?)\s+(?:«\s*)?"
    r"(?:le (?:porteur|bénéficiaire|partenaire)|l['’](?:association|organisme|opérateur)|la structure)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"«\s*([^«»]{3,150}?)\s*»")
_FEW: Final = 2


def give_parties(draft: Draft) -> None:
    """The name of the action and who carries it, where they stand above the articles; both are to be checked."""
    heads = [*draft.loose]
    if not any(_AGREEMENT.match(bit.text) for bit in (*heads, *_labels(draft))):
        return
    parties = [(bit, match) for bit in heads if (match := _PARTY.match(bit.text)) is not None]
    if parties and not _has(draft, "lead"):
        bit, match = next((pair for pair in parties if _CARRIER.search(pair[0].text)), parties[-1])
        if len(parties) >= _FEW or _CARRIER.search(bit.text):
            _give(draft, "lead", bit, match.span("name"))
    party_bits = {bit for bit, _ in parties}
    for bit in heads:
        named = _NAMED.search(bit.text)
        if named is not None and bit not in party_bits and not _has(draft, "title"):
            _give(draft, "title", bit, named.span(1))


def _labels(draft: Draft) -> Sequence[Bit]:
    return [value.bit for entry in draft.entries[:1] for value in entry.label]


def _has(draft: Draft, name: FieldName) -> bool:
    return any(entry.name == name and entry.values for entry in draft.entries)


def _give(draft: Draft, name: FieldName, bit: Bit, span: tuple[int, int]) -> None:
    """A copy of the words: the sentence that says them stays whole."""
    piece = bit.cut(*span)
    if piece is not None:
        said = copied(replace(bit, piece=piece))
        draft.entries.insert(0, LabelledValues(name, GUESSED, values=[Value(said, said.piece)], weak=True))
