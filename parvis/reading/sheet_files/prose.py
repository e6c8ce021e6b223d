"""Sheets written in sentences, where labels stand inside them: « L'action est portée par la Régie. »

Read only where no label made a sheet. Each field so read is weak, and is told to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.tokens import Token

_SENTENCE: Final = re.compile(r".+?(?:[.!?…](?=\s)|$)\s*", re.DOTALL)
_IT: Final = (
    r"(?:(?:l['’](?:action|atelier|opération|initiative)|le (?:projet|dispositif)|cette action|ce projet|elle|il)\s+)"
)
_ENOUGH: Final = 3
_OF: Final = r"(?: total)?(?: de l['’]action| du projet)?"
_AMOUNT: Final = r"\d[\d\s\u00a0\u202f.]*\s*(?:k?€|euros)"
_SENTENCES: Final[tuple[tuple[FieldName, str, str], ...]] = (
    ("lead", rf"{_IT}?(?:est |sont )?(?:portée?|pilotée?|menée?|conduite?|organisée?) par", r"\S[^.;,]{2,90}?"),
    ("public", rf"{_IT}s['’]adresse(?: à| aux?)", r"\S[^.;]{2,160}?"),
    ("public", rf"{_IT}est (?:destinée?|ouverte?|réservée?)(?: à| aux?)", r"\S[^.;]{2,160}?"),
    ("territories", rf"{_IT}(?:se déroule|se tient|a lieu) (?:dans les?|au|à|sur les?)", r"\S[^.;]{2,120}?"),
    ("partners", r"(?:les|nos|ses) partenaires (?:en )?sont", r"\S[^.;]{2,200}?"),
    ("budget", rf"(?:le|son) (?:budget|coût){_OF} (?:est de|s['’]élève à|est)", _AMOUNT),
    ("since", rf"{_IT}(?:existe|est menée?|est en place) depuis", r"\S[^.;,]{2,40}?"),
)
_SAYS: Final = tuple(
    (name, re.compile(rf"(?P<label>{label})\s*(?P<value>{value})(?P<stop>[.!]?)\s*", re.IGNORECASE))
    for name, label, value in _SENTENCES
)


def sheet_in_sentences(tokens: Iterable[Token]) -> Draft | None:
    """The sheet that sentences tell, under the first heading of the file; None when they name too few fields."""
    draft, text = Draft(), LabelledValues("text", 0)
    for bit in dict.fromkeys(token.bit for token in tokens if token.bit.piece.line):
        if not (draft.loose or draft.entries or text.values) and (bit.title or bit.heading or bit.strong):
            draft.loose.append(bit)
            continue
        for match in _SENTENCE.finditer(bit.text):
            entry = _field(bit, *match.span())
            piece = bit.cut(*match.span())
            if entry is not None:
                draft.entries.append(entry)
            elif piece is not None:
                text.values.append(Value(bit, piece))
    names = draft.names()
    draft.entries.append(text)
    return draft if draft.loose and "lead" in names and len(names) >= _ENOUGH else None


def told_fields(bit: Bit) -> Iterator[LabelledValues]:
    """The fields that the sentences of a line name."""
    for match in _SENTENCE.finditer(bit.text):
        entry = _field(bit, *match.span())
        if entry is not None:
            yield entry


def _field(bit: Bit, start: int, end: int) -> LabelledValues | None:
    """The field that a sentence names, None when it names none."""
    for name, pattern in _SAYS:
        match = pattern.fullmatch(bit.text, start, end)
        if match is None:
            continue
        label, value, stop = (bit.cut(*match.span(part)) for part in ("label", "value", "stop"))
        if label is not None and value is not None:
            aside = [stop] if stop is not None else []
            return LabelledValues(name, 0, [Value(bit, label)], [Value(bit, value)], aside=aside, weak=True)
    return None
