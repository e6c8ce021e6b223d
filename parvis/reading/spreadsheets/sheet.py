"""A sheet while it is read: its filled cells, its merged ranges, and the cells to warn of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from parvis.french.counts import plural
from parvis.reading.spreadsheets import limits
from parvis.reading.spreadsheets.cell_text import Cell, Note

# Beyond these, addresses are only counted.
_MOST_NAMED: Final = 8
_SENTENCES: Final[tuple[tuple[Note, str, str], ...]] = (
    (
        "uncached",
        "Le résultat d'une formule n'est pas dans le fichier et a été lu comme vide : {}. "
        "Ouvrez le fichier et enregistrez-le de nouveau, puis recommencez.",
        "Le résultat de {n} formules n'est pas dans le fichier et a été lu comme vide : {}. "
        "Ouvrez le fichier et enregistrez-le de nouveau, puis recommencez.",
    ),
    (
        "error",
        "Une cellule contient une erreur de calcul et a été lue comme vide : {}.",
        "{n} cellules contiennent une erreur de calcul et ont été lues comme vides : {}.",
    ),
    (
        "cut",
        "Une cellule dépasse 20 000 caractères et a été coupée : {}.",
        "{n} cellules dépassent 20 000 caractères et ont été coupées : {}.",
    ),
    (
        "rounded",
        "Le tableur a arrondi un long numéro, qui a perdu des chiffres : {}. Saisissez-le de nouveau, en texte.",
        "Le tableur a arrondi {n} longs numéros, qui ont perdu des chiffres : {}. Saisissez-les de nouveau, en texte.",
    ),
)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, its four sides included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """Rows by line, cells by column, both from 1. `put` refuses what goes beyond measure."""

    name: str = ""
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    _named: dict[Note, list[str]] = field(default_factory=dict)
    _counts: dict[Note, int] = field(default_factory=dict)
    _cells: int = 0
    _characters: int = 0

    def put(self, line: int, column: int, cell: Cell) -> None:
        if cell.note:
            self._note(cell.note, line, column)
        if not cell.text:
            return
        limits.check_columns(column)
        self._cells += 1
        limits.check_cells(self._cells)
        self._characters += len(cell.text)
        limits.check_characters(self._characters)
        row = self.rows.get(line)
        if row is None:
            row = self.rows[line] = {}
            limits.check_rows(len(self.rows))
        row[column] = cell.text

    def _note(self, note: Note, line: int, column: int) -> None:
        self._counts[note] = self._counts.get(note, 0) + 1
        named = self._named.setdefault(note, [])
        if len(named) < _MOST_NAMED:
            named.append(f"{letter_of(column)}{line}")

    def warnings(self) -> list[str]:
        sentences = []
        for note, one, several in _SENTENCES:
            count = self._counts.get(note, 0)
            if count:
                where = listed(self._named[note], count)
                sentences.append((one if count == 1 else several).format(where, n=count))
        return sentences


def letter_of(column: int) -> str:
    """
    >>> letter_of(1), letter_of(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def listed(named: list[str], count: int) -> str:
    """
    >>> listed(["B2", "B3"], 2), listed(["B2"], 4)
    ('B2, B3', 'B2 et 3 autres')
    """
    rest = count - len(named)
    return ", ".join(named) + (f" et {plural(rest, 'autre', 'autres')}" if rest > 0 else "")
