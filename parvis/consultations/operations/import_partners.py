"""The directory brought in a table: organisations, their perimeter, their contacts. All or nothing; again updates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.name_match import NameMatcher
from parvis.consultations.operations.contacts import NOT_HER_ADDRESS, may_change_address
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.core.uniqueness import refusing_duplicates
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation, User
from parvis.people.organisation_types import type_from_words
from parvis.people.siret import clean_siret, siret_fault
from parvis.reading.spreadsheets import Grid, GridRow, Mapped, columns

COLUMNS: Final = {
    "organisation": ("Organisme", "Structure", "Nom de l'organisme", "Nom de la structure", "Partenaire"),
    "type": ("Type", "Catégorie", "Type d'organisme", "Type de structure", "Nature"),
    "siret": ("SIRET", "N° SIRET", "Numéro SIRET"),
    "name": ("Contact", "Nom du contact", "Interlocuteur", "Nom prénom", "Prénom nom", "Nom et prénom", "Nom"),
    "position": ("Fonction", "Poste", "Qualité"),
    "email": ("Courriel", "E-mail", "Mail", "Adresse mail", "Adresse e-mail", "Adresse électronique"),
    "phone": ("Téléphone", "Tél", "Portable", "Numéro de téléphone"),
    "address": ("Adresse postale", "Adresse"),
    "referent": ("Référent", "Référent de l'organisme", "Est référent"),
    "themes": ("Thématiques", "Thèmes", "Thématique", "Thème"),
    "territories": ("Territoires", "QPV", "Quartiers", "Communes", "Périmètre", "Territoire", "Commune"),
}
_YES: Final = frozenset({"oui", "o", "x", "1", "vrai", "true", "yes"})
_MOST_FAULTS: Final = 200
_SPACES: Final = re.compile(r"\s+")


@dataclass(slots=True)
class PartnersImport:
    """What an import did, or would do. Names are those of organisations."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    contacts_created: int = 0
    contacts_updated: int = 0
    warnings: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated or self.contacts_created or self.contacts_updated)


class _Undo(Exception):
    """A rehearsal is over: nothing is kept."""


def import_partners(
    actor: User | None, consultation: Consultation, grid: Grid, *, dry_run: bool = False
) -> PartnersImport:
    """Write the rows of `grid` into the directory of the consultation's territory.

    An organisation is known by its SIRET, else by its folded name; a contact by her address, else by her name. What the
    table does not say stays. Raises `RefusedInput` with a sentence for each faulty line; then nothing is written.
    """
    mapped = columns(grid, COLUMNS)
    if "organisation" in mapped.missing:
        raise RefusedInput("Il manque la colonne des organismes : donnez-lui le titre « Organisme », puis recommencez.")
    done = PartnersImport(warnings=[*grid.warnings, *mapped.warnings])
    try:
        with refusing_duplicates():
            _Importing(actor, consultation, mapped, done).run(grid)
            if dry_run:
                raise _Undo
            journal.record(actor, "import_partners", consultation, created=len(done.created), updated=len(done.updated))
    except _Undo:
        pass
    return done


class _Importing:
    """One import under way."""

    def __init__(self, actor: User | None, consultation: Consultation, mapped: Mapped, done: PartnersImport) -> None:
        self.actor, self.consultation, self.mapped, self.done = actor, consultation, mapped, done
        self.names = NameMatcher(consultation)
        known = list(Organisation.objects.filter(territory=consultation.territory))
        self.by_name = {organisation.sort_key: organisation for organisation in known}
        self.by_siret = {organisation.siret: organisation for organisation in known if organisation.siret}
        self.faults: list[str] = []
        self.seen: dict[int, int] = {}
        self.touched: set[int] = set()

    def run(self, grid: Grid) -> None:
        for row in grid.rows:
            faults = list(self._line(row))
            self.faults += [f"Ligne {row.line} : {fault}" for fault in faults]
        if self.faults:
            raise RefusedInput(
                "Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", self.faults[:_MOST_FAULTS]
            )
        self.done.unchanged = len(self.touched) - len(self.done.created) - len(self.done.updated)

    def _line(self, row: GridRow) -> Iterator[str]:
        """Import one line; yields what is wrong with it."""
        cells = {name: _SPACES.sub(" ", self.mapped.value(row, name)).strip() for name in COLUMNS}
        cells |= {name: self.mapped.value(row, name).strip() for name in ("themes", "territories", "address")}
        faults = list(self._faults(cells))
        themes, unknown = self.names.themes(cells["themes"])
        places, lost = self.names.places(cells["territories"])
        faults += [f"{fault}." for fault in (*unknown, *lost)]
        if faults:
            yield from faults
            return
        organisation = self._organisation(row, cells)
        partner, new = Partner.objects.get_or_create(consultation=self.consultation, organisation=organisation)
        changed = bool(cells["themes"]) and _replace(partner.themes, themes)
        changed |= bool(cells["territories"]) and _replace(partner.territories, places)
        self._note(organisation, changed=changed and not new)
        if cells["name"] or cells["email"]:
            fault = self._contact(organisation, cells)
            if fault:
                yield fault

    def _faults(self, cells: dict[str, str]) -> Iterator[str]:
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

    def _organisation(self, row: GridRow, cells: dict[str, str]) -> Organisation:
        siret = clean_siret(cells["siret"]) if cells["siret"] else ""
        key = fold(cells["organisation"])[:160]
        organisation = (self.by_siret.get(siret) if siret else None) or self.by_name.get(key)
        kind = type_from_words(cells["type"] or cells["organisation"])
        if kind is None and cells["type"]:
            self.done.warnings.append(f"Ligne {row.line} : type « {cells['type']} » inconnu, classé « Autre ».")
        if organisation is None:
            organisation = Organisation(territory=self.consultation.territory, type=kind or OrganisationType.OTHER)
            organisation.name = cells["organisation"]
            changed, new = True, True
        else:
            changed, new = False, False
        wanted = {"siret": siret, "address": cells["address"][:400]}
        if cells["type"] and kind is not None:
            wanted["type"] = kind
        for name, value in wanted.items():
            if value and getattr(organisation, name) != value:
                setattr(organisation, name, value)
                changed = True
        if changed:
            organisation.save()
        self.by_name[organisation.sort_key] = organisation
        if organisation.siret:
            self.by_siret[organisation.siret] = organisation
        if new:
            self.done.created.append(organisation.name)
            self.touched.add(organisation.pk)
        else:
            self._note(organisation, changed=changed)
        return organisation

    def _note(self, organisation: Organisation, *, changed: bool) -> None:
        self.touched.add(organisation.pk)
        if changed and organisation.name not in self.done.created and organisation.name not in self.done.updated:
            self.done.updated.append(organisation.name)

    def _contact(self, organisation: Organisation, cells: dict[str, str]) -> str:
        """Make or correct a contact; what is wrong, or nothing."""
        email = cells["email"].lower()
        people = Contact.objects.filter(organisation=organisation, erased_at=None)
        contact = (people.filter(email=email).first() if email else None) or people.filter(
            sort_key=fold(cells["name"])[:120], email__in=["", email]
        ).first()
        new = contact is None
        contact = contact or Contact(organisation=organisation)
        wanted = {"name": cells["name"], "position": cells["position"], "email": email, "phone": cells["phone"]}
        changed = False
        if email and email != contact.email and not may_change_address(self.actor, contact):
            return f"« {contact} » : {NOT_HER_ADDRESS}"
        for name, value in wanted.items():
            if value and getattr(contact, name) != value:
                setattr(contact, name, value)
                changed = True
        if fold(cells["referent"]) in _YES and not contact.is_referent:
            other = people.filter(is_referent=True).exclude(pk=contact.pk).first()
            if other is not None:
                return f"« {organisation} » a déjà un référent ({other}) : gardez-en un seul."
            contact.is_referent = changed = True
        if new or changed:
            contact.save()
        self.done.contacts_created += new
        self.done.contacts_updated += changed and not new
        return ""


def _replace(standing: Any, wanted: list[Any]) -> bool:
    """Have a relation hold these rows, and no others; whether it changed."""
    if set(standing.all()) == set(wanted):
        return False
    standing.set(wanted)
    return True
