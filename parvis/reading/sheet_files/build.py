"""A draft → an action sheet: one value for each field, doubts for a person to check, the rest kept in `other`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from parvis.reading.sheet_files.doubts import doubt
from parvis.reading.sheet_files.drafts import Draft, LabelledValues, Value
from parvis.reading.sheet_files.entries import Entry, Sheet
from parvis.reading.sheet_files.fields import elements_of, lead_and_contact, paying_partners, since, text_of
from parvis.reading.sheet_files.finance import finance
from parvis.reading.sheet_files.hints import without_hints
from parvis.reading.sheet_files.mails import give_signature
from parvis.reading.sheet_files.model import FieldName, Passage, Piece, ReadSheet
from parvis.reading.sheet_files.ranks import GUESSED, SUB
from parvis.reading.sheet_files.relabel import give_theme, relabelled
from parvis.reading.sheet_files.titles import clean_title, title_of
from parvis.reading.sheet_files.values import content_of, is_instruction
from parvis.reading.sheet_files.vocabulary import REACH, is_void

_ONE: Final[frozenset[FieldName]] = frozenset({"title", "lead", "since"})
_RANKED: Final[frozenset[FieldName]] = frozenset({"partners", "contact"})
_SEVERAL: Final[frozenset[FieldName]] = frozenset({*_RANKED, "themes"})


def build(draft: Draft) -> ReadSheet:
    """The sheet that a draft holds."""
    give_signature(draft)
    give_theme(draft.entries, draft.loose)
    draft.entries = relabelled(without_hints(draft.entries))
    title, left = title_of(draft)
    labelled = _without_second_names(draft.entries)
    if title is not None:
        labelled.insert(0, title)
    sheet = Sheet([Entry(entry, content_of(entry.values)) for entry in labelled])
    _choose_one(sheet)
    money = finance(
        (entry.content for entry in sheet.of("budget")),
        ((entry.label, entry.content) for entry in sheet.of("funding")),
    )
    lead, contact = lead_and_contact(sheet)
    doubt(sheet, draft, title, money, left)
    passages = tuple(
        Passage(
            entry.labelled.name, _placed(part.piece for part in entry.labelled.label), _placed(entry.content.pieces),
            _placed((*entry.content.aside, *entry.labelled.aside)),
        )
        for entry in sheet.entries
    )  # fmt: skip
    pieces = [piece for passage in passages for piece in passage.all_pieces()] + left
    return ReadSheet(
        title=clean_title(" ".join(sheet.texts("title"))),
        summary="\n".join(entry.content.paragraphs for entry in sheet.of("summary")),
        lead=lead,
        partners=elements_of(sheet, "partners") or paying_partners(sheet),
        themes=elements_of(sheet, "themes"),
        territories=elements_of(sheet, "territories"),
        public=", ".join(sheet.texts("public")),
        since=since(sheet),
        budget=money.budget,
        funding=tuple(money.funding),
        indicators=elements_of(sheet, "indicators"),
        text=text_of(sheet.of("text")),
        contact=contact,
        other=tuple((entry.label, entry.content.paragraphs) for entry in sheet.of("other")),
        doubts=tuple(sheet.doubts),
        passages=passages,
        left=tuple(left),
        first_line=min((piece.line for piece in pieces), default=0),
        last_line=max((piece.line for piece in pieces), default=0),
    )


def _placed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Those that are in the source, and no copy of words written for several sheets."""
    return tuple(piece for piece in pieces if piece.line)


def _without_second_names(entries: Sequence[LabelledValues]) -> list[LabelledValues]:
    """Labels met inside the value of another stay in it when their field has a label of its own."""
    main = {entry.name for entry in entries if entry.rank < SUB and entry.values}
    parts = _parts(entries)
    kept: list[LabelledValues] = []
    for place, entry in enumerate(entries):
        inside = entry.rank >= SUB and kept and place not in parts
        if inside and (entry.name in main or entry.name in ("title", kept[-1].name)):
            kept[-1].values += _whole_again(entry)
        else:
            kept.append(entry)
    return kept


def _parts(entries: Sequence[LabelledValues]) -> frozenset[int]:
    """The places of the labels met in a cell that holds nothing else, two at least: « PORTEUR », beside, is a part."""
    inside: set[int] = set()
    for place, entry in enumerate(entries):
        if entry.rank < SUB and entry.label and not entry.values:
            below = takewhile(lambda rank: entries[rank].rank >= SUB, range(place + 1, len(entries)))
            ranks = list(below)
            inside.update(ranks if len(ranks) > 1 else ())
    return frozenset(inside)


def _whole_again(entry: LabelledValues) -> list[Value]:
    """A label and its value as the line they were cut from."""
    if entry.label and entry.values and entry.values[0].piece.line == entry.label[-1].piece.line:
        bit = entry.label[-1].bit
        return [*entry.label[:-1], Value(bit, bit.piece), *entry.values[1:]]
    return [*entry.label, *entry.values]


def _choose_one(sheet: Sheet) -> None:
    """In a field that holds one value, the first of the best words stays; the others are kept under their label.

    In one that holds several, weaker words stay where the best ones say nothing.
    """
    for name in _ONE:
        filled = [entry for entry in sheet.of(name) if not is_void(entry.content.text)]
        best = min(filled, key=lambda entry: entry.labelled.rank, default=None)
        for entry in filled:
            if entry is not best:
                # « Responsable du projet : Mme X, 06… » beside the lead is who to call.
                person = entry.labelled.key.startswith("resp") or REACH.search(entry.content.text)
                entry.labelled.name = "contact" if name == "lead" and person else "other"
    for name in _SEVERAL:
        filled = sheet.of(name)
        least = min((entry.labelled.rank for entry in filled), default=GUESSED)
        for entry in filled:
            rank = entry.labelled.rank
            weaker = least == 0 < rank < GUESSED and name in _RANKED  # « Copilote », beside the partners
            if weaker or (least < GUESSED == rank and name == "themes" and entry.labelled.label):
                entry.labelled.name = "other"


def instructions_only(values: Iterable[Value]) -> bool:
    """Whether nothing was typed under a label."""
    return all(is_instruction(value, upright=True) for value in values)
