"""Tables of partners as they are taken away: a model to fill in, the lines to correct, the directory itself.

All have the columns that the import reads: what is taken away can be brought back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.db.models import Prefetch

from parvis.consultations.models import Consultation, Partner
from parvis.consultations.operations.compared_directory import Fault
from parvis.consultations.operations.partner_cells import COLUMNS
from parvis.consultations.operations.partner_rows import read_partner_rows
from parvis.documents.tables import Column, Table, Value
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact
from parvis.reading.spreadsheets import Grid, columns

_TYPES: Final = ", ".join(kind.label for kind in OrganisationType)
_COLUMNS: Final = (
    Column("organisation", "Organisme", "Son nom ; la seule colonne obligatoire."),
    Column("type", "Type", f"L'un de : {_TYPES}."),
    Column("siret", "SIRET", "Ses 14 chiffres, en texte."),
    Column("name", "Contact", "Une personne par ligne : civilité, prénom et nom."),
    Column("position", "Fonction", "Ce qu'elle fait dans l'organisme."),
    Column("email", "Courriel", "Son adresse électronique."),
    Column("phone", "Téléphone", "En texte : sinon le tableur enlève le zéro. Sans personne, celui de l'organisme."),
    Column("referent", "Référent", "« oui » pour la personne qui parle pour l'organisme."),
    Column("address", "Adresse postale", "Celle de l'organisme."),
    Column("themes", "Thématiques", "Séparées par « ; » ; vide pour toutes."),
    Column("territories", "Territoires", "Communes et quartiers, séparés par « ; » ; vide pour tous."),
)
_COLLEGE: Final = Column("college", "Collège", "Il suit du type ; l'import ne le lit pas.")
_REASON: Final = COLUMNS["reason"][0]
_AS_IT_WAS: Final = "Comme dans votre tableau."
_HELP: Final = {_REASON: "Ce qui empêche d'importer la ligne ; l'import ne lit pas cette colonne."}


def model_table() -> Table:
    """An empty table with the titles that are read, each explained."""
    return Table("Partenaires", _COLUMNS, ())


def refused_lines_of(grid: Grid, refused: Sequence[Fault]) -> Grid:
    """The lines of `grid` that do not come in, as they are, each with its reasons in a column that no import reads."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for number, reason in refused:
        reasons[number].append(reason)
    mapped = columns(grid, COLUMNS)
    kept = replace(grid, rows=tuple(row for row in grid.rows if row.line in reasons))
    # An organisation that the table writes once, above, is written on each line that leaves it.
    names = {row.line: row.cells["organisation"] for row in read_partner_rows(grid, mapped).rows}
    named = kept.with_column("", mapped.columns["organisation"], [names.get(row.line) for row in kept.rows])
    return named.with_column(_REASON, mapped.columns.get("reason"), [" ".join(reasons[row.line]) for row in kept.rows])


def refused_table(grid: Grid) -> Table:
    """The same, to take away."""
    titles = tuple(Column(f"c{place}", title, _HELP.get(title, _AS_IT_WAS)) for place, title in enumerate(grid.header))
    return Table("Lignes à corriger", titles, tuple(row.cells for row in grid.rows))


def directory_table(consultation: Consultation) -> Table:
    """The partners of a consultation: a row for each person, one for an organisation without any."""
    contacts = Prefetch("organisation__contacts", Contact.objects.filter(erased_at=None))
    partners = Partner.objects.filter(consultation=consultation).select_related("organisation")
    rows = partners.prefetch_related(contacts, "themes", "territories").order_by("organisation__sort_key", "pk")
    return Table("Partenaires", (*_COLUMNS, _COLLEGE), tuple(row for partner in rows for row in _rows(partner)))


def _rows(partner: Partner) -> Iterator[tuple[Value, ...]]:
    organisation = partner.organisation
    kind = OrganisationType(organisation.type).label
    themes = " ; ".join(theme.name for theme in partner.themes.all())
    places = " ; ".join(place.name for place in partner.territories.all())
    people = [
        (person.name, person.position, person.email, person.phone, "oui" if person.is_referent else "")
        for person in organisation.contacts.all()
    ]
    if organisation.phone or not people:
        people.insert(0, ("", "", "", organisation.phone, ""))
    for person in people:
        yield (
            organisation.name, kind, organisation.siret, *person, organisation.address, themes, places,
            str(organisation.college.label),
        )  # fmt: skip
