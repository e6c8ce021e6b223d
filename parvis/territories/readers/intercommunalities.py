"""The official list of agglomérations and of their communes, that `parvis.assets` puts beside (DGCL, INSEE)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.territories.enums import TerritoryKind
from parvis.territories.readers.codes import looks_damaged, siren, with_ligature
from parvis.territories.readers.entries import OfficialFile, TerritoryEntry
from parvis.territories.readers.tables import lost_letters

YEAR: Final = 2026
"""The list is that of 1 January."""
FILES: Final = ("epci.json", "ept.json")
"""EPCI with taxes of their own, then the territories (EPT) of Grand Paris."""
_FOLDER: Final = Path(__file__).resolve().parents[1] / "official"
_KINDS: Final = {
    "CA": "Communauté d'agglomération",
    "CC": "Communauté de communes",
    "CU": "Communauté urbaine",
}
_ABBREVIATED: Final = re.compile(rf"(?P<kind>{'|'.join(_KINDS)}) (?P<rest>.+)")
_MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Intercommunality:
    """An EPCI (or an EPT) and its communes, as INSEE code and name. `spoken`: the words it is searched by, folded."""

    siren: str
    name: str
    towns: tuple[tuple[str, str], ...]
    spoken: str


def read_intercommunalities(folder: Path = _FOLDER) -> list[Intercommunality]:
    """All of them. Raises `RefusedInput` when the list was not installed."""
    try:
        files = [json.loads((folder / name).read_text(encoding="utf-8")) for name in FILES]
    except FileNotFoundError:
        raise RefusedInput("La liste des agglomérations n'est pas installée : lancez « make install ».") from None
    return [_intercommunality(row) for rows in files for row in rows]


def _intercommunality(row: dict[str, Any]) -> Intercommunality:
    towns = tuple((town["code"], town["nom"]) for town in row["membres"])
    return Intercommunality(row["code"], full_name(row["nom"]), towns, fold(f"{_unfolded(row['nom'])} {row['nom']}"))


def full_name(name: str) -> str:
    """
    >>> full_name("CA du Grand Dole"), full_name("CA Communauté Paris-Saclay"), full_name("Plaine Commune")
    ("Communauté d'agglomération du Grand Dole", 'Communauté Paris-Saclay', 'Plaine Commune')
    """
    abbreviated = _ABBREVIATED.fullmatch(name)
    if abbreviated and abbreviated["rest"].startswith("Communauté"):
        return abbreviated["rest"]
    return _unfolded(name)


def _unfolded(name: str) -> str:
    return _ABBREVIATED.sub(lambda match: f"{_KINDS[match['kind']]} {match['rest']}", name)


def the_one_called(words: str, known: Iterable[Intercommunality]) -> Intercommunality:
    """The only one of this SIREN, of this very name, or whose name has these words, whole, else begun.

    Raises `RefusedInput` when none is, with their names when several are.
    """
    code, wanted, asked = siren(words), fold(words), " ".join(words.split())
    known = list(known)
    if not wanted:
        raise RefusedInput("Donnez le nom de votre agglomération, ou son SIREN.")
    tests = (
        lambda one: one.siren == code,
        lambda one: fold(one.name) == wanted,
        lambda one: set(wanted.split()) <= set(one.spoken.split()),
        lambda one: all(f" {word}" in f" {one.spoken}" for word in wanted.split()),
    )
    matching = next((chosen for test in tests if (chosen := [one for one in known if test(one)])), [])
    if len(matching) == 1:
        return matching[0]
    if not matching:
        raise RefusedInput(
            f"« {asked} » n'est ni le nom ni le SIREN (9 chiffres) d'une agglomération de la liste officielle "
            f"de {YEAR} : vérifiez-le. Si elle est plus récente, chargez d'abord ses communes "
            "(parvis import-territories FICHIER)."
        )
    lines = [f"{one.siren}  {one.name}" for one in sorted(matching, key=lambda one: fold(one.name))]
    more = len(lines) - _MOST_SHOWN
    raise RefusedInput(
        f"{len(lines)} agglomérations répondent à « {asked} » : donnez le SIREN de la vôtre, ou son nom entier.",
        [*lines[:_MOST_SHOWN], *([f"… et {more} de plus"] if more > 0 else [])],
    )


def towns_file(here: Intercommunality) -> OfficialFile:
    """The agglomération and its communes, ready to import."""
    top = TerritoryEntry(0, TerritoryKind.INTERCOMMUNALITY, here.siren, here.name)
    towns = (TerritoryEntry(0, TerritoryKind.MUNICIPALITY, code, name, here.siren) for code, name in here.towns)
    return OfficialFile((top, *towns))


def neighbourhoods_file(here: Intercommunality, official: OfficialFile) -> OfficialFile:
    """The priority neighbourhoods of `here` in a file of all of France, with the communes beside that some straddle.

    What the file says of the communes and of the name of `here` itself is left out: the list says it. Raises
    `RefusedInput` when it has none of its neighbourhoods.
    """
    ours = {code for code, _ in here.towns}
    kept = [
        entry for entry in official.entries if entry.kind == TerritoryKind.NEIGHBOURHOOD and ours & _towns_of(entry)
    ]
    if not kept:
        raise RefusedInput(
            f"Ce fichier n'a aucun quartier de « {here.name} » : il faut la liste des quartiers prioritaires, "
            "avec ses colonnes code_qp, lib_qp et insee_com."
        )
    beside = {town for entry in kept for town in _towns_of(entry)} - ours
    towns = [entry for entry in official.entries if entry.kind == TerritoryKind.MUNICIPALITY
             and entry.official_code in beside]  # fmt: skip
    above = {town.parent for town in towns} - {here.siren}
    tops = [entry for entry in official.entries if entry.kind == TerritoryKind.INTERCOMMUNALITY
            and entry.official_code in above]  # fmt: skip
    entries = (*tops, *towns, *kept)
    return OfficialFile(entries, tuple(lost_letters(entries)))


def _towns_of(entry: TerritoryEntry) -> set[str]:
    return {town for town in (entry.parent, *(entry.also_in or ())) if town is not None}


def with_lost_letters(file: OfficialFile) -> OfficialFile:
    """The same file, where « Cur d'Essonne » has its letter back when the official list says it of its code.

    A remark for each; names that the list does not know are kept as they came, with a remark too.
    """
    damaged = {entry.official_code for entry in file.entries if entry.name and looks_damaged(entry.name)}
    if not damaged:
        return file
    known = _official_names(damaged)
    entries, remarks = [], list(file.remarks)
    for entry in file.entries:
        name = with_ligature(entry.name or "", fold(known.get(entry.official_code, "")).split())
        if entry.name and name != entry.name:
            remarks.append(f"« {entry.name} » avait perdu une lettre dans le fichier : c'est « {name} ».")
        entries.append(replace(entry, name=name) if entry.name else entry)
    return OfficialFile(tuple(entries), (*remarks, *lost_letters(entries)))


def _official_names(codes: set[str]) -> dict[str, str]:
    try:
        known = read_intercommunalities()
    except RefusedInput:  # the list is not installed: nothing can be given back
        return {}
    names = {one.siren: one.name for one in known if one.siren in codes}
    return names | {code: name for one in known for code, name in one.towns if code in codes}
