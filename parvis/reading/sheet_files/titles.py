"""The title of a sheet: what a label names, what its head announces, or the line above it that looks like one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.bits import Bit, bare, is_prose
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.label_match import numbering
from parvis.reading.sheet_files.model import Piece
from parvis.reading.sheet_files.ranks import SUB, UNFORESEEN
from parvis.reading.sheet_files.values import tidy
from parvis.reading.sheet_files.vocabulary import FURNITURE, HEAD, INSTRUCTION

_TITLE: Final = 200


def title_of(draft: Draft) -> tuple[LabelledValues | None, list[Piece]]:
    """A title that no label names, if one is needed and seen; and the pieces that are in no passage."""
    left = list(draft.head)
    weak = 0 if draft.head_title is not None else SUB  # « Action : … » gives way to the title of the head
    named = any(entry.name == "title" and entry.values and entry.rank <= weak for entry in draft.entries)
    chosen: Value | None = draft.head_title
    loose = list(draft.loose)
    if chosen is not None and named:
        left.append(chosen.piece)
        chosen = None
    elif chosen is None and not named:
        bit = _title_among(loose)
        if bit is not None:
            loose.remove(bit)
            start = numbering(bit.text) if bit.text[0].isdigit() else 0
            number, name = bit.cut(0, start), bit.cut(start)
            left += [number] if number is not None and name is not None and start else []
            chosen = Value(bit, name or bit.piece)
    for bit in (*loose, *draft.after):
        under_title = draft.row and draft.head_title is not None
        if (under_title or is_prose(bit.text)) and not is_foreign(bit.text):
            draft.entries.append(LabelledValues("text", UNFORESEEN, values=[Value(bit, bit.piece)]))
        else:
            left.append(bit.piece)
    return (None if chosen is None else LabelledValues("title", 0, values=[chosen])), left


def _title_among(loose: Sequence[Bit]) -> Bit | None:
    able = [bit for bit in loose if _may_be_title(bit)]
    for asked in ("title", "heading", "strong", "caps"):
        for bit in able:
            if getattr(bit, asked):
                return bit
    return able[0] if able else None


def _may_be_title(bit: Bit) -> bool:
    return (
        len(bit.text) <= _TITLE
        and not bit.hint
        and not bit.text.endswith((".", ","))
        and not FURNITURE.search(bit.text)
        and not INSTRUCTION.match(bit.text)
        and any(sign.isalpha() for sign in bit.text)
    )


def clean_title(text: str) -> str:
    """Without « Fiche action n° 3 – » before it."""
    match = HEAD.match(text)
    if match and (rest := text[match.end() :].lstrip())[:1] in (":", "–", "—", "-"):
        text = rest.lstrip(":–—- \u00a0") or text
    return bare(tidy(text))


def is_foreign(text: str) -> bool:
    """Words of the form, or of whoever sent it: not of the action."""
    return bool(INSTRUCTION.match(text) or FURNITURE.search(text))
