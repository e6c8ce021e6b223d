"""Sheets brought in a table: one a line, all or nothing; the same title again updates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from parvis.consultations.lifecycle import refuse_in_archive
from parvis.consultations.models import Consultation
from parvis.consultations.name_match import NameMatcher
from parvis.core import journal
from parvis.core.bulk_write import replace_links, update_rows
from parvis.core.errors import RefusedInput
from parvis.core.one_line import one_line
from parvis.core.text import fold
from parvis.core.uniqueness import refusing_duplicates
from parvis.people.models import Organisation, User
from parvis.people.organisation_names import by_name
from parvis.reading.spreadsheets import Grid, GridRow, Mapped, columns
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.save_sheet import SheetDetails, details_of, fill_sheet, next_number

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


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table, read: what it gives of a sheet, known by its key."""

    key: str
    title: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Change:
    """A sheet as the table wants it, and the columns that then differ."""

    sheet: ActionSheet
    title: str
    details: SheetDetails
    differs: frozenset[str]
    links_differ: bool

    @property
    def new(self) -> bool:
        return self.sheet.pk is None


def import_sheets(actor: User | None, consultation: Consultation, grid: Grid, *, dry_run: bool = False) -> SheetsImport:
    """Bring each line of `grid` as a sheet, a draft when it is new. What the table does not say stays.

    Raises `RefusedInput` with a sentence for each faulty line; then nothing is written. All is read and compared before
    the transaction, which compares again what it writes: who is refused, or only looks, makes nobody wait.
    """
    refuse_in_archive(consultation)
    mapped = columns(grid, COLUMNS)
    if "title" in mapped.missing:
        raise RefusedInput(
            "Il manque la colonne des intitulés : donnez-lui le titre « Intitulé » ou « Titre », puis recommencez."
        )
    lines = _read(consultation, mapped, grid)
    done = _outcome(_compare(lines, _standing(consultation)))
    if not dry_run:
        with refusing_duplicates():
            number = next_number(consultation)
            changes = _compare(lines, _standing(consultation, lock=True))
            done = _outcome(changes)
            _write(actor, consultation, changes, number)
            journal.record(actor, "import_sheets", consultation, created=len(done.created), updated=len(done.updated))
    done.warnings = [*grid.warnings, *mapped.warnings]
    return done


def _standing(consultation: Consultation, *, lock: bool = False) -> dict[str, ActionSheet]:
    """The sheets that are there, by key. Locked, they still take opinions."""
    sheets = ActionSheet.objects.filter(consultation=consultation).prefetch_related(
        "themes", "territories", "lead", "consultation"
    )
    return {sheet.sort_key: sheet for sheet in (sheets.select_for_update(no_key=True) if lock else sheets)}


def _read(consultation: Consultation, mapped: Mapped, grid: Grid) -> list[_Line]:
    """Raises `RefusedInput` with what is wrong with each line."""
    names, standing = NameMatcher(consultation), _standing(consultation)
    leads = by_name(Organisation.objects.filter(territory=consultation.territory))
    lines: list[_Line] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for row in grid.rows:
        cells = {name: mapped.value(row, name).strip() for name in COLUMNS}
        wrong = [*_faults(cells), *_twice(cells["title"], row, seen)]
        themes, unknown = names.themes(cells["themes"])
        places, lost = names.places(cells["territories"])
        wrong += [f"{fault}." for fault in (*unknown, *lost)]
        key = fold(cells["title"])[:200]
        if key not in standing and not themes and not unknown:
            wrong.append("il manque la thématique.")
        faults += [f"Ligne {row.line} : {fault}" for fault in wrong]
        given: dict[str, Any] = {
            "title": one_line(cells["title"]),
            "themes": themes,
            "territories": places,
            "lead": leads.get(fold(cells["lead"])),
            "lead_name": one_line(cells["lead"]),
            "partners": _list(cells["partners"]),
            "funding": funding_lines(cells["funding"]),
            "indicators": _list(cells["indicators"]),
            **{name: cells[name] for name in ("summary", "public", "since", "budget", "text")},
        }
        lines.append(_Line(key, cells["title"], {name: value for name, value in given.items() if value}))
    if faults:
        raise RefusedInput(
            "Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", faults[:_MOST_FAULTS]
        )
    return lines


def _compare(lines: Sequence[_Line], standing: Mapping[str, ActionSheet]) -> list[_Change]:
    """What the lines make or change. A sheet that was taken away since it was read must have a theme to come back."""
    changes = []
    for line in lines:
        sheet = standing.get(line.key)
        if sheet is None and "themes" not in line.given:
            raise RefusedInput(f"La fiche « {line.title} » vient d'être enlevée : recommencez.")
        before = details_of(sheet) if sheet is not None else SheetDetails(line.title, ())
        details = replace(before, **line.given)
        links_differ = {*details.themes} != {*before.themes} or {*details.territories} != {*before.territories}
        sheet = sheet or ActionSheet()
        changes.append(_Change(sheet, line.title, details, frozenset(fill_sheet(sheet, details)), links_differ))
    return changes


def _outcome(changes: Sequence[_Change]) -> SheetsImport:
    updated = [change.title for change in changes if not change.new and (change.differs or change.links_differ)]
    return SheetsImport([change.title for change in changes if change.new], updated)


def _write(actor: User | None, consultation: Consultation, changes: Sequence[_Change], number: int) -> None:
    """Write what differs, in some statements. `number` is that of the first new sheet."""
    made = [change.sheet for change in changes if change.new]
    kept = [change.sheet for change in changes if not change.new and change.differs]
    moved = [change for change in changes if change.new or change.links_differ]
    touched = [(change, change.new) for change in changes if change.new or change.differs or change.links_differ]
    for rank, sheet in enumerate(made, start=number):
        sheet.consultation, sheet.number = consultation, rank
    ActionSheet.objects.bulk_create(made)
    names = {name.removesuffix("_id") for change in changes if not change.new for name in change.differs}
    update_rows(kept, names)
    for relation, name in ((ActionSheet.themes, "themes"), (ActionSheet.territories, "territories")):
        replace_links(
            relation, {change.sheet.pk: [row.pk for row in getattr(change.details, name)] for change in moved}
        )
    for verb, new in (("create_sheet", True), ("update_sheet", False)):
        sheets = [change.sheet for change, was_new in touched if was_new == new]
        journal.record_all(actor, verb, [(sheet, {"audience": sheet.audience}) for sheet in sheets])


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
