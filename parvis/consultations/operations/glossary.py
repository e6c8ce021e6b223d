"""The glossary of an agglomération: acronyms spelled out for everybody."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.db import transaction

from parvis.consultations.models import GlossaryEntry
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.people.models import User
from parvis.territories.models import Territory

_HEADERS = frozenset({"sigle", "acronyme", "sigles"})
_ACRONYM, _EXPANSION, _EXPLANATION = 30, 200, 600
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym, what it stands for, and what the thing is for."""

    acronym: str
    expansion: str
    explanation: str = ""


@transaction.atomic
def save_entry(actor: User, territory: Territory, definition: Definition, entry: GlossaryEntry | None = None) -> None:
    """Write a new entry, or change `entry`."""
    taken = GlossaryEntry.objects.filter(territory=territory, acronym=definition.acronym)
    if taken.exclude(pk=entry.pk if entry else 0).exists():
        raise RefusedInput("Ce sigle est déjà dans le glossaire : modifiez-le plutôt.")
    kept = entry or GlossaryEntry()
    kept.territory, kept.acronym = territory, definition.acronym
    kept.expansion, kept.explanation = definition.expansion, definition.explanation
    kept.save()
    journal.record(actor, "save_glossary_entry", territory, entry=kept.code)


@transaction.atomic
def delete_entry(actor: User, entry: GlossaryEntry) -> None:
    """Take an acronym out of the glossary."""
    journal.record(actor, "delete_glossary_entry", entry.territory, entry=entry.code)
    entry.delete()


def read_definitions(text: str) -> list[Definition]:
    """Lines « sigle ; en toutes lettres ; à quoi ça sert » (or tabs, or commas). One sentence for each faulty line."""
    definitions: dict[str, Definition] = {}
    faults: list[str] = []
    for line, cells in _cells(text):
        if line == 1 and cells and fold(cells[0]) in _HEADERS:
            continue
        acronym, expansion, explanation = (*cells, "", "", "")[:3]
        fault = _fault(cells, acronym, expansion, explanation)
        if fault is None and acronym in definitions:
            fault = f"« {acronym} » est déjà plus haut, gardez une seule des deux lignes."
        if fault:
            faults.append(f"Ligne {line} : {fault}")
        else:
            definitions[acronym] = Definition(acronym, expansion, explanation)
    if faults:
        raise RefusedInput("Rien n'a été ajouté : corrigez les lignes indiquées.", faults)
    if not definitions:
        raise RefusedInput("Aucun sigle dans ce texte : écrivez une ligne par sigle, « CAF ; Caisse d'allocations… ».")
    if len(definitions) > _MOST:
        raise RefusedInput(f"Plus de {_MOST} sigles d'un coup : collez-les en plusieurs fois.")
    return list(definitions.values())


def _fault(cells: list[str], acronym: str, expansion: str, explanation: str) -> str | None:
    if len(cells) > 3:
        return "plus de trois colonnes, mettez entre guillemets un texte qui contient le séparateur."
    if not acronym or not expansion:
        return "il faut le sigle puis ses mots en toutes lettres."
    for value, most, name in (
        (acronym, _ACRONYM, "le sigle"),
        (expansion, _EXPANSION, "le nom en toutes lettres"),
        (explanation, _EXPLANATION, "l'explication"),
    ):
        if len(value) > most:
            return f"{name} dépasse {most} caractères, raccourcissez."
    return None


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """Rows that are not blank, with the number of their first line."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in plain.split("\n") if line.strip()), "")
    separator = next((mark for mark in (";", "\t") if mark in first), ",")
    reader = csv.reader(io.StringIO(plain), delimiter=separator)
    rows, line = [], 1
    try:
        for cells in reader:
            cells = [" ".join(cell.split()) for cell in cells]
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        raise RefusedInput(f"La ligne {line} ne se lit pas comme un tableau : vérifiez ses guillemets.") from None
    return rows


@transaction.atomic
def import_entries(actor: User, territory: Territory, text: str) -> tuple[int, int]:
    """Add or change many entries at once, all or nothing: how many are new, how many changed."""
    definitions = read_definitions(text)
    known = {entry.acronym: entry for entry in territory.glossary.select_for_update()}
    added = changed = 0
    for definition in definitions:
        entry = known.get(definition.acronym)
        if entry is None:
            added += 1
            entry = GlossaryEntry(territory=territory, acronym=definition.acronym)
        elif (entry.expansion, entry.explanation) == (definition.expansion, definition.explanation):
            continue
        else:
            changed += 1
        entry.expansion, entry.explanation = definition.expansion, definition.explanation
        entry.save()
    journal.record(actor, "import_glossary", territory, added=added, changed=changed)
    return added, changed
