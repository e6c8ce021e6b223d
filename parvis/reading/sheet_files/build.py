"""A draft → a sheet: one value a field, what has no field kept aside, what is to be checked said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from parvis.reading.sheet_files.bits import Bit, bare
from parvis.reading.sheet_files.finance import Finance, finance
from parvis.reading.sheet_files.label_match import numbering
from parvis.reading.sheet_files.model import Doubt, FieldName, Passage, Piece, ReadSheet
from parvis.reading.sheet_files.money import is_total
from parvis.reading.sheet_files.split import SUB, Draft, Held, Value
from parvis.reading.sheet_files.values import Said, elements, is_instruction, said, tidy
from parvis.reading.sheet_files.vocabulary import FURNITURE, HEAD, INSTRUCTION, is_void

_ONE: Final[frozenset[FieldName]] = frozenset({"title", "lead", "since"})
_REACH: Final = re.compile(r"\S+@\S+|(?:\+33|0)\s?[1-9](?:[\s.\u00a0-]?\d\d){4}")
_SINCE: Final = re.compile(r"\bdepuis\s*:?\s*(?:le |l['’])?(\S.*)", re.IGNORECASE)
_PROSE: Final = 60
_LONG_TITLE: Final = 150
_TITLE: Final = 200
_WANTED: Final[tuple[tuple[FieldName, str], ...]] = (
    ("title", "l'intitulé manque"), ("themes", "la thématique manque"), ("lead", "le porteur manque"),
)  # fmt: skip


@dataclass(slots=True)
class _Read:
    """A label and what it says."""

    held: Held
    said: Said

    @property
    def label(self) -> str:
        """Without number, colon or instruction."""
        text = tidy(" ".join(each.piece.text for each in self.held.label))
        return re.sub(r"\s*\([^()]*\)?\s*:?\s*$", "", text[numbering(text) :]).rstrip(" :").strip()

    @property
    def line(self) -> int:
        pieces = [each.piece for each in self.held.label] or self.said.pieces or self.said.aside
        return pieces[0].line if pieces else 0


@dataclass(slots=True)
class _Sheet:
    reads: list[_Read]
    doubts: list[Doubt] = field(default_factory=list)

    def of(self, name: FieldName) -> list[_Read]:
        return [each for each in self.reads if each.held.name == name and each.said.lines]

    def texts(self, name: FieldName) -> list[str]:
        return [each.said.text for each in self.of(name) if not is_void(each.said.text)]


def build(draft: Draft) -> ReadSheet:
    """The sheet that a draft holds."""
    for each in draft.held:
        if each.name == "title" and each.rank and sum(len(value.piece.text) for value in each.values) > _LONG_TITLE:
            each.name = "text"  # « L'action », then how it goes
    title, left = _title(draft)
    held = _without_second_names(draft.held)
    if title is not None:
        held.insert(0, title)
    sheet = _Sheet([_Read(each, said(each.values)) for each in held])
    _choose_one(sheet)
    money = finance((each.said for each in sheet.of("budget")), (each.said for each in sheet.of("funding")))
    lead, contact = _lead_and_contact(sheet)
    _doubt(sheet, draft, title, money, left)
    passages = tuple(
        Passage(
            each.held.name, tuple(part.piece for part in each.held.label), tuple(each.said.pieces),
            (*each.said.aside, *each.held.aside),
        )
        for each in sheet.reads
    )  # fmt: skip
    pieces = [piece for passage in passages for piece in passage.all_pieces()] + left
    return ReadSheet(
        title=_clean_title(" ".join(sheet.texts("title"))),
        summary="\n".join(each.said.paragraphs for each in sheet.of("summary")),
        lead=lead,
        partners=_elements(sheet, "partners") or _paying_partners(sheet),
        themes=_elements(sheet, "themes"),
        territories=_elements(sheet, "territories"),
        public=", ".join(sheet.texts("public")),
        since=_since(sheet),
        budget=money.budget,
        funding=tuple(money.funding),
        indicators=_elements(sheet, "indicators"),
        text=_text(sheet.of("text")),
        contact=contact,
        other=tuple((each.label, each.said.paragraphs) for each in sheet.of("other")),
        doubts=tuple(sheet.doubts),
        passages=passages,
        left=tuple(left),
        first_line=min((piece.line for piece in pieces), default=0),
        last_line=max((piece.line for piece in pieces), default=0),
    )


def _without_second_names(held: Sequence[Held]) -> list[Held]:
    """Labels met inside the value of another stay in it when their field has a label of its own."""
    main = {each.name for each in held if each.rank < SUB and each.values}
    kept: list[Held] = []
    for each in held:
        if each.rank >= SUB and kept and (each.name in main or each.name == "title"):
            kept[-1].values += _whole_again(each)
        else:
            kept.append(each)
    return kept


def _whole_again(held: Held) -> list[Value]:
    """A label and its value as the line they were cut from."""
    if held.label and held.values and held.values[0].piece.line == held.label[-1].piece.line:
        bit = held.label[-1].bit
        return [*held.label[:-1], Value(bit, bit.piece), *held.values[1:]]
    return [*held.label, *held.values]


def _choose_one(sheet: _Sheet) -> None:
    """In a field that holds one value, the first of the best words stays; the others are kept under their label."""
    for name in _ONE:
        found = [each for each in sheet.of(name) if not is_void(each.said.text)]
        best = min(found, key=lambda each: each.held.rank, default=None)
        for each in found:
            if each is not best:
                each.held.name = "other"


def _title(draft: Draft) -> tuple[Held | None, list[Piece]]:
    """A title that no label names, if one is needed and seen; and the pieces that are in no passage."""
    left = list(draft.head)
    weak = 0 if draft.head_title is not None else SUB  # « Action : … » gives way to the title of the head
    named = any(each.name == "title" and each.values and each.rank <= weak for each in draft.held)
    chosen: Value | None = draft.head_title
    loose = list(draft.loose)
    if chosen is not None and named:
        left.append(chosen.piece)
        chosen = None
    elif chosen is None and not named:
        bit = _title_among(loose)
        if bit is not None:
            loose.remove(bit)
            chosen = Value(bit, bit.piece)
    left += [bit.piece for bit in (*loose, *draft.after)]
    return (None if chosen is None else Held("title", 0, values=[chosen])), left


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


def _clean_title(text: str) -> str:
    """Without « Fiche action n° 3 – » before it."""
    match = HEAD.match(text)
    if match and (rest := text[match.end() :].lstrip())[:1] in (":", "–", "—", "-"):
        text = rest.lstrip(":–—- \u00a0") or text
    return bare(tidy(text))


def _since(sheet: _Sheet) -> str:
    """« L'action est-elle nouvelle ? Non, depuis 2021 » says 2021."""
    for each in sheet.of("since"):
        told = _SINCE.search(each.said.text) if each.held.rank > 1 else None
        return told.group(1) if told else "" if each.held.rank > 1 or is_void(each.said.text) else each.said.text
    return ""


def _elements(sheet: _Sheet, name: FieldName) -> tuple[str, ...]:
    found = [
        one
        for each in sheet.of(name)
        for one in elements(
            each.said, places=name == "territories", whole_lines=name == "indicators", slashes=name != "themes"
        )
    ]
    return tuple(dict.fromkeys(found))


def _paying_partners(sheet: _Sheet) -> tuple[str, ...]:
    """Those of a table of partners that tells what each gives: its label stands empty above the lines of money."""
    for each, after in zip(sheet.reads, sheet.reads[1:], strict=False):
        if each.held.name == "partners" and not each.said.lines and after.held.name == "funding":
            rows = (line.text.split("\t")[0] for line in after.said.lines if line.row)
            return tuple(row for row in rows if not is_total(row))
    return ()


def _text(reads: Sequence[_Read]) -> str:
    """The passages one under the other, each under its label when there are several."""
    parts = [
        f"{each.label}\n{each.said.paragraphs}" if len(reads) > 1 and each.label else each.said.paragraphs
        for each in reads
    ]
    return "\n\n".join(parts)


def _lead_and_contact(sheet: _Sheet) -> tuple[str, str]:
    """The lead, without the lines that say how to reach someone: those are for the team."""
    contact = [each.said.text for each in sheet.of("contact") if not is_void(each.said.text)]
    lead = ""
    for each in sheet.of("lead"):
        lines = [line.text for line in each.said.lines]
        kept = [line for line in lines if not _REACH.search(line)] if len(lines) > 1 else lines
        lead = tidy(", ".join(line.rstrip(" ,;") for line in kept))
        reach = [line for line in lines if line not in kept]
        contact += reach
        if reach or _REACH.search(lead):
            sheet.doubts.append(Doubt("lead", "des coordonnées sont écrites avec le porteur", each.line))
    return ("" if is_void(lead) else lead), ", ".join(contact)


def _doubt(sheet: _Sheet, draft: Draft, title: Held | None, money: Finance, left: Iterable[Piece]) -> None:
    """Says what a person should look at first."""
    for name, missing in _WANTED:
        if not sheet.texts(name):
            sheet.doubts.append(Doubt(name, missing))
    if title is not None and draft.head_title is None:
        sheet.doubts.append(Doubt("title", "l'intitulé n'a pas d'étiquette", title.values[0].piece.line))
    for each in sheet.reads:
        _doubt_one(sheet, each)
    if money.differs is not None:
        found, total = (f"{amount:,.0f}".replace(",", "\u202f") for amount in money.differs)
        sheet.doubts.append(Doubt("funding", f"les financements font {found} €, le budget dit {total} €"))
    heads = set(draft.head)
    for piece in left:
        foreign = INSTRUCTION.match(piece.text) or FURNITURE.search(piece.text)
        if piece not in heads and len(piece.text) >= _PROSE and not foreign:
            sheet.doubts.append(Doubt("text", "un passage n'est sous aucune étiquette : il a été laissé", piece.line))


def _doubt_one(sheet: _Sheet, each: _Read) -> None:
    name, label = each.held.name, each.label
    if name == "other" and each.said.lines:
        sheet.doubts.append(Doubt("other", f"« {label} » n'a pas de place dans la fiche : gardé à part", each.line))
    if each.said.italics:
        sheet.doubts.append(Doubt(name, "en italique : une réponse, ou une consigne ?", each.line))
    if each.said.boxes and not each.said.lines:
        sheet.doubts.append(Doubt(name, "aucune case n'est cochée", each.line))


def instructions_only(values: Iterable[Value]) -> bool:
    """Whether nothing was typed under a label."""
    return all(is_instruction(each, upright=True) for each in values)
