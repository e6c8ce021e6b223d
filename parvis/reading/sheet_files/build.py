"""A draft → an action sheet: one value for each field, doubts for a person to check, the rest kept in `other`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from parvis.reading.sheet_files.bits import Bit, bare
from parvis.reading.sheet_files.drafts import SUB, UNFORESEEN, Draft, LabelledValues, Value, is_prose
from parvis.reading.sheet_files.finance import Finance, finance
from parvis.reading.sheet_files.label_guess import GUESSED
from parvis.reading.sheet_files.label_match import numbering
from parvis.reading.sheet_files.lists import elements, may_be_two
from parvis.reading.sheet_files.model import FIELDS, Doubt, FieldName, Passage, Piece, ReadSheet
from parvis.reading.sheet_files.money import is_total
from parvis.reading.sheet_files.relabel import relabelled
from parvis.reading.sheet_files.values import FieldContent, content_of, is_instruction, tidy
from parvis.reading.sheet_files.vocabulary import FURNITURE, HEAD, INSTRUCTION, is_void

_PLURAL: Final = re.compile(r"\W*\w+(?:s\b|\(s\)|·s)", re.IGNORECASE)
_ONE: Final[frozenset[FieldName]] = frozenset({"title", "lead", "since"})
_REACH: Final = re.compile(r"\S+@\S+|(?:\+33|0)\s?[1-9](?:[\s.\u00a0-]?\d\d){4}")
_SINCE: Final = re.compile(r"\bdepuis\s*:?\s*(?:le |l['’])?(\S.*)", re.IGNORECASE)
_BRIEF: Final[frozenset[FieldName]] = frozenset(FIELDS) - {"summary", "text", "other"}
_NEW: Final = 2
_PROSE: Final = 60
_TITLE: Final = 200
_QUOTED: Final = 80
_LETTER: Final = "une lettre, sans étiquette : seuls le nom de l'action et le texte sont lus, le reste est à remplir"
_WANTED: Final[tuple[tuple[FieldName, str], ...]] = (
    ("title", "l'intitulé manque"), ("themes", "la thématique manque"), ("lead", "le porteur manque"),
)  # fmt: skip


@dataclass(slots=True)
class _Entry:
    """A label with its values, and the content read from them."""

    labelled: LabelledValues
    content: FieldContent

    @property
    def printed(self) -> str:
        """The label as written, on one line."""
        return tidy(" ".join(value.piece.text for value in self.labelled.label))

    @property
    def label(self) -> str:
        """Without number, colon or instruction."""
        text = self.printed
        return re.sub(r"\s*\([^()]*\)?\s*:?\s*$", "", text[numbering(text) :]).rstrip(" :").strip()

    @property
    def line(self) -> int:
        pieces = [value.piece for value in self.labelled.label] or self.content.pieces or self.content.aside
        return next((piece.line for piece in (*pieces, *self.content.pieces) if piece.line), 0)


@dataclass(slots=True)
class _Sheet:
    entries: list[_Entry]
    doubts: list[Doubt] = field(default_factory=list)

    def of(self, name: FieldName) -> list[_Entry]:
        return [entry for entry in self.entries if entry.labelled.name == name and entry.content.lines]

    def texts(self, name: FieldName) -> list[str]:
        return [entry.content.text for entry in self.of(name) if not is_void(entry.content.text)]


def build(draft: Draft) -> ReadSheet:
    """The sheet that a draft holds."""
    draft.entries = relabelled(draft.entries)
    title, left = _title(draft)
    labelled = _without_second_names(draft.entries)
    if title is not None:
        labelled.insert(0, title)
    sheet = _Sheet([_Entry(entry, content_of(entry.values)) for entry in labelled])
    _choose_one(sheet)
    money = finance(
        (entry.content for entry in sheet.of("budget")),
        ((entry.label, entry.content) for entry in sheet.of("funding")),
    )
    lead, contact = _lead_and_contact(sheet)
    _doubt(sheet, draft, title, money, left)
    passages = tuple(
        Passage(
            entry.labelled.name, _placed(part.piece for part in entry.labelled.label), _placed(entry.content.pieces),
            _placed((*entry.content.aside, *entry.labelled.aside)),
        )
        for entry in sheet.entries
    )  # fmt: skip
    pieces = [piece for passage in passages for piece in passage.all_pieces()] + left
    return ReadSheet(
        title=_clean_title(" ".join(sheet.texts("title"))),
        summary="\n".join(entry.content.paragraphs for entry in sheet.of("summary")),
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
    kept: list[LabelledValues] = []
    for entry in entries:
        if entry.rank >= SUB and kept and (entry.name in main or entry.name == "title"):
            kept[-1].values += _whole_again(entry)
        else:
            kept.append(entry)
    return kept


def _whole_again(entry: LabelledValues) -> list[Value]:
    """A label and its value as the line they were cut from."""
    if entry.label and entry.values and entry.values[0].piece.line == entry.label[-1].piece.line:
        bit = entry.label[-1].bit
        return [*entry.label[:-1], Value(bit, bit.piece), *entry.values[1:]]
    return [*entry.label, *entry.values]


def _choose_one(sheet: _Sheet) -> None:
    """In a field that holds one value, the first of the best words stays; the others are kept under their label."""
    for name in _ONE:
        filled = [entry for entry in sheet.of(name) if not is_void(entry.content.text)]
        best = min(filled, key=lambda entry: entry.labelled.rank, default=None)
        for entry in filled:
            if entry is not best:
                # « Responsable du projet : Mme X, 06… » beside the lead is who to call.
                reached = name == "lead" and _REACH.search(entry.content.text)
                entry.labelled.name = "contact" if reached else "other"


def _title(draft: Draft) -> tuple[LabelledValues | None, list[Piece]]:
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
            chosen = Value(bit, bit.piece)
    for bit in (*loose, *draft.after):
        under_title = draft.row and draft.head_title is not None
        if (under_title or is_prose(bit.text)) and not _is_foreign(bit.text):
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


def _clean_title(text: str) -> str:
    """Without « Fiche action n° 3 – » before it."""
    match = HEAD.match(text)
    if match and (rest := text[match.end() :].lstrip())[:1] in (":", "–", "—", "-"):
        text = rest.lstrip(":–—- \u00a0") or text
    return bare(tidy(text))


def _since(sheet: _Sheet) -> str:
    """« L'action est-elle nouvelle ? Non, depuis 2021 » gives 2021."""
    for entry in sheet.of("since"):
        text = entry.content.text
        if entry.labelled.rank == _NEW:
            match = _SINCE.search(text)
            return match.group(1) if match else ""
        return "" if is_void(text) else text
    return ""


def _elements(sheet: _Sheet, name: FieldName) -> tuple[str, ...]:
    names = [one for entry in sheet.of(name) for one in elements(entry.content, name)]
    return tuple(dict.fromkeys(names))


def _paying_partners(sheet: _Sheet) -> tuple[str, ...]:
    """The partners of a table that lists what they give: its label has no value of its own above the lines of money."""
    for entry, following in zip(sheet.entries, sheet.entries[1:], strict=False):
        if entry.labelled.name == "partners" and not entry.content.lines and following.labelled.name == "funding":
            rows = (line.text.split("\t")[0] for line in following.content.lines if line.row)
            return tuple(row for row in rows if not is_total(row))
    return ()


def _text(entries: Sequence[_Entry]) -> str:
    """The passages one under the other, each under its label when there are several."""
    parts = [
        f"{entry.label}\n{entry.content.paragraphs}" if len(entries) > 1 and entry.label else entry.content.paragraphs
        for entry in entries
    ]
    return "\n\n".join(parts)


def _lead_and_contact(sheet: _Sheet) -> tuple[str, str]:
    """The lead, without the lines that say how to reach someone: those are for the team."""
    contact = [entry.content.text for entry in sheet.of("contact") if not is_void(entry.content.text)]
    lead = ""
    for entry in sheet.of("lead"):
        lines = [line.text for line in entry.content.lines]
        kept = [line for line in lines if not _REACH.search(line)] if len(lines) > 1 else lines
        lead = tidy(", ".join(line.rstrip(" ,;") for line in kept))
        reach = [line for line in lines if line not in kept]
        contact += reach
        if reach or _REACH.search(lead):
            sheet.doubts.append(Doubt("lead", "des coordonnées sont écrites avec le porteur", entry.line))
    return ("" if is_void(lead) else lead), ", ".join(contact)


def _doubt(sheet: _Sheet, draft: Draft, title: LabelledValues | None, money: Finance, left: Iterable[Piece]) -> None:
    """Says what a person should look at first."""
    if draft.letter:
        sheet.doubts.append(Doubt("text", _LETTER, next((entry.line for entry in sheet.of("text")), 0)))
        return
    for name, missing in _WANTED:
        if not sheet.texts(name):
            sheet.doubts.append(Doubt(name, missing))
    if title is not None and draft.head_title is None:
        sheet.doubts.append(Doubt("title", "l'intitulé n'a pas d'étiquette", title.values[0].piece.line))
    for entry in sheet.entries:
        _doubt_one(sheet, entry)
    if money.differs is not None:
        funded, total = (f"{amount:,.0f}".replace(",", "\u202f") for amount in money.differs)
        sheet.doubts.append(Doubt("funding", f"les financements font {funded} €, le budget dit {total} €"))
    for unpaid in money.unpaid:
        sheet.doubts.append(Doubt("funding", f"« {_short(unpaid)} » n'a pas de montant : laissé de côté"))
    for added in money.sums:
        sheet.doubts.append(Doubt("funding", f"« {_short(added)} » est la somme d'autres lignes : laissé de côté"))
    if money.in_kind:
        named = ", ".join(f"« {_short(given)} »" for given in money.in_kind)
        sheet.doubts.append(Doubt("funding", f"{named} : donné en nature, laissé de côté"))
    if money.unsure:
        sheet.doubts.append(Doubt("funding", "lus sous le budget : qui paie, ou des dépenses ?"))
    for other in money.others:
        sheet.doubts.append(Doubt("budget", f"un autre montant est écrit : {_short(other)}"))
    if money.told:
        for name, words in (("budget", "le total est lu dans une phrase"), ("funding", "lus dans une phrase")):
            sheet.doubts.append(Doubt(name, words, min((entry.line for entry in sheet.of("budget")), default=0)))
    if draft.missed:
        sheet.doubts.append(
            Doubt("text", "une ligne sans intitulé, dessous, n'est dans aucune fiche", draft.missed[0].line)
        )
    heads = set(draft.head)
    for piece in left:
        if piece not in heads and len(piece.text) >= _PROSE and not _is_foreign(piece.text):
            sheet.doubts.append(Doubt("text", "un passage n'est sous aucune étiquette : il a été laissé", piece.line))


def _short(text: str) -> str:
    return f"{text[:_QUOTED]}…" if len(text) > _QUOTED else text


def _is_foreign(text: str) -> bool:
    """Words of the form, or of whoever sent it: not of the action."""
    return bool(INSTRUCTION.match(text) or FURNITURE.search(text))


def _doubt_one(sheet: _Sheet, entry: _Entry) -> None:
    name, label = entry.labelled.name, entry.label
    if name == "other" and entry.content.lines:
        sheet.doubts.append(Doubt("other", f"« {label} » n'a pas de place dans la fiche : gardé à part", entry.line))
    if name == "lead" and entry.content.lines and label.casefold().startswith("resp."):
        sheet.doubts.append(Doubt("lead", f"« {label} » : le porteur, ou la personne à joindre ?", entry.line))
    if name in _BRIEF and any(line.text.endswith((":", "?")) or is_prose(line.text) for line in entry.content.lines):
        sheet.doubts.append(Doubt(name, f"« {label} » tient une phrase, ou une étiquette inconnue", entry.line))
    if entry.labelled.rank % SUB == GUESSED and label and entry.content.lines and name != "other":
        sheet.doubts.append(Doubt(name, f"« {label} » est une étiquette devinée", entry.line))
    if name == "title" and len(entry.content.lines) > 1:
        sheet.doubts.append(Doubt(name, "l'intitulé tient sur plusieurs lignes", entry.line))
    if entry.labelled.columns:
        sheet.doubts.append(
            Doubt(name, "lu dans la première colonne d'un tableau : les autres sont laissées", entry.line)
        )
    if entry.labelled.weak:
        sheet.doubts.append(Doubt(name, "déduit de la place des mots, sans étiquette sûre", entry.line))
    if name == "text" and not label and entry.content.lines:
        sheet.doubts.append(Doubt("text", "un texte sans étiquette a été mis dans la description", entry.line))
    if name == "indicators" and entry.labelled.key.startswith("resultat"):
        sheet.doubts.append(Doubt(name, f"« {label} » : ce qui a été obtenu, lu comme des indicateurs", entry.line))
    if name == "territories" and not label and entry.content.lines and not entry.labelled.weak:
        sheet.doubts.append(Doubt(name, "le quartier est lu dans le titre du fichier, pour toutes ses actions"))
    if name == "themes" and not label and entry.content.lines:
        sheet.doubts.append(Doubt("themes", "la thématique est lue dans un titre au-dessus de l'action", entry.line))
    if two := may_be_two(name, elements(entry.content, name)):
        sheet.doubts.append(Doubt(name, f"« {two} » : un nom, ou deux ?", entry.line))
    if name == "themes" and _PLURAL.match(entry.printed) and " / " in entry.content.text:
        sheet.doubts.append(Doubt(name, f"« {_short(entry.content.text)} » : un thème, ou plusieurs ?", entry.line))
    if entry.content.italics:
        sheet.doubts.append(Doubt(name, "en italique : une réponse, ou une consigne ?", entry.line))
    if entry.content.boxes and not entry.content.lines:
        sheet.doubts.append(Doubt(name, "aucune case n'est cochée", entry.line))


def instructions_only(values: Iterable[Value]) -> bool:
    """Whether nothing was typed under a label."""
    return all(is_instruction(value, upright=True) for value in values)
