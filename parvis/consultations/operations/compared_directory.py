"""A table of partners beside the directory that stands: what is new, what differs, what is refused; then few writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from parvis.consultations.models import Consultation, Partner, Theme
from parvis.consultations.operations.contacts import NOT_HER_ADDRESS, out_of_reach
from parvis.consultations.operations.partner_cells import YES, name_key
from parvis.core.bulk_write import replace_links, update_rows
from parvis.core.text import fold
from parvis.people.enums import COLLEGE_OF, College, OrganisationType
from parvis.people.models import Contact, Organisation, User
from parvis.people.organisation_names import by_name, organisation_key
from parvis.people.organisation_types import Cue
from parvis.territories.models import Territory

_COLUMNS: Final[dict[type[Organisation | Contact], tuple[str, ...]]] = {
    Organisation: ("siret", "phone", "address", "type"),
    Contact: ("name", "position", "email", "phone", "is_referent"),
}
Fault = tuple[int, str]
"""The number of a line, what is wrong with it."""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """One that the table brings, the number of the first line that names it, and how its type is known."""

    name: str
    line: int
    type: OrganisationType
    cue: Cue

    @property
    def college(self) -> College:
        return COLLEGE_OF[self.type]


@dataclass(slots=True)
class PartnersImport:
    """What an import did, or would do. Names are those of organisations."""

    new: list[NewOrganisation] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    contacts_created: int = 0
    contacts_updated: int = 0
    warnings: list[str] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    """The lines left out, when the good ones may come in without them."""

    @property
    def created(self) -> list[str]:
        return [organisation.name for organisation in self.new]

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated or self.contacts_created or self.contacts_updated)


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One line of the table, read: all that needs no row of the directory."""

    number: int
    cells: dict[str, str]
    siret: str
    type: OrganisationType | None
    """As its column says."""
    cue: Cue
    type_of_name: OrganisationType | None
    """What the name tells, or the title above: enough for a new organisation, too little to change one that stands."""
    themes: list[Theme]
    places: list[Territory]


@dataclass(eq=False, slots=True)
class _Entry:
    """An organisation and what hangs from it. The perimeter that the table gives, when it gives one."""

    organisation: Organisation
    partner: Partner | None = None
    people: list[Contact] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    places: list[Territory] = field(default_factory=list)
    first_line: int = 0
    """Of the table, that names it; 0 when none does."""
    cue: Cue = Cue.NOTHING
    was: dict[str, object] = field(default_factory=dict)
    """Its columns as they stand; empty when it is new."""

    @property
    def new(self) -> bool:
        return not self.was

    @property
    def changed(self) -> bool:
        return not self.new and self.was != _columns_of(self.organisation)

    def moves_perimeter(self) -> bool:
        """Whether a partner that stands is given another perimeter."""
        return self.partner is not None and any(
            wanted and {row.pk for row in wanted} != {row.pk for row in standing.all()}
            for wanted, standing in ((self.themes, self.partner.themes), (self.places, self.partner.territories))
        )


class ComparedDirectory:
    """The lines compared in memory with the directory, in five queries whatever their number.

    `faults`: what is wrong with lines (number, sentence). With some, nothing of this comparison may be written.
    """

    def __init__(self, actor: User | None, consultation: Consultation, lines: Sequence[PartnerLine]) -> None:
        self._consultation = consultation
        self.faults: list[Fault] = []
        self._entries = _entries_of(consultation)
        entry_of = {entry.organisation.pk: entry for entry in self._entries}
        known = by_name(entry.organisation for entry in self._entries)
        self._by_name = {key: entry_of[organisation.pk] for key, organisation in known.items()}
        self._by_siret = {entry.organisation.siret: entry for entry in self._entries if entry.organisation.siret}
        there = out_of_reach(actor).filter(contact__organisation__territory=consultation.territory)
        self._out_of_reach = set(there.values_list("contact_id", flat=True))
        self._new_people: list[Contact] = []
        self._people_were = {person.pk: _columns_of(person) for entry in self._entries for person in entry.people}
        for line in lines:
            self._take(line)
        self.outcome = self._outcome()

    def write(self) -> None:
        """Write what differs: some statements, and no row that the table leaves as it is."""
        named = [entry for entry in self._entries if entry.first_line]
        Organisation.objects.bulk_create(entry.organisation for entry in named if entry.new)
        changed = [entry.organisation for entry in named if entry.changed]
        update_rows(changed, _COLUMNS[Organisation])
        moved = [entry for entry in named if entry.partner is None or entry.moves_perimeter()]
        fresh = [entry for entry in named if entry.partner is None]
        for entry in fresh:
            entry.partner = Partner(consultation=self._consultation, organisation=entry.organisation)
        Partner.objects.bulk_create(entry.partner for entry in fresh if entry.partner is not None)
        for relation, name in ((Partner.themes, "themes"), (Partner.territories, "places")):
            wanted = {entry.partner.pk: [row.pk for row in getattr(entry, name)] for entry in moved if entry.partner}
            replace_links(relation, {partner: rows for partner, rows in wanted.items() if rows})
        Contact.objects.bulk_create(self._new_people)
        # Who was erased meanwhile stays so.
        update_rows(self._changed_people(), _COLUMNS[Contact], condition="erased_at IS NULL")

    def _changed_people(self) -> list[Contact]:
        """Those of the directory whom the whole table leaves otherwise: two lines may undo each other."""
        were = self._people_were
        standing = (person for entry in self._entries for person in entry.people if person.pk in were)
        return [person for person in standing if were[person.pk] != _columns_of(person)]

    def _outcome(self) -> PartnersImport:
        done = PartnersImport(contacts_created=len(self._new_people), contacts_updated=len(self._changed_people()))
        for entry in self._entries:
            organisation = entry.organisation
            if not entry.first_line:
                continue
            if entry.new:
                kind = OrganisationType(organisation.type)
                done.new.append(NewOrganisation(organisation.name, entry.first_line, kind, entry.cue))
            elif entry.changed or entry.moves_perimeter():
                done.updated.append(organisation.name)
            else:
                done.unchanged += 1
        return done

    def _take(self, line: PartnerLine) -> None:
        entry = self._entry(line)
        entry.first_line = entry.first_line or line.number
        entry.cue = Cue.COLUMN if line.type is not None else max(entry.cue, line.cue)
        entry.themes = line.themes or entry.themes
        entry.places = line.places or entry.places
        if _tells_someone(line.cells):
            fault = self._contact(entry, line.cells)
            if fault:
                self.faults.append((line.number, fault))

    def _entry(self, line: PartnerLine) -> _Entry:
        key = organisation_key(line.cells["organisation"])
        entry = (self._by_siret.get(line.siret) if line.siret else None) or self._by_name.get(key)
        if entry is None:
            organisation = Organisation(
                territory=self._consultation.territory,
                name=line.cells["organisation"],
                type=line.type or line.type_of_name or OrganisationType.OTHER,
            )
            entry = _Entry(organisation)
            self._entries.append(entry)
            self._by_name[key] = entry
        wanted = {"siret": line.siret}
        if line.cells["street"] or not entry.organisation.address:
            wanted["address"] = line.cells["address"][:400]  # a town alone does not replace a whole address
        if not _tells_someone(line.cells):
            wanted["phone"] = line.cells["phone"]
        if line.type is not None:
            wanted["type"] = line.type
        _give(entry.organisation, wanted)
        if entry.organisation.siret:
            self._by_siret[entry.organisation.siret] = entry
        return entry

    def _contact(self, entry: _Entry, cells: dict[str, str]) -> str:
        """Make or correct a contact; what is wrong, or nothing."""
        email, key = cells["email"].lower(), name_key(cells["name"] or cells["position"])
        same_address = (person for person in entry.people if email and person.email == email)
        same_name = (
            person
            for person in entry.people
            if key and key in _names_of(person, cells) and (not email or person.email in ("", email))
        )
        contact = next(same_address, None) or next(same_name, None)
        if contact is not None and email not in ("", contact.email) and contact.pk in self._out_of_reach:
            return f"« {contact} » : {NOT_HER_ADDRESS}"
        referent = fold(cells["referent"]) in YES
        other = next((person for person in entry.people if person.is_referent and person is not contact), None)
        if referent and other is not None:
            return f"« {entry.organisation} » a déjà un référent ({other}) : gardez-en un seul."
        if contact is None:
            contact = Contact(organisation=entry.organisation)
            entry.people.append(contact)
            self._new_people.append(contact)
        wanted = {"name": cells["name"], "position": cells["position"], "email": email, "phone": cells["phone"]}
        _give(contact, {**wanted, "is_referent": referent})
        return ""


def _entries_of(consultation: Consultation) -> list[_Entry]:
    """The directory that stands."""
    rows = Organisation.objects.filter(territory=consultation.territory)
    partners = Partner.objects.filter(consultation=consultation).order_by("pk")
    entries = {organisation.pk: _Entry(organisation, was=_columns_of(organisation)) for organisation in rows}
    for partner in partners.prefetch_related("themes", "territories"):
        entries[partner.organisation_id].partner = partner
    for contact in Contact.objects.filter(organisation__in=rows.order_by(), erased_at=None):
        entries[contact.organisation_id].people.append(contact)
    return list(entries.values())


def _tells_someone(cells: Mapping[str, str]) -> bool:
    """Whether a line names a person; else its telephone is that of the organisation."""
    return bool(cells["name"] or cells["email"] or cells["position"])


def _names_of(person: Contact, cells: Mapping[str, str]) -> tuple[str, ...]:
    """What a line may know her by: a line without a name says what she does."""
    return (name_key(str(person)), *(() if cells["name"] else (name_key(person.position),)))


def _columns_of(row: Organisation | Contact) -> dict[str, object]:
    """What the table may change of it."""
    return {name: getattr(row, name) for name in _COLUMNS[type(row)]}


def _give(row: Organisation | Contact, wanted: Mapping[str, object]) -> None:
    """Write in memory what is given."""
    for name, value in wanted.items():
        if value:
            setattr(row, name, value)
