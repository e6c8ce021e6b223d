"""The rows of a table of partners: the titles of its parts set apart, an organisation written once for several people,
two people on one row.

What is set apart, or given to a row that did not say it, is told in a warning with its line: nothing goes in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from parvis.consultations.operations.partner_cells import COLUMNS, read_cells
from parvis.core.text import fold
from parvis.people.eaten_numbers import is_rounded
from parvis.reading.spreadsheets import LEFT_OUT, Grid, GridRow, Mapped, columns
from parvis.reading.spreadsheets.sheet import listed

_PERSON: Final = ("civility", "first_name", "last_name", "name", "position", "email", "phone", "mobile")
_NAMES: Final = ("first_name", "last_name", "name")
_PART_WORDS: Final = frozenset(
    (
        "etat", "services", "deconcentres", "collectivites", "territoriales", "locales", "communes", "villes", "elus",
        "institutions", "institutionnels", "bailleurs", "sociaux", "social", "habitat", "logement", "emploi",
        "insertion", "formation", "entreprises", "acteurs", "economiques", "economique", "monde", "associations",
        "associatif", "habitants", "organismes", "education", "sante", "justice", "securite", "prevention", "culture",
        "sport", "jeunesse", "financeurs", "operateurs", "partenaires", "membres", "invites", "autres", "societe",
        "civile", "publics", "divers", "economie", "protection", "sociale", "tissu", "conseils", "citoyens",
    )
)  # fmt: skip
_SMALL_WORDS: Final = frozenset(("l", "d", "de", "des", "du", "la", "le", "les", "et", "aux", "a"))
_NUMBERED: Final = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[A-Z])\s*[-–.):]\s*\S.*", re.DOTALL)
_TOTAL: Final = re.compile(r"(?:sous )?total\b|nombre (?:de|d|total)\b")
_COUNT: Final = re.compile(r"[\d\s.,%]+[^\W\d_]*")
_WRITTEN_ONCE: Final = 0.25
"""The share of people without an organisation from which a table is taken for one that writes each of them once."""
_MOST_TOLD: Final = 8


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One person of a row, or an organisation alone. `part`: the title under which it stands, or nothing."""

    line: int
    cells: dict[str, str]
    faults: list[str]
    part: str


@dataclass(slots=True)
class PartnerRows:
    """The rows of a table that name a partner, and what is to be told of the others."""

    rows: list[PartnerRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_partner_rows(grid: Grid, mapped: Mapped) -> PartnerRows:
    """`mapped`: the columns of `grid`, that of the organisations among them."""
    second = _second_person(grid, mapped)
    blocks = [mapped] if second is None else [mapped, second]
    read = PartnerRows(warnings=[*blocks[-1].warnings])  # what the last block leaves is what nobody reads
    if second is not None:
        read.warnings.append("Deux personnes par ligne : chacune est un contact de l'organisme.")
    kept, parts = _set_apart(grid, read)
    rounded: list[int] = []
    for row, part in zip(kept, parts, strict=True):
        for rank, block in enumerate(blocks):
            cells, faults = read_cells(grid, block, row)
            if rank and not (cells["name"] or cells["email"]):
                continue
            cells["email"], *others = _addresses(cells["email"])
            read.warnings += [
                f"Ligne {row.line} : une personne a une adresse, « {other[:80]} » n'est pas reprise."
                for other in others
            ]
            if is_rounded(cells["siret"]):
                cells["siret"] = ""
                rounded.append(row.line)
            read.rows.append(PartnerRow(row.line, cells, faults, cells["college"] or part))
    _repeat_organisations(read)
    if rounded:
        read.warnings.append(
            f"SIRET arrondi par le tableur, non repris : {_lines(rounded)}. L'organisme est connu par son nom."
        )
    return read


def is_part_title(text: str) -> bool:
    """Whether a text that is alone on its row announces those below.

    >>> [is_part_title(text) for text in ("SERVICES DE L'ÉTAT", "2 - Bailleurs", "Emploi", "CAF", "Conseil citoyen")]
    [True, True, True, False, False]
    """
    words = [word for word in fold(text).split() if word not in _SMALL_WORDS and not word.isdecimal()]
    return bool(words) and (set(words) <= _PART_WORDS or _NUMBERED.fullmatch(text.strip()) is not None)


def _set_apart(grid: Grid, read: PartnerRows) -> tuple[list[GridRow], list[str]]:
    """The rows that name someone, and the part each stands in."""
    part = grid.sheet if is_part_title(grid.sheet) else ""
    rows, parts, titles, others, in_capitals = [], [], [], [], False
    for row in grid.rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if len(filled) == 1 and (is_part_title(filled[0]) or (in_capitals and _in_several_capitals(filled[0]))):
            part = filled[0]
            in_capitals = in_capitals or part == part.upper()
            titles.append(f"« {part[:60]} » (ligne {row.line})")
        elif _counts_or_repeats(grid, filled):
            others.append(row.line)
        else:
            rows.append(row)
            parts.append(part)
    if titles:
        told = listed(titles[:_MOST_TOLD], len(titles))
        read.warnings.append(f"Lus comme des titres de partie, et non comme des organismes : {told}.")
    if others:
        read.warnings.append(f"Laissés de côté, un total ou des titres de colonne répétés : {_lines(others)}.")
    return rows, parts


def _in_several_capitals(text: str) -> bool:
    """« EMPLOI ET VIE LOCALE », where another part is titled so; one word is as well an organisation (« CAF »)."""
    return text == text.upper() and len(fold(text).split()) > 2


def _counts_or_repeats(grid: Grid, filled: Sequence[str]) -> bool:
    titles = {fold(title) for title in grid.header if title}
    repeated = sum(fold(cell) in titles for cell in filled)
    counts = [cell for cell in filled if not _TOTAL.match(fold(cell))]
    return (len(counts) < len(filled) and all(map(_COUNT.fullmatch, counts))) or (
        len(filled) > 2 and 2 * repeated > len(filled)
    )


def _second_person(grid: Grid, mapped: Mapped) -> Mapped | None:
    """The columns of a second person (« titulaire », « suppléant »): the same titles again, her name among them."""
    if len(set(mapped.doubles) & set(_PERSON)) < 2 or not set(mapped.doubles) & set(_NAMES):
        return None
    first = {place: LEFT_OUT for name, place in mapped.columns.items() if name in _PERSON}
    second = columns(grid.retitled(first), COLUMNS)
    return second if any(name in second.columns for name in _NAMES) else None


def _addresses(cell: str) -> list[str]:
    """One or several; a cell that holds anything else is one, to be judged as it is.

    >>> _addresses("a@exemple.fr / b@exemple.fr"), _addresses("Awa Diop <a@exemple.fr>"), _addresses("voir a@b.fr")
    (['a@exemple.fr', 'b@exemple.fr'], ['a@exemple.fr'], ['voir a@b.fr'])
    """
    named = re.findall(r"<([^<>\s]+@[^<>\s]+)>", cell)
    if named:
        return named
    parts = [part for part in re.split(r"[\s;,/|]+|\bou\b|\bet\b", cell) if part]
    return parts if len(parts) > 1 and all("@" in part for part in parts) else [cell]


def _repeat_organisations(read: PartnerRows) -> None:
    """A table that writes an organisation on the first of its rows only gives it to the others."""
    people = [row for row in read.rows if row.cells["name"] or row.cells["email"]]
    without = sum(not row.cells["organisation"] for row in people)
    if without < 2 or without < _WRITTEN_ONCE * len(people):
        return
    organisation, part, given = "", "", []
    for row in read.rows:
        if row.cells["organisation"] or row.part != part:
            organisation, part = row.cells["organisation"], row.part
        elif organisation and (row.cells["name"] or row.cells["email"]):
            row.cells["organisation"] = organisation
            given.append(row.line)
    if given:
        read.warnings.append(f"L'organisme n'est écrit qu'une fois : celui du dessus est donné aux {_lines(given)}.")


def _lines(numbers: Sequence[int]) -> str:
    """
    >>> _lines([4]), _lines([4, 5, 6, 9])
    ('ligne 4', 'lignes 4 à 6, 9')
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = [str(first) if first == last else f"{first} à {last}" for first, last in runs[:_MOST_TOLD]]
    return f"{'ligne' if len(set(numbers)) == 1 else 'lignes'} {listed(told, len(runs))}"
