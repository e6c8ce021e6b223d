"""The types of the organisations that a table brings: guessed, then chosen by the agent, one by one or several at once.

A choice is written in the table itself, in its column of types: it goes where the table goes, and is read as any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from parvis.consultations.operations.compared_directory import NewOrganisation, PartnersImport
from parvis.consultations.operations.partner_cells import COLUMNS
from parvis.people.enums import COLLEGE_OF, College, OrganisationType
from parvis.people.organisation_names import organisation_key
from parvis.people.organisation_types import Cue
from parvis.reading.spreadsheets import Grid, columns

MOST_SHOWN: Final = 400
"""Organisations whose type is chosen on one page: a form holds no more fields than a thousand."""
_SURE: Final = (Cue.NAME, Cue.COLUMN)
_CUES: Final = {
    Cue.NOTHING: "rien ne le dit",
    Cue.PART: "d'après le titre du dessus",
    Cue.BROAD_WORD: "deviné par un mot du nom",
    Cue.NAME: "d'après son nom",
    Cue.COLUMN: "d'après le tableau",
}


@dataclass(frozen=True, slots=True)
class TypedOrganisation:
    """One row of the page. `rank`: the place in the table of the first line that names it."""

    rank: int
    name: str
    type: OrganisationType
    college: College
    cue: str
    sure: bool


@dataclass(frozen=True, slots=True)
class TypedOrganisations:
    """Those to look at, then those that are sure, each by name; and how many more there are than a page takes."""

    doubtful: tuple[TypedOrganisation, ...]
    sure: tuple[TypedOrganisation, ...]
    left: int

    @property
    def doubtful_ranks(self) -> str:
        """Their places, as one field of the form says them."""
        return " ".join(str(row.rank) for row in self.doubtful)


def typed_organisations(grid: Grid, done: PartnersImport) -> TypedOrganisations:
    """The new organisations of a table, what is uncertain first."""
    ranks = {row.line: rank for rank, row in enumerate(grid.rows)}
    order = sorted(done.new, key=lambda new: (new.cue in _SURE, new.cue, organisation_key(new.name)))
    rows = [_row(new, ranks[new.line]) for new in order[:MOST_SHOWN]]
    return TypedOrganisations(
        doubtful=tuple(row for row in rows if not row.sure),
        sure=tuple(row for row in rows if row.sure),
        left=len(order) - len(rows),
    )


def types_by_college() -> list[tuple[str, list[tuple[str, str]]]]:
    """« Habitat » → [(« landlord », « Bailleur social »)], in the order of the colleges."""
    return [
        (str(college.label), [(str(kind), str(kind.label)) for kind, of in COLLEGE_OF.items() if of == college])
        for college in College
    ]


def retype_organisations(grid: Grid, chosen: QueryDict) -> Grid:
    """The table with the types that were chosen: `type-<rank>` for one, `bulk_type` for those that `pick` ticks.

    `all_doubtful` holds the places of many at once.
    """
    types = {rank: kind for rank in range(len(grid.rows)) if (kind := _kind(chosen.get(f"type-{rank}", "")))}
    bulk = _kind(chosen.get("bulk_type", ""))
    if bulk is not None:
        ticked = [*chosen.getlist("pick"), *chosen.get("all_doubtful", "").split()]
        types |= {int(rank): bulk for rank in ticked if rank.isdecimal() and len(rank) < 7}
    mapped = columns(grid, COLUMNS)
    if "organisation" not in mapped.columns:
        return grid
    names = [organisation_key(mapped.value(row, "organisation")) for row in grid.rows]
    type_of = {names[rank]: str(kind.label) for rank, kind in types.items() if rank < len(names)}
    if not type_of:
        return grid
    return grid.with_column(COLUMNS["type"][0], mapped.columns.get("type"), [type_of.get(name) for name in names])


def _row(new: NewOrganisation, rank: int) -> TypedOrganisation:
    return TypedOrganisation(rank, new.name, new.type, new.college, _CUES[new.cue], new.cue in _SURE)


def _kind(value: str) -> OrganisationType | None:
    return OrganisationType(value) if value in OrganisationType.values else None
