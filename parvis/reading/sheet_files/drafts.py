"""Tokens → drafts of sheets: where a sheet begins, and which values stand under which label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from parvis.reading.sheet_files.bits import BOXES, Bit, is_prose
from parvis.reading.sheet_files.label_match import Label
from parvis.reading.sheet_files.model import FieldName, Piece
from parvis.reading.sheet_files.ranks import GUESSED, UNFORESEEN
from parvis.reading.sheet_files.tokens import COLUMNS, Token
from parvis.reading.sheet_files.vocabulary import CLOSING, FURNITURE
from parvis.reading.word_match import key_of

_FULL: Final = 4
_FILLED: Final = 2
_NEAR: Final = 2
_SHORT: Final[frozenset[FieldName]] = frozenset(
    {"title", "lead", "partners", "themes", "territories", "public", "since", "budget", "funding", "contact"}
)
_SENTENCE: Final = 5
_ONE_LINE: Final[frozenset[FieldName]] = frozenset({"title", "lead", "since", "themes"})
_LISTS_COUNTS: Final[frozenset[FieldName]] = frozenset({"indicators", "text", "summary", "budget", "funding"})
# « Nombre d'habitants attendus : 150 »
_COUNT: Final = re.compile(r"(?:nombre|nb|effectif)s?\.?\s[^:]{3,50}:\s*(?=\d[\d\s]*$)", re.IGNORECASE)
_PART_BOXES: Final = re.compile(r"\W*(?:axe|pilier|th[eé]m|volet)", re.IGNORECASE)
_UNKNOWN_LABEL: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?[A-ZÉÈÀ][\w’'°]*(?:[ -][\w’'°-]+){0,5}\s?:\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A stretch of a value. `row` joins the cells of a line of money, 0 elsewhere."""

    bit: Bit
    piece: Piece
    row: int = 0


@dataclass(slots=True)
class LabelledValues:
    """A label and the values under it, while a sheet is read.

    `weak`: chosen by a clue that a person should check. `columns`: read in the first column of a table of several.
    """

    name: FieldName
    rank: int
    label: list[Value] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    heading: int = 0
    aside: list[Piece] = field(default_factory=list)
    weak: bool = False
    columns: bool = False

    @property
    def key(self) -> str:
        return key_of(" ".join(value.piece.text for value in self.label))


@dataclass(slots=True)
class Draft:
    """A sheet being read. `loose` comes before its first label, `after` where no label holds any more.

    `row`: one of several alike, in a row of a table or under a heading of a catalogue; `form`: in a form of its own,
    filled or not; `letter`: in a letter, without one label. `missed` are the words of the
    rows below it that are no sheet.
    """

    entries: list[LabelledValues] = field(default_factory=list)
    loose: list[Bit] = field(default_factory=list)
    after: list[Bit] = field(default_factory=list)
    head: list[Piece] = field(default_factory=list)
    head_title: Value | None = None
    row: bool = False
    form: bool = False
    letter: bool = False
    missed: list[Piece] = field(default_factory=list)

    def names(self) -> set[FieldName]:
        """The fields of the vocabulary that hold something."""
        return {entry.name for entry in self.entries if entry.name != "other" and entry.values}

    @property
    def full(self) -> bool:
        return len(self.names()) >= _FULL


def split(tokens: Iterable[Token]) -> list[Draft]:
    """The drafts of a file, in order. Some are no sheet: `reader` sorts them out."""
    drafts = [Draft()]
    current: LabelledValues | None = None
    listed = list(tokens)
    for place, token in enumerate(listed):
        sheet, bit = drafts[-1], token.bit
        if token.kind == "close":
            current = None
        elif token.kind in ("row", "form"):
            drafts.append(Draft(row=token.kind == "row", form=token.kind == "form"))
            current = None
        elif token.kind == "action":
            drafts.append(Draft(row=True))
            _take_head(drafts[-1], token)
            current = None
        elif token.kind == "section":
            sheet.head.append(bit.piece)
            current = None
        elif token.kind == "head":
            if len(sheet.names()) >= _FILLED:
                above = _title_above(sheet, token)
                drafts.append(sheet := Draft(loose=above))
            current = None
            _take_head(sheet, token)
        elif token.kind == "title":
            if sheet.head_title is None:
                sheet.head_title = Value(bit, bit.piece)
            else:
                sheet.loose.append(bit)
            current = None
        elif token.kind == "label":
            if token.label is None:
                if current is None:
                    sheet.head.append(bit.piece)
                else:
                    current.label.append(Value(bit, bit.piece))
                continue
            empty = place + 1 == len(listed) or listed[place + 1].kind != "value"
            unforeseen = token.label.shape.kind == "line" and (
                token.label.rank == UNFORESEEN or (token.label.rank == GUESSED and empty)
            )
            if unforeseen and not any(map(_is_bare, sheet.entries)) and not sheet.names():
                sheet.loose.append(bit)  # no label comes before the first known one: a title may
                current = None
                continue
            if _begins_again(sheet, token.label, bit):
                drafts.append(_next(sheet))
                sheet = drafts[-1]
            current = LabelledValues(token.label.name, token.label.rank, heading=bit.heading)
            label = bit.cut(0, token.label.end or None)
            current.label += [Value(bit, label)] if label is not None else []
            sheet.entries.append(current)
        else:
            current = _take_value(drafts, token, current)
    for draft in drafts:
        draft.entries = _with_values_set_as_labels(draft.entries)
    return drafts


def _with_values_set_as_labels(entries: Sequence[LabelledValues]) -> list[LabelledValues]:
    """« PORTEUR » over « ASC FOOT », over another label: what looks like a label and heads nothing is the value."""
    kept: list[LabelledValues] = []
    for entry in entries:
        above = kept[-1] if kept else None
        lone = entry.name == "other" and entry.rank == UNFORESEEN and not entry.values and len(entry.label) == 1
        if above is not None and _is_bare(above) and lone and not entry.label[0].piece.text.endswith((":", "?")):
            above.values, above.weak = entry.label, True
        else:
            kept.append(entry)
    return kept


def _is_bare(entry: LabelledValues) -> bool:
    """Whether nothing is yet under a known label of a short value."""
    return entry.name in _SHORT and entry.rank < UNFORESEEN and not entry.values


def _title_above(sheet: Draft, head: Token) -> list[Bit]:
    """The title of the next sheet, where it stands right above « FICHE ACTION » and below the fields of this one."""
    last = sheet.after[-1] if sheet.after and head.end >= len(head.bit.text) else None
    if last is None or not (last.strong or last.heading) or head.bit.piece.line - last.piece.line > _NEAR:
        return []
    return [sheet.after.pop()]


def _take_head(sheet: Draft, token: Token) -> None:
    announcement, title = token.bit.cut(0, token.end), token.bit.cut(token.end)
    sheet.head += [announcement] if announcement is not None else []
    if title is not None and sheet.head_title is None and not FURNITURE.search(title.text):
        sheet.head_title = Value(token.bit, title)
    elif title is not None:
        sheet.head.append(title)


def _take_value(drafts: list[Draft], token: Token, current: LabelledValues | None) -> LabelledValues | None:
    sheet, bit = drafts[-1], token.bit
    piece = bit.cut(token.end)
    if piece is None:
        return current
    bit = replace(bit, piece=piece)
    if token.label is not None and (current is None or current.name != token.label.name):  # a line of money
        current = LabelledValues(token.label.name, token.label.rank)
        sheet.entries.append(current)
    if token.kind == "aside" and current is not None:
        current.aside.append(piece)
        current.columns = current.columns or token.row == COLUMNS
        return current
    higher = bit.title or (bit.heading and current is not None and 0 < bit.heading < current.heading)
    if higher and sheet.entries and not token.end:
        if sheet.full:
            drafts.append(Draft(loose=[bit]))
            return None
        current = None
    if bit.alone and not token.row and not token.end and CLOSING.match(bit.text):
        current = None
    own_line = bit.alone and not token.row and not token.end and current is not None and bool(current.values)
    if own_line and current is not None and current.name in _ONE_LINE and len(BOXES.findall(bit.text)) > 1:
        current = LabelledValues("themes" if _PART_BOXES.match(bit.text) else "other", GUESSED, weak=True)
        sheet.entries.append(current)  # « Axe 1 □   Axe 2 ■ », under who carries the action
    unknown = _UNKNOWN_LABEL.match(bit.text) if own_line and current is not None and current.name in _ONE_LINE else None
    if unknown is None and own_line and not bit.listed and current is not None and current.name not in _LISTS_COUNTS:
        unknown = _COUNT.match(bit.text)
    if unknown is not None and current is not None:
        label, rest = bit.cut(0, unknown.end()), bit.cut(unknown.end())
        if label is not None and rest is not None:  # « N° SIRET : 801… », under who carries the action
            sheet.entries.append(LabelledValues("other", UNFORESEEN, [Value(bit, label)], [Value(bit, rest)]))
            return current
    if current is not None and not token.row and not token.end and _is_free_text(current, bit):
        current = LabelledValues("text", UNFORESEEN)
        sheet.entries.append(current)
    if current is not None:
        current.values.append(Value(bit, piece, token.row))
    else:
        (sheet.after if sheet.entries else sheet.loose).append(bit)
    return current


def _is_free_text(current: LabelledValues, bit: Bit) -> bool:
    """Whether sentences follow a label whose short value stood on its own line: they are no part of it."""
    if current.name not in _SHORT or not current.label or not current.values:
        return False
    on_its_line = current.values[0].piece.line == current.label[-1].piece.line != bit.piece.line
    sentence = bit.text[0].isupper() and bit.text.endswith(".") and len(bit.text.split()) >= _SENTENCE
    return on_its_line and bit.alone and not bit.listed and (sentence or is_prose(bit.text))


def _begins_again(sheet: Draft, label: Label, bit: Bit) -> bool:
    """Whether this label opens another sheet: a second title, or labels met already under a new title."""
    if label.rank >= UNFORESEEN:
        return False
    label_bit = bit.cut(0, label.end or None)
    key = key_of(label_bit.text) if label_bit is not None else ""
    again = any(entry.name == label.name and entry.key == key and entry.values for entry in sheet.entries)
    if label.name == "title":
        least = _FILLED if label.rank == 0 else _FULL  # « Action : … » may be said twice of a sheet in its beginning
        named = any(entry.name == "title" and entry.rank < label.rank for entry in sheet.entries)
        if again and not named and len(sheet.names()) >= least:
            return True
    return again and sheet.full and _title_before(sheet) is not None


def _title_before(sheet: Draft) -> int | None:
    """Where in `after` the title of the next sheet may stand; -1 when the last label, unknown and empty, is it."""
    for rank, bit in enumerate(sheet.after):
        if bit.strong or bit.heading or bit.title or bit.caps:
            return rank
    last = sheet.entries[-1]
    return -1 if last.name == "other" and not last.values else None


def _next(sheet: Draft) -> Draft:
    """The draft of the next sheet, with what was read of it under the last label of this one."""
    following = Draft()
    rank = _title_before(sheet)
    if rank == -1:
        last = sheet.entries.pop()
        following.loose = [replace(value.bit, piece=value.piece) for value in last.label]
    elif rank is not None:
        following.loose, sheet.after = sheet.after[rank:], sheet.after[:rank]
    return following
