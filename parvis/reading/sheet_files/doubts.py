"""What a person should check first in a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from parvis.reading.sheet_files.bits import is_prose
from parvis.reading.sheet_files.drafts import Draft, LabelledValues
from parvis.reading.sheet_files.entries import Entry, Sheet
from parvis.reading.sheet_files.finance import Finance
from parvis.reading.sheet_files.label_match import field_of
from parvis.reading.sheet_files.lists import elements, may_be_two
from parvis.reading.sheet_files.model import FIELDS, Doubt, FieldName, Piece
from parvis.reading.sheet_files.plausible import odd, odd_money
from parvis.reading.sheet_files.ranks import GUESSED, SUB
from parvis.reading.sheet_files.titles import is_foreign

_PLURAL: Final = re.compile(r"\W*\w+(?:s\b|\(s\)|·s)", re.IGNORECASE)
_BRIEF: Final[frozenset[FieldName]] = frozenset(FIELDS) - {"summary", "text", "other"}
_KEPT_ASIDE: Final[frozenset[FieldName]] = frozenset({"other", "since"})
"""A second date is known to have no place of its own, as a number of SIRET."""
_PROSE: Final = 60
_QUOTED: Final = 80
_LETTER: Final = "une lettre, sans étiquette : seuls le nom de l'action et le texte sont lus, le reste est à remplir"
_WANTED: Final[tuple[tuple[FieldName, str], ...]] = (
    ("title", "l'intitulé manque"), ("themes", "la thématique manque"), ("lead", "le porteur manque"),
)  # fmt: skip


def doubt(sheet: Sheet, draft: Draft, title: LabelledValues | None, money: Finance, left: Iterable[Piece]) -> None:
    """Says what a person should look at first."""
    if draft.letter:
        sheet.doubts.append(Doubt("text", _LETTER, next((entry.line for entry in sheet.of("text")), 0)))
        for entry in sheet.entries:
            if entry.labelled.weak:
                _doubt_one(sheet, entry)
        return
    for name, missing in _WANTED:
        if not sheet.texts(name):
            sheet.doubts.append(Doubt(name, missing))
    if title is not None and draft.head_title is None:
        sheet.doubts.append(Doubt("title", "l'intitulé n'a pas d'étiquette", title.values[0].piece.line))
    for entry in sheet.entries:
        _doubt_one(sheet, entry)
    total, paid = odd_money(money.budget, money.funding)
    if total:
        sheet.doubts.append(Doubt("budget", total, min((entry.line for entry in sheet.of("budget")), default=0)))
    if paid:
        sheet.doubts.append(Doubt("funding", paid, min((entry.line for entry in sheet.of("funding")), default=0)))
    if money.differs is not None:
        funded, total = (f"{amount:,.0f}".replace(",", "\u202f") for amount in money.differs)
        sheet.doubts.append(Doubt("funding", f"les financements font {funded} €, le budget dit {total} €"))
    for unpaid in money.unpaid:
        sheet.doubts.append(Doubt("funding", f"« {_short(unpaid)} » n'a pas de montant : laissé de côté"))
    for added in money.sums:
        sheet.doubts.append(
            Doubt("funding", f"« {_short(added)} » est dit ou compté par d'autres lignes : laissé de côté")
        )
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
        if piece not in heads and len(piece.text) >= _PROSE and not is_foreign(piece.text):
            sheet.doubts.append(Doubt("text", "un passage n'est sous aucune étiquette : il a été laissé", piece.line))


def _short(text: str) -> str:
    return f"{text[:_QUOTED]}…" if len(text) > _QUOTED else text


def _doubt_one(sheet: Sheet, entry: Entry) -> None:
    name, label = entry.labelled.name, entry.label
    known = field_of(label)
    if name == "other" and known is not None and known[0] in ("title", "lead"):
        sheet.doubts.append(Doubt(known[0], f"« {label} » dit autre chose : gardé à part", entry.line))
    if name == "other" and entry.content.lines and (known is None or known[0] not in _KEPT_ASIDE):
        sheet.doubts.append(Doubt("other", f"« {label} » n'a pas de place dans la fiche : gardé à part", entry.line))
    if name == "lead" and entry.content.lines and label.casefold().startswith("resp."):
        sheet.doubts.append(Doubt("lead", f"« {label} » : le porteur, ou la personne à joindre ?", entry.line))
    if name in _BRIEF and any(line.text.endswith((":", "?")) or is_prose(line.text) for line in entry.content.lines):
        sheet.doubts.append(Doubt(name, f"« {label} » tient une phrase, ou une étiquette inconnue", entry.line))
    if entry.labelled.rank % SUB == GUESSED and label and entry.content.lines and name != "other":
        sheet.doubts.append(Doubt(name, f"« {label} » est une étiquette devinée", entry.line))
    printed = [line.text for line in entry.content.lines]
    reason = odd(name, printed, elements(entry.content, name)) if printed else ""
    if reason:
        sheet.doubts.append(Doubt(name, reason, entry.line))
    if name == "lead" and len(printed) > 1:
        sheet.doubts.append(Doubt(name, "le porteur tient sur plusieurs lignes", entry.line))
    if name == "title" and len(entry.content.lines) > 1:
        sheet.doubts.append(Doubt(name, "l'intitulé tient sur plusieurs lignes", entry.line))
    beside = name in ("partners", "indicators") and any("\t" in line.text for line in entry.content.lines)
    if entry.labelled.columns or beside:
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
