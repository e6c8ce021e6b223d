"""Mails copied into a document: their heads are no labels, their closing ends the last field, their signature may tell
who to call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.ranks import GUESSED
from parvis.reading.sheet_files.vocabulary import CLOSING, REACH

_HEAD: Final = re.compile(r"(de|from|envoyé(?: le)?|date|à|to|cc|cci|objet|sujet|subject|pièces? jointes?)\s*:", re.I)
_SENDER: Final = ("de", "from", "envoyé", "envoyé le")
_FIRST: Final = 12
_SIGNED: Final = 6


def mail_heads(firsts: Sequence[Bit]) -> frozenset[int]:
    """The numbers of the lines that head a mail, among those that begin a document."""
    heads = {bit.piece.line: match[1].casefold() for bit in firsts[:_FIRST] if (match := _HEAD.match(bit.text))}
    sent = any(name in _SENDER for name in heads.values())
    return frozenset(heads) if sent and len(heads) > 1 else frozenset()


def give_signature(draft: Draft) -> None:
    """The signature below the closing of a mail says who to call, when nothing else does."""
    if any(entry.name == "contact" and entry.values for entry in draft.entries):
        return
    closings = [rank for rank, bit in enumerate(draft.after) if CLOSING.match(bit.text)]
    signed = draft.after[closings[-1] + 1 :][:_SIGNED] if closings else []
    reached = [rank for rank, bit in enumerate(signed) if REACH.search(bit.text)]
    if reached:
        signed = signed[: reached[-1] + 1]
        draft.after = [bit for bit in draft.after if bit not in signed]
        draft.entries.append(
            LabelledValues("contact", GUESSED, [], [Value(bit, bit.piece) for bit in signed], weak=True)
        )
