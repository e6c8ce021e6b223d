"""Whether what was read in a field looks like what the field holds: a lead like a body, a budget like money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.bits import is_prose
from parvis.reading.sheet_files.label_match import field_of
from parvis.reading.sheet_files.model import FIELDS, FieldName
from parvis.reading.sheet_files.money import amounts, is_amount
from parvis.reading.sheet_files.payers import names_payer
from parvis.reading.sheet_files.vocabulary import REACH

_TIME: Final = re.compile(
    r"\d{4}|\d{1,2}[/.]\d{1,2}|\b\d+\s*(?:an|mois|semaine|jour|séance|heure)|janv|févr|fevr|\bmars\b|avril|\bmai\b|\bjuin\b|"
    r"juil|ao[uû]t|sept|octo|nove|déce|dece|printemps|\bété\b|automne|hiver|vacances|scolaire|année|annuel|rentrée|trimestre|"
    r"semestre|semaine|mensuel|\bmois\b|permanen|continu|pluriannuel|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"dès que|en cours|quotidien|\bans?\b|weekend|week-end|matin|soir",
    re.IGNORECASE,
)
_GENERIC: Final = re.compile(r"(?:montant|subv|aide|demandée?|sollicitée?|accordée?|financement)", re.IGNORECASE)
_TWO: Final = re.compile(r"\s(?:et|ou)\s")
_TOGETHER: Final = re.compile(r": |\savec\s|\sen (?:lien|partenariat|collaboration)\s")
_PREPOSITION: Final = re.compile(r"(?:pour|avec|tout|afin|chez|de|des|du|d['’]|au|aux|à)\s", re.IGNORECASE)
_SHORT: Final[frozenset[FieldName]] = frozenset(FIELDS) - {"text", "summary", "other", "title"}
_LONG_NAME: Final = 14
_LONG_BUDGET: Final = 8
_LONG_PLACE: Final = 9
_LONG_ITEM: Final = 25
_LONG_TITLE: Final = 150


def odd(name: FieldName, lines: Sequence[str], items: Sequence[str]) -> str:
    """Why a value does not look like its field, in French; "" when it does. `items` are the elements of a list."""
    text = ", ".join(lines)
    if name in _SHORT and any(_names_other(name, line) for line in lines):
        return "une étiquette y est peut-être restée"
    if name == "since" and any(_TIME.search(line) is None for line in lines):
        return "aucune date n'y est reconnue"
    if name in ("lead", "title", "partners", "territories", "themes", "public") and _is_other_thing(text):
        return "un montant, une adresse ou un téléphone y est écrit"
    check = _CHECKS.get(name)
    return check(text, items) if check is not None else ""


def _names_other(name: FieldName, line: str) -> bool:
    """Whether a line of a value is a label of another field. « Ville » and « Association » are partners too."""
    named = field_of(line) if len(line.split()) > 1 else None
    return named is not None and named[0] not in (name, "other")


def _is_other_thing(text: str) -> bool:
    return bool(amounts(text)) or REACH.search(text) is not None


def _title(text: str, _items: Sequence[str]) -> str:
    if field_of(text) is not None:
        return "l'intitulé est peut-être une étiquette"
    return "l'intitulé est bien long" if len(text) > _LONG_TITLE or is_prose(text) else ""


def _lead(text: str, _items: Sequence[str]) -> str:
    long = len(text.split()) > _LONG_NAME or is_prose(text) or _TOGETHER.search(text) is not None
    return "le porteur ne ressemble pas au nom d'un organisme" if long else ""


def _names(_text: str, items: Sequence[str]) -> str:
    long = any(len(item.split()) > _LONG_NAME for item in items)
    return "un nom est bien long" if long else ""


def _places(_text: str, items: Sequence[str]) -> str:
    if any(_TWO.search(item) for item in items):
        return "un lieu, ou deux ?"
    long = any(len(item.split()) > _LONG_PLACE or _PREPOSITION.match(item) or ": " in item for item in items)
    return "ces mots ne ressemblent pas à un nom de quartier" if long else ""


def _public(text: str, _items: Sequence[str]) -> str:
    return "un nombre, sans dire de qui" if is_amount(text) else ""


def _contact(text: str, _items: Sequence[str]) -> str:
    long = REACH.search(text) is None and len(text.split()) > _LONG_NAME
    return "ni téléphone ni adresse n'y sont reconnus" if long else ""


def _indicators(_text: str, items: Sequence[str]) -> str:
    long = any(len(item.split()) > _LONG_ITEM or is_prose(item) for item in items)
    return "une phrase plutôt qu'un indicateur" if long else ""


_CHECKS: Final = {
    "title": _title, "lead": _lead, "partners": _names, "themes": _names, "territories": _places, "public": _public,
    "indicators": _indicators, "contact": _contact,
}  # fmt: skip


def odd_money(budget: str, funding: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Why the total, then who pays, do not look like money; "" when they do."""
    found = amounts(budget)
    total = "aucun montant n'y est reconnu" if budget and not found and not is_amount(budget) else ""
    total = total or ("plusieurs montants y sont écrits" if len(found) > 1 else "")
    total = total or (
        "qui paie y est peut-être écrit" if "(" in budget and names_payer(budget.partition("(")[2]) else ""
    )
    total = total or ("d'autres mots y sont écrits" if len(budget.split()) > _LONG_BUDGET else "")
    for source, amount in funding:
        unclear = not source[:1].isalnum() or source.count("(") != source.count(")") or len(source.split()) > _LONG_NAME
        if unclear or not amount:
            return total, f"« {source[:60]} » : qui paie ?"
        if _GENERIC.match(source):
            return total, f"« {source[:60]} » : à qui ?"
    return total, ""
