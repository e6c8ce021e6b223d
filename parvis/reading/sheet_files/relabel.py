"""Entries whose label names another field than their values do: relabelled before a sheet is built."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.bits import Bit, is_prose
from parvis.reading.sheet_files.drafts import LabelledValues, Value
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.money import amounts, is_amount
from parvis.reading.sheet_files.part_titles import PART
from parvis.reading.sheet_files.payers import names_payer
from parvis.reading.sheet_files.ranks import GUESSED

_FIGURE: Final = re.compile(r"\d")
_NO_AMOUNT: Final[frozenset[FieldName]] = frozenset({"lead", "partners", "territories", "themes"})
_SHARE: Final = re.compile(
    r"(?:dont|part|participation|contribution|subvention|aide|apport|dotation|financement|"
    r"montant (?:demande|accorde))\b"
)
_COUNTED: Final = re.compile(r"(?:nombre|nb|effectif)\b")
_NAMES: Final = frozenset({"nom", "denomination", "nom complet", "nom usuel"})
_LONG_TITLE: Final = 150


def give_theme(entries: list[LabelledValues], loose: list[Bit]) -> None:
    """« Orientation stratégique n° 2 : L'emploi », above the action, is its theme when no label names one."""
    if any(entry.name == "themes" and entry.values for entry in entries):
        return
    for bit in loose:
        match = PART.match(bit.text)
        value = bit.cut(match.end()) if match is not None else None
        label = bit.cut(0, match.end()) if match is not None else None
        if value is not None and label is not None and not is_prose(bit.text):
            loose.remove(bit)
            entries.append(LabelledValues("themes", GUESSED, [Value(bit, label)], [Value(bit, value)]))
            return


def relabelled(entries: Sequence[LabelledValues]) -> list[LabelledValues]:
    """The same entries, each under the field that its values tell."""
    for entry in entries:
        if entry.name == "title" and entry.rank and _tells(entry.values):
            entry.name = "text"  # « L'action », then how it goes
    _count_results(entries)
    _describe(entries)
    _name_shares(entries)
    _name_funders(entries)
    _name_people(entries)
    _name_lead(entries)
    _set_counts_apart(entries)
    return _without_inherited(entries)


def _describe(entries: Sequence[LabelledValues]) -> None:
    """« L'action en quelques lignes », where nothing else says how it goes, is the description and no summary."""
    if any(entry.name == "text" and entry.values for entry in entries):
        return
    for entry in entries:
        if entry.name == "summary":
            entry.name = "text"
    unforeseen = [entry for entry in entries if entry.name == "other" and entry.values and _tells(entry.values)]
    if not any(entry.name == "text" and entry.values for entry in entries) and unforeseen:
        told = max(unforeseen, key=lambda entry: sum(len(value.piece.text) for value in entry.values))
        told.name, told.weak = "text", True  # « La petite histoire »: the longest, to be checked


def _tells(values: Sequence[Value]) -> bool:
    """Whether values are sentences, and no title."""
    texts = [value.piece.text for value in values]
    return sum(map(len, texts)) > _LONG_TITLE or (bool(texts) and all(is_prose(text) for text in texts))


def _count_results(entries: Sequence[LabelledValues]) -> None:
    """« Résultats » over a list of figures are indicators, when no label names them."""
    if any(entry.name == "indicators" and entry.values for entry in entries):
        return
    for entry in entries:
        counted = all(value.bit.listed and _FIGURE.search(value.piece.text) for value in entry.values)
        if entry.name == "text" and entry.key.startswith("resultat") and entry.values and counted:
            entry.name = "indicators"


def _name_shares(entries: Sequence[LabelledValues]) -> None:
    """« Part Ville | 600 € »: an amount alone is who pays how much, and no partner nor place."""
    for entry in entries:
        texts = [value.piece.text for value in entry.values]
        if not (entry.label and len(texts) == 1 and is_amount(texts[0])):
            continue
        unknown = entry.name == "other" and (_SHARE.match(entry.key) or names_payer(entry.key))
        if entry.name in _NO_AMOUNT or unknown:
            entry.name, entry.weak = "funding", True


def _name_funders(entries: Sequence[LabelledValues]) -> None:
    """« Autres partenaires financiers : Ville (5 000 €), Fondation (4 000 €) »: amounts tell who pays."""
    for entry in entries:
        texts = [value.piece.text for value in entry.values]
        if entry.name == "partners" and texts and all(amounts(text) for text in texts):
            entry.name, entry.weak = "funding", True


def _name_people(entries: Sequence[LabelledValues]) -> None:
    """« Nom : DURAND   Prénom : Anne » in a form is who to call."""
    for entry in entries:
        if entry.name == "other" and entry.key == "nom" and any("Prénom" in value.piece.text for value in entry.values):
            entry.name = "contact"


def _name_lead(entries: Sequence[LabelledValues]) -> None:
    """« Nom » or « Dénomination », in the part of a form that is about the structure, is who carries the action."""
    if any(entry.name == "lead" and entry.values for entry in entries):
        return
    titles = sum(entry.name == "title" and bool(entry.values) for entry in entries)
    for entry in entries:
        told = entry.name == "other" or (entry.name == "title" and titles > 1)
        if told and entry.key in _NAMES and entry.values:
            entry.name, entry.weak = "lead", True
            return


def _set_counts_apart(entries: Sequence[LabelledValues]) -> None:
    """« Nombre de bénéficiaires : 80 », where another label says who they are."""
    public = [entry for entry in entries if entry.name == "public" and entry.values]
    counts = [entry for entry in public if _COUNTED.match(entry.key) or _all_digits(entry.values)]
    for entry in counts if len(counts) < len(public) else ():
        entry.name = "other"


def _all_digits(values: Sequence[Value]) -> bool:
    return all(value.piece.text.strip().isdigit() for value in values)


def _without_inherited(entries: Sequence[LabelledValues]) -> list[LabelledValues]:
    """What the title of the file says of all its sheets gives way to what a sheet says."""
    said = {entry.name for entry in entries if entry.values and entry.label}
    return [entry for entry in entries if entry.label or entry.rank != GUESSED or entry.name not in said]
