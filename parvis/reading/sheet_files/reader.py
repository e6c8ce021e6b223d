"""A Word or LibreOffice file → the action sheets it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from parvis.reading.formats.office_blocks import Opened
from parvis.reading.sheet_files.above_rows import give_to_rows
from parvis.reading.sheet_files.build import build, instructions_only
from parvis.reading.sheet_files.catalogue import open_actions
from parvis.reading.sheet_files.conventions import give_parties
from parvis.reading.sheet_files.drafts import Draft, split
from parvis.reading.sheet_files.letters import letter_of
from parvis.reading.sheet_files.model import Piece, SheetReading
from parvis.reading.sheet_files.money import is_total
from parvis.reading.sheet_files.opening import open_file
from parvis.reading.sheet_files.pictures import main_picture
from parvis.reading.sheet_files.prose import sheet_in_sentences
from parvis.reading.sheet_files.ranks import GUESSED
from parvis.reading.sheet_files.stream import stream
from parvis.reading.sheet_files.told_lead import give_told
from parvis.sandbox import in_child

_ENOUGH: Final = 3
_KNOWN: Final = 2
_NOTHING: Final = (
    "Aucune fiche n'a été reconnue dans ce fichier : il n'a pas les étiquettes d'une fiche "
    "(intitulé, porteur, objectifs, public, quartiers, budget…)."
)
_EMPTY: Final = "Ce fichier est un modèle de fiche que personne n'a rempli : remplissez-le, puis déposez-le de nouveau."

_HEAVY: Final = (
    "Ce fichier demande trop de temps ou de mémoire pour être lu : réduisez ses images, ou coupez-le, puis recommencez."
)


@in_child(_HEAVY)
def read_sheets(data: bytes, name: str) -> SheetReading:
    """The sheets of the file `name`, none when it holds none: a warning then says so.

    Raises `RefusedInput` when the file cannot be read.
    """
    opened, parts = open_file(data)
    reading = read_opened(opened, name)
    return replace(reading, picture=main_picture(parts)) if len(reading.sheets) == 1 else reading


def read_opened(opened: Opened, name: str) -> SheetReading:
    """The sheets of a file already opened."""
    streamed = stream(opened)
    drafts = split(open_actions(streamed.tokens))
    for draft in drafts:
        give_parties(draft)
        give_told(draft)
    sheets, foreign = _settle(drafts)
    give_to_rows(drafts, sheets)
    if not sheets and (written := sheet_in_sentences(streamed.tokens) or letter_of(streamed.tokens)) is not None:
        sheets, foreign = [written], []
    left = [*(piece for draft in foreign for piece in _pieces(draft) if piece.line), *streamed.notes]
    warnings: tuple[str, ...] = ()
    if not sheets:
        known = [entry for draft in drafts for entry in draft.entries if entry.name != "other"]
        names = {entry.name for entry in known}
        blank = len(names) > _ENOUGH and all(instructions_only(entry.values) for entry in known)
        warnings = (_EMPTY if blank else _NOTHING,)
    return SheetReading(
        name, opened.format, tuple(build(draft) for draft in sheets), tuple(left), warnings, streamed.lines
    )


def _settle(drafts: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """The drafts that are sheets, and those that are none. What follows a sheet and is none belongs to it."""
    kept: list[Draft] = []
    foreign: list[Draft] = []
    for draft in drafts:
        if _is_sheet(draft):
            kept.append(draft)
        elif kept and not (draft.row or draft.form):
            _join(kept[-1], draft)
        else:
            foreign.append(draft)
            if kept and draft.head and not draft.form and not any(is_total(piece.text) for piece in draft.head):
                kept[-1].missed += draft.head
    return kept, foreign


def _is_sheet(draft: Draft) -> bool:
    """Three fields filled at least, among them the title or the lead; or an announcement (« Fiche action n° 3 »).

    A row under labels needs only its title and one field more. Labels that are guessed make no sheet by themselves,
    without a title: a survey asks who, where and when.
    """
    filled = [entry for entry in draft.entries if entry.name != "other" and not instructions_only(entry.values)]
    names = {entry.name for entry in filled}
    if draft.row:
        return len(names | {"title"}) > 1 and ("title" in names or draft.head_title is not None)
    announced = bool(draft.head) or draft.head_title is not None
    if len({entry.name for entry in filled if entry.rank != GUESSED}) < _KNOWN and "title" not in names:
        return False
    return len(names) >= _ENOUGH and (announced or bool(names & {"title", "lead"}))


def _join(sheet: Draft, rest: Draft) -> None:
    sheet.head += rest.head
    sheet.after += rest.loose + rest.after
    sheet.entries += rest.entries
    if rest.head_title is not None:
        sheet.head.append(rest.head_title.piece)


def _pieces(draft: Draft) -> Iterator[Piece]:
    yield from draft.head
    yield from (bit.piece for bit in (*draft.loose, *draft.after))
    if draft.head_title is not None:
        yield draft.head_title.piece
    for entry in draft.entries:
        yield from (value.piece for value in (*entry.label, *entry.values))
        yield from entry.aside
