"""The directory brought in a table: organisations, their perimeter, their contacts. All or nothing; again updates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.table_words import Names
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
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
    """Bring `grid` into the directory of the consultation's territory.

    An organisation is known by its SIRET, else by its folded name; a contact by her address, else by her name. What the
    table does not say stays. Raises `RefusedInput` with a sentence for each faulty line; then nothing is written.
    """
    mapped = columns(grid, COLUMNS)
    if "organisation" in mapped.missing:
        raise RefusedInput("Il manque la colonne des organismes : donnez-lui le titre « Organisme », puis recommencez.")
    done = PartnersImport(warnings=[*grid.warnings, *mapped.warnings])
    try:
        with transaction.atomic():
            _Bringing(consultation, mapped, done).bring(grid)
            if dry_run:
                raise _Undo
            journal.record(actor, "import_partners", consultation, created=len(done.created), updated=len(done.updated))
    except _Undo:
        pass
    return done


class _Bringing:
    """One import under way."""

    def __init__(self, consultation: Consultation, mapped: Mapped, done: PartnersImport) -> None:
        self.consultation, self.mapped, self.done = consultation, mapped, done
        self.names = Names(consultation)
        known = list(Organisation.objects.filter(territory=consultation.territory))
        self.by_name = {each.sort_key: each for each in known}
        self.by_siret = {each.siret: each for each in known if each.siret}
        self.faults: list[str] = []
        self.seen: dict[int, int] = {}
        self.touched: set[int] = set()

    def bring(self, grid: Grid) -> None:
        for row in grid.rows:
            faults = list(self._line(row))
            self.faults += [f"Ligne {row.line} : {fault}" for fault in faults]
        if self.faults:
            raise RefusedInput(
                "Rien n'a été importé : corrigez les lignes indiquées, puis recommencez.", self.faults[:_MOST_FAULTS]
            )
        self.done.unchanged = len(self.touched) - len(self.done.created) - len(self.done.updated)

    def _line(self, row: GridRow) -> Iterator[str]:
        """Bring one line; yields what is wrong with it."""
        said = {name: _SPACES.sub(" ", self.mapped.value(row, name)).strip() for name in COLUMNS}
        said |= {name: self.mapped.value(row, name).strip() for name in ("themes", "territories", "address")}
        faults = list(self._faults(said))
        themes, unknown = self.names.themes(said["themes"])
        places, lost = self.names.places(said["territories"])
        faults += [f"{each}." for each in (*unknown, *lost)]
        if faults:
            yield from faults
            return
        organisation = self._organisation(row, said)
        partner, new = Partner.objects.get_or_create(consultation=self.consultation, organisation=organisation)
        before = set(partner.themes.all()), set(partner.territories.all())
        if said["themes"]:
            partner.themes.set(themes)
        if said["territories"]:
            partner.territories.set(places)
        changed = not new and before != (set(partner.themes.all()), set(partner.territories.all()))
        self._note(organisation, changed=changed)
        if said["name"] or said["email"]:
            fault = self._contact(organisation, said)
            if fault:
                yield fault

    def _faults(self, said: dict[str, str]) -> Iterator[str]:
        if not said["organisation"]:
            yield "il manque le nom de l'organisme."
        elif len(said["organisation"]) > 160:
            yield "le nom de l'organisme dépasse 160 caractères, raccourcissez-le."
        elif not fold(said["organisation"]):
            yield "le nom de l'organisme n'a aucune lettre."
        fault = siret_fault(said["siret"]) if said["siret"] else None
        if fault:
            yield fault
        if said["email"]:
            try:
                validate_email(said["email"])
            except ValidationError:
                yield f"« {said['email'][:80]} » n'est pas une adresse électronique."
        if any(len(said[name]) > 120 for name in ("name", "position")) or len(said["phone"]) > 40:
            yield "le nom, la fonction ou le téléphone est trop long."

    def _organisation(self, row: GridRow, said: dict[str, str]) -> Organisation:
        siret = clean_siret(said["siret"]) if said["siret"] else ""
        key = fold(said["organisation"])[:160]
        held = (self.by_siret.get(siret) if siret else None) or self.by_name.get(key)
        kind = type_from_words(said["type"] or said["organisation"])
        if kind is None and said["type"]:
            self.done.warnings.append(f"Ligne {row.line} : type « {said['type']} » inconnu, classé « Autre ».")
        if held is None:
            held = Organisation(territory=self.consultation.territory, type=kind or OrganisationType.OTHER)
            held.name = said["organisation"]
            changed, new = True, True
        else:
            changed, new = False, False
        wanted = {"siret": siret, "address": said["address"][:400]}
        if said["type"] and kind is not None:
            wanted["type"] = kind
        for name, value in wanted.items():
            if value and getattr(held, name) != value:
                setattr(held, name, value)
                changed = True
        if changed:
            held.save()
        self.by_name[held.sort_key] = held
        if held.siret:
            self.by_siret[held.siret] = held
        if new:
            self.done.created.append(held.name)
            self.touched.add(held.pk)
        else:
            self._note(held, changed=changed)
        return held

    def _note(self, organisation: Organisation, *, changed: bool) -> None:
        self.touched.add(organisation.pk)
        if changed and organisation.name not in self.done.created and organisation.name not in self.done.updated:
            self.done.updated.append(organisation.name)

    def _contact(self, organisation: Organisation, said: dict[str, str]) -> str:
        """Make or correct a contact; what is wrong, or nothing."""
        email = said["email"].lower()
        people = Contact.objects.filter(organisation=organisation, erased_at=None)
        held = (people.filter(email=email).first() if email else None) or people.filter(
            sort_key=fold(said["name"])[:120], email__in=["", email]
        ).first()
        new = held is None
        held = held or Contact(organisation=organisation)
        wanted = {"name": said["name"], "position": said["position"], "email": email, "phone": said["phone"]}
        changed = False
        for name, value in wanted.items():
            if value and getattr(held, name) != value:
                setattr(held, name, value)
                changed = True
        if fold(said["referent"]) in _YES and not held.is_referent:
            other = people.filter(is_referent=True).exclude(pk=held.pk).first()
            if other is not None:
                return f"« {organisation} » a déjà un référent ({other}) : gardez-en un seul."
            held.is_referent = changed = True
        if new or changed:
            held.save()
        self.done.contacts_created += new
        self.done.contacts_updated += changed and not new
        return ""
