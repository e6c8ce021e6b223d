"""The directory brought in a table: organisations, their perimeter, their contacts. Again updates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from parvis.consultations.lifecycle import refuse_in_archive
from parvis.consultations.models import Consultation
from parvis.consultations.name_match import NameMatcher
from parvis.consultations.operations.compared_directory import (
    ComparedDirectory,
    Fault,
    PartnerLine,
    PartnersImport,
)
from parvis.consultations.operations.partner_cells import COLUMNS
from parvis.consultations.operations.partner_rows import PartnerRow, read_partner_rows
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.core.uniqueness import refusing_duplicates
from parvis.people.enums import OrganisationType
from parvis.people.models import Organisation, User
from parvis.people.organisation_types import guess_type, type_from_words
from parvis.people.siret import clean_siret, siret_fault
from parvis.reading.spreadsheets import Grid, columns

_MOST_FAULTS: Final = 200


def import_partners(
    actor: User | None, consultation: Consultation, grid: Grid, *, dry_run: bool = False, good_only: bool = False
) -> PartnersImport:
    """Write the rows of `grid` into the directory of the consultation's territory.

    An organisation is known by its SIRET, else by its folded name; a contact by her address, else by her name. What the
    table does not say stays. Raises `RefusedInput` with a sentence for each faulty line; then nothing is written.
    With `good_only`, the faulty lines are left out, in `refused`, as long as one is good.
    All is read and compared before the transaction, which compares again what it writes: who is refused, or only looks,
    makes nobody wait.
    """
    refuse_in_archive(consultation)
    mapped = columns(grid, COLUMNS)
    if "organisation" in mapped.missing:
        raise RefusedInput(
            "Il manque la colonne des organismes : dites laquelle c'est, ou donnez-lui le titre « Organisme »."
        )
    read = read_partner_rows(grid, mapped)
    lines, faults = _understand(consultation, read.rows)
    compared = _compare(actor, consultation, lines, faults, good_only=good_only)
    if not dry_run:
        with refusing_duplicates():
            _lock_directory(consultation)
            compared = _compare(actor, consultation, lines, faults, good_only=good_only)
            compared.write()
            done = compared.outcome
            journal.record(actor, "import_partners", consultation, created=len(done.created), updated=len(done.updated))
    compared.outcome.warnings = [
        *grid.warnings, *read.warnings, *_unknown_types(lines)
    ]  # fmt: skip
    return compared.outcome


def _compare(
    actor: User | None,
    consultation: Consultation,
    lines: Sequence[PartnerLine],
    faults: Sequence[Fault],
    *,
    good_only: bool,
) -> ComparedDirectory:
    """The lines compared with the directory, without those at fault if the others may come in alone."""
    refused = list(faults)
    compared = ComparedDirectory(actor, consultation, lines)
    while compared.faults and good_only:
        refused += compared.faults
        at_fault = {number for number, _ in refused}
        lines = [line for line in lines if line.number not in at_fault]
        compared = ComparedDirectory(actor, consultation, lines)
    refused = sorted([*refused, *compared.faults], key=lambda fault: fault[0])
    if refused and not (good_only and lines):
        raise RefusedInput(
            "Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.",
            [f"Ligne {number} : {fault}" for number, fault in refused[:_MOST_FAULTS]],
        )
    compared.outcome.refused = refused
    return compared


def _lock_directory(consultation: Consultation) -> None:
    """One change of these organisations' people at a time; who speaks for them is not kept waiting."""
    rows = Organisation.objects.filter(territory=consultation.territory).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _understand(consultation: Consultation, rows: Sequence[PartnerRow]) -> tuple[list[PartnerLine], list[Fault]]:
    """The lines that can be understood, and what is wrong with the others, by number of line."""
    names = NameMatcher(consultation)
    lines: list[PartnerLine] = []
    faults: list[Fault] = []
    for row in rows:
        cells = row.cells
        themes, unknown = names.themes(cells["themes"])
        places, lost = names.places(cells["territories"])
        wrong = [*_faults(cells), *row.faults, *(f"{fault}." for fault in (*unknown, *lost))]
        faults += [(row.line, fault) for fault in wrong]
        if not wrong:
            siret = clean_siret(cells["siret"]) if cells["siret"] else ""
            guess, cue = guess_type(cells["organisation"], row.part)
            told = type_from_words(cells["type"])
            lines.append(PartnerLine(row.line, cells, siret, told, cue, guess, themes, places))
    return lines, faults


def _unknown_types(lines: list[PartnerLine]) -> Iterator[str]:
    for line in lines:
        if line.type is None and line.cells["type"]:
            kind = line.type_of_name or OrganisationType.OTHER
            yield f"Ligne {line.number} : type « {line.cells['type']} » inconnu, classé « {kind.label} »."


def _faults(cells: dict[str, str]) -> Iterator[str]:
    if not cells["organisation"]:
        yield "il manque le nom de l'organisme."
    elif len(cells["organisation"]) > 160:
        yield "le nom de l'organisme dépasse 160 caractères, raccourcissez-le."
    elif not fold(cells["organisation"]):
        yield "le nom de l'organisme n'a aucune lettre."
    fault = siret_fault(cells["siret"]) if cells["siret"] else None
    if fault:
        yield fault
    if cells["email"]:
        try:
            validate_email(cells["email"])
        except ValidationError:
            yield f"« {cells['email'][:80]} » n'est pas une adresse électronique."
    if any(len(cells[name]) > 120 for name in ("name", "position")) or len(cells["phone"]) > 40:
        yield "le nom, la fonction ou le téléphone est trop long."
