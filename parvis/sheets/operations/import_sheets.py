"""Sheets brought in a table: one a line, all or nothing; the same title again updates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from parvis.consultations.models import Consultation
from parvis.consultations.name_match import NameMatcher
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.core.uniqueness import refusing_duplicates
from parvis.people.models import Organisation, User
from parvis.reading.spreadsheets import Grid, GridRow, Mapped, columns
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.save_sheet import SheetDetails, details_of, save_sheet

COLUMNS: Final = {
    "title": ("Intitulé", "Titre", "Nom de l'action", "Intitulé de l'action", "Action", "Nom du projet", "Projet"),
    "summary": ("Résumé", "En bref", "Présentation", "Objectifs", "Objectif"),
    "themes": ("Thématiques", "Thématique", "Thème", "Thèmes", "Axe", "Pilier"),
    "territories": ("QPV", "Territoires", "Quartiers", "Quartier", "Territoire", "Communes", "Lieu", "QPV concernés"),
    "lead": ("Porteur", "Structure porteuse", "Porteur de l'action", "Pilote", "Maître d'ouvrage"),
    "partners": ("Partenaires", "Partenaires associés"),
    "public": ("Public", "Public visé", "Bénéficiaires", "Publics"),
    "since": ("Depuis", "Date de début", "Calendrier", "Période", "Année"),
    "budget": ("Budget", "Coût", "Coût total", "Montant", "Budget total"),
    "funding": ("Financeurs", "Financements", "Financement", "Cofinancements"),
    "indicators": ("Indicateurs", "Évaluation", "Indicateurs d'évaluation", "Résultats"),
    "text": ("Description", "Descriptif", "Contenu", "Texte", "Déroulement", "Modalités"),
}
_LIMITS: Final = {
    "title": 200, "summary": 1_000, "lead": 200, "public": 300, "since": 200, "budget": 200, "text": 20_000
}  # fmt: skip
_LIST: Final = re.compile(r"\s*[;\n|]\s*")
_AMOUNT: Final = re.compile(
    r"^(?P<source>.*?)\s*(?:[:(–]|(?<=\s)-\s)\s*(?P<amount>\d[\d\s.,\u00a0\u202f]*(?:k?€|euros?)?)\)?$"
)
_MOST_FAULTS: Final = 200


@dataclass(slots=True)
class SheetsImport:
    """What an import did, or would do: titles."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated)


class _Undo(Exception):
    """A rehearsal is over: nothing is kept."""


def import_sheets(actor: User | None, consultation: Consultation, grid: Grid, *, dry_run: bool = False) -> SheetsImport:
    """Bring each line of `grid` as a sheet, a draft when it is new. What the table does not say stays.

    Raises `RefusedInput` with a sentence for each faulty line; then nothing is written.
    """
    mapped = columns(grid, COLUMNS)
    if "title" in mapped.missing:
        raise RefusedInput(
            "Il manque la colonne des intitulés : donnez-lui le titre « Intitulé » ou « Titre », puis recommencez."
        )
    done = SheetsImport(warnings=[*grid.warnings, *mapped.warnings])
    try:
        with refusing_duplicates():
            _bring(actor, consultation, grid, mapped, done)
            if dry_run:
                raise _Undo
            journal.record(actor, "import_sheets", consultation, created=len(done.created), updated=len(done.updated))
    except _Undo:
        pass
    return done


def _bring(actor: User | None, consultation: Consultation, grid: Grid, mapped: Mapped, done: SheetsImport) -> None:
    names = NameMatcher(consultation)
    leads = {each.sort_key: each for each in Organisation.objects.filter(territory=consultation.territory)}
    known = {
        sheet.sort_key: sheet
        for sheet in ActionSheet.objects.filter(consultation=consultation).prefetch_related("themes", "territories")
    }
    faults: list[str] = []
    seen: dict[str, int] = {}
    for row in grid.rows:
        said = {name: mapped.value(row, name).strip() for name in COLUMNS}
        wrong = [*_faults(said), *_twice(said["title"], row, seen)]
        themes, unknown = names.themes(said["themes"])
        places, lost = names.places(said["territories"])
        wrong += [f"{each}." for each in (*unknown, *lost)]
        standing = known.get(fold(said["title"])[:200])
        if standing is None and not themes and not unknown:
            wrong.append("il manque la thématique.")
        faults += [f"Ligne {row.line} : {each}" for each in wrong]
        if wrong:
            continue
        said_so: dict[str, Any] = {
            "title": said["title"],
            "themes": themes,
            "territories": places,
            "lead": leads.get(fold(said["lead"])),
            "lead_name": said["lead"],
            "partners": _list(said["partners"]),
            "funding": funding_lines(said["funding"]),
            "indicators": _list(said["indicators"]),
            **{name: said[name] for name in ("summary", "public", "since", "budget", "text")},
        }
        before = details_of(standing) if standing is not None else SheetDetails(said["title"], themes)
        details = replace(before, **{name: what for name, what in said_so.items() if what})
        save_sheet(actor, consultation, details, standing)
        (done.created if standing is None else done.updated).append(said["title"])
    if faults:
        raise RefusedInput(
            "Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", faults[:_MOST_FAULTS]
        )


def _faults(said: dict[str, str]) -> Iterator[str]:
    if not fold(said["title"]):
        yield "il manque l'intitulé de l'action."
    for name, most in _LIMITS.items():
        if len(said[name]) > most:
            yield f"« {COLUMNS[name][0]} » dépasse {most} caractères, raccourcissez."


def _twice(title: str, row: GridRow, seen: dict[str, int]) -> Iterator[str]:
    first = seen.setdefault(fold(title), row.line)
    if title and first != row.line:
        yield f"cet intitulé est déjà ligne {first}."


def _list(cell: str) -> list[str]:
    return [part.strip(" -•\t") for part in _LIST.split(cell) if part.strip(" -•\t")]


def funding_lines(cell: str) -> list[tuple[str, str]]:
    """« État : 12 000 € ; CAF (3 000 €) » → sources and amounts; a line without amount keeps its words."""
    found = []
    for part in _list(cell):
        match = _AMOUNT.match(part)
        found.append((match["source"].strip(), match["amount"].strip()) if match else (part, ""))
    return found
