"""Which column of a grid holds what, by the words of its title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from parvis.core.text import without_accents
from parvis.reading.spreadsheets.model import Grid, GridRow
from parvis.reading.spreadsheets.sheet import letter_of, listed

_WORD: Final = re.compile(r"[a-z0-9]+")
_BRACKETS: Final = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_SHORTEST_PLURAL: Final = 4
LEFT_OUT: Final = "Ne pas lire"
"""How begins the title of a column that somebody left out: it is read as nothing, and nothing is said of it."""
_MOST_NAMED: Final = 8
_QUOTED: Final = 60


@dataclass(frozen=True, slots=True)
class Mapped:
    """Where the wanted fields stand. Columns count from 0; `unknown` and `missing` are titles and fields."""

    columns: Mapping[str, int]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    doubles: tuple[str, ...]
    warnings: tuple[str, ...]

    def value(self, row: GridRow, field: str) -> str:
        """What a row says of a field; "" when no column holds it."""
        column = self.columns.get(field)
        return "" if column is None else row.cells[column]


def columns(grid: Grid, wanted: Mapping[str, Sequence[str]]) -> Mapped:
    """The columns of `grid` for the wanted fields, each with the titles it may have, the likeliest first.

    Case, accents, punctuation, plurals and what stands in brackets make no difference. When two columns answer to one
    field, the likeliest title wins, then the leftmost, and the other is a double.
    """
    fields: dict[str, tuple[str, int]] = {}
    for field, titles in wanted.items():
        for rank, title in enumerate(titles):
            fields.setdefault(key_of_title(title), (field, rank))
    candidates: dict[str, list[tuple[int, int]]] = {}
    unknown: list[int] = []
    for column, title in enumerate(grid.header):
        if title.startswith(LEFT_OUT):
            continue
        match = _field_of(title, fields)
        if title and match:
            candidates.setdefault(match[0], []).append((match[1], column))
        elif title:
            unknown.append(column)
    chosen = {field: min(places)[1] for field, places in candidates.items()}
    doubles = {field: sorted(column for _, column in places) for field, places in candidates.items() if len(places) > 1}
    return Mapped(
        columns=chosen,
        missing=tuple(field for field in wanted if field not in chosen),
        unknown=tuple(grid.header[column] for column in unknown),
        doubles=tuple(doubles),
        warnings=(
            *(_warn_of_doubles(grid, chosen[field], places) for field, places in doubles.items()),
            *_warn_of_unknown(grid, unknown),
            *_warn_of_untitled(grid),
        ),
    )


def _field_of(title: str, fields: Mapping[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The field of a title, and the rank of that title: « Institution / structure » says one thing twice."""
    match = fields.get(key_of_title(title)) or fields.get(key_of_title(_BRACKETS.sub(" ", title)))
    if match is None and "/" in title:
        parts = [fields.get(key_of_title(part)) for part in title.split("/")]
        if all(parts) and len({part[0] for part in parts if part}) == 1:
            return parts[0]
    return match


@lru_cache(maxsize=4096)
def key_of_title(title: str) -> str:
    """
    >>> key_of_title("Adresses e-mail"), key_of_title("ADRESSE EMAIL *"), key_of_title("N° SIRET")
    ('adresseemail', 'adresseemail', 'nsiret')
    """
    words = _WORD.findall(without_accents(title))
    return "".join(word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word for word in words)


def _warn_of_doubles(grid: Grid, kept: int, places: list[int]) -> str:
    named = ", ".join(f"« {grid.header[place][:_QUOTED]} » ({letter_of(place + 1)})" for place in places[:_MOST_NAMED])
    return f"Plusieurs colonnes disent la même chose : {named}. Seule la colonne {letter_of(kept + 1)} a été lue."


def _warn_of_unknown(grid: Grid, unknown: list[int]) -> list[str]:
    if not unknown:
        return []
    named = [f"« {grid.header[column][:_QUOTED]} » ({letter_of(column + 1)})" for column in unknown[:_MOST_NAMED]]
    if len(unknown) == 1:
        return [f"Une colonne n'a pas été reconnue et n'a pas été lue : {named[0]}."]
    return [f"{len(unknown)} colonnes n'ont pas été reconnues et n'ont pas été lues : {listed(named, len(unknown))}."]


def _warn_of_untitled(grid: Grid) -> list[str]:
    untitled = [
        letter_of(column + 1)
        for column, title in enumerate(grid.header)
        if not title and any(row.cells[column] for row in grid.rows)
    ]
    if not untitled:
        return []
    named = listed(untitled[:_MOST_NAMED], len(untitled))
    if len(untitled) == 1:
        return [f"La colonne {named} a des valeurs et pas de titre : elle n'a pas été lue."]
    return [f"Les colonnes {named} ont des valeurs et pas de titre : elles n'ont pas été lues."]
