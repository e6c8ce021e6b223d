"""What a Word file says of an action, matched with the themes, the places and the directory of a consultation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from parvis.consultations.models import Consultation, Theme
from parvis.consultations.name_match import NameMatcher
from parvis.core.text import fold
from parvis.people.models import Organisation
from parvis.people.organisation_names import by_name
from parvis.reading.sheet_files import ReadSheet
from parvis.sheets.operations.save_sheet import SheetDetails
from parvis.territories.models import Territory

Named = TypeVar("Named", Theme, Territory)
_LIMITS: Final = {
    "title": 200, "summary": 1_000, "lead": 200, "public": 300, "since": 200, "budget": 200, "text": 20_000,
    "internal_note": 20_000,
}  # fmt: skip
_NAMES: Final = {
    "title": "l'intitulé", "summary": "le résumé", "lead": "le porteur", "public": "le public",
    "since": "le calendrier", "budget": "le budget", "text": "la description", "internal_note": "la note de l'équipe",
}  # fmt: skip
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_SHORTEST: Final = 3


@dataclass(slots=True)
class Matched:
    """What the names stand for. `doubts` holds (field, text) to be looked at, `too_long` what cannot be stored."""

    themes: list[Theme]
    territories: list[Territory]
    lead: Organisation | None
    doubts: list[tuple[str, str]] = field(default_factory=list)
    too_long: list[tuple[str, str]] = field(default_factory=list)


class Matcher:
    """Built once for a file: three queries, whatever the number of sheets."""

    def __init__(self, consultation: Consultation) -> None:
        self._names = NameMatcher(consultation)
        self._leads = by_name(Organisation.objects.filter(territory=consultation.territory).order_by("pk"))

    def match(self, read: Mapping[str, Any]) -> Matched:
        """`read` is what `as_json` gives."""
        doubts: list[tuple[str, str]] = []
        themes = _all(read["themes"], self._names.themes, "themes", "thématique", doubts)
        territories = _all(read["territories"], self._names.places, "territories", "territoire", doubts)
        if not territories and any(name == "territories" for name, _ in doubts):
            doubts.append(("territories", "aucun territoire coché : la fiche vaut partout"))
        lead = self._lead(read["lead"], doubts)
        return Matched(themes, territories, lead, doubts, list(_too_long(read)))

    def _lead(self, name: str, doubts: list[tuple[str, str]]) -> Organisation | None:
        key = fold(name)
        if not key:
            return None
        if key in self._leads:
            return self._leads[key]
        alike = (
            organisation
            for known, organisation in self._leads.items()
            if len(known) >= _SHORTEST and (f" {known} " in f" {key} " or f" {key} " in f" {known} ")
        )
        near = list(dict.fromkeys(alike))
        if len(near) == 1:
            doubts.append(("lead", f"rapproché de « {near[0].name} » dans l'annuaire : vérifiez"))
            return near[0]
        doubts.append(("lead", "ce porteur n'est pas dans l'annuaire"))
        return None


def _too_long(read: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, most in _LIMITS.items():
        size = len(note_of(read) if name == "internal_note" else read[name])
        if size > most:
            yield name, f"{_NAMES[name]} fait {size} signes, {most} au plus : raccourcissez"


def _all(
    written_names: Iterable[str], find: Callable[[str], tuple[list[Named], list[str]]], name: str, word: str,
    doubts: list[tuple[str, str]],
) -> list[Named]:  # fmt: skip
    """What each name stands for: as written, else without brackets or what comes before a colon."""
    matches: list[Named] = []
    for written in written_names:
        plain = (written, _BRACKETS.sub("", written), written.rpartition(":")[2])
        one = next((those for words in plain for those, faults in [find(words)] if those and not faults), [])
        matches += one
        if not one and fold(written) and find(written)[1]:
            doubts.append(
                (name, f"{word} « {written} » inconnu{'e' if word.endswith('que') else ''} de la concertation")
            )
    return list(dict.fromkeys(matches))


def as_json(sheet: ReadSheet) -> dict[str, Any]:
    """What is kept of a reading."""
    names = ("title", "summary", "lead", "public", "since", "budget", "text", "contact")
    lists = ("partners", "themes", "territories", "indicators")
    return (
        {name: getattr(sheet, name) for name in names}
        | {name: list(getattr(sheet, name)) for name in lists}
        | {name: [list(pair) for pair in getattr(sheet, name)] for name in ("funding", "other")}
    )


def note_of(read: Mapping[str, Any]) -> str:
    """What is for the team alone: how to reach someone, and what has no field."""
    parts = [f"Contact : {read['contact']}"] if read["contact"] else []
    parts += [f"{label} : {value}" if label else value for label, value in read["other"] if value]
    return "\n".join(parts)


def details_of_read(read: Mapping[str, Any], matched: Matched) -> SheetDetails:
    """What is stored when nobody changes anything."""
    return SheetDetails(
        title=read["title"], themes=matched.themes, summary=read["summary"], territories=matched.territories,
        lead=matched.lead, lead_name=read["lead"], partners=read["partners"], public=read["public"],
        since=read["since"], budget=read["budget"], funding=[(source, amount) for source, amount in read["funding"]],
        indicators=read["indicators"], text=read["text"], internal_note=note_of(read),
    )  # fmt: skip
