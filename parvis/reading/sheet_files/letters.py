"""Letters that present an action without one label: its name and the body are read, the rest is left to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from parvis.reading.sheet_files.bits import Bit, copied, is_prose
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.prose import told_fields
from parvis.reading.sheet_files.tokens import Token

_GREETING: Final = re.compile(r"(?:mesdames|messieurs|madame|monsieur|chère?s?)\b.{0,80},", re.IGNORECASE)
_CLOSING: Final = re.compile(
    r"(?:(?:nous|je) vous (?:pri|adress|assur)|(?:dans|en) (?:l['’]attente|vous remerciant)|veuillez|recevez|"
    r"bien à vous|cordialement|pour l['’]association)",
    re.IGNORECASE,
)
_PRESENTS: Final = re.compile(r"vous (?:présent|propos|soumett)|sollicit|nous (?:vous )?demand", re.IGNORECASE)
_INVITES: Final = re.compile(r"\b(?:invit|convi|convoqu)(?:e|er|ons|ent|é|és|ation)\b", re.IGNORECASE)
_NAMED: Final = re.compile(r"\b(?:projet|action|initiative|dispositif|opération)\b[^.«»]{0,60}«\s*([^«»]{3,100}?)\s*»")
_FEW: Final = 2


def letter_of(tokens: Iterable[Token]) -> Draft | None:
    """The sheet of a letter that presents an action and names it between quotes; None when it does not."""
    bits = list(dict.fromkeys(token.bit for token in tokens if token.bit.piece.line))
    start = next((place for place, bit in enumerate(bits) if bit.alone and _GREETING.fullmatch(bit.text)), None)
    if start is None:
        return None
    end = next((place for place in range(start + 1, len(bits)) if _CLOSING.match(bits[place].text)), len(bits))
    body = bits[start + 1 : end]
    text = " ".join(bit.text for bit in body)
    title = _title(body)
    told = sum(is_prose(bit.text) for bit in body) >= _FEW and _PRESENTS.search(text) and not _INVITES.search(text)
    if title is None or not told:
        return None
    return Draft(
        entries=[
            LabelledValues("title", 0, values=[title]),
            LabelledValues("text", 0, values=[Value(bit, bit.piece) for bit in body]),
            *(entry for bit in body for entry in told_fields(replace(bit, piece=replace(bit.piece, line=0)))),
        ],
        head=[bit.piece for bit in (*bits[: start + 1], *bits[end:])],
        letter=True,
    )


def _title(body: Sequence[Bit]) -> Value | None:
    """The name of the action, copied: it stays in the sentence that says it."""
    for bit in body:
        match = _NAMED.search(bit.text)
        named = bit.cut(*match.span(1)) if match is not None else None
        if named is not None:
            quoted = copied(replace(bit, piece=named))
            return Value(quoted, quoted.piece)
    return None
