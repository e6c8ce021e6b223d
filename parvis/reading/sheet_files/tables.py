"""How a table of a sheet is arranged: labels beside their values, labels above them, or money by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import field_of, find_label, numbering
from parvis.reading.sheet_files.money import amounts, is_amount
from parvis.reading.sheet_files.vocabulary import (
    COLUMNS,
    GUIDANCE,
    MONEY_AMOUNTS,
    MONEY_DONE,
    MONEY_SOURCES,
    MONEY_SPENT,
)
from parvis.reading.word_match import words_of

_LONG: Final = 110
_BELOW: Final = 6
_NO_MONEY: Final = frozenset({"indicators", "public", "title", "lead", "themes", "territories"})
_FEW_WORDS: Final = 4
_SOME_CARDS: Final = 3
_YEAR: Final = re.compile(
    r"(?:(?:année|exercice|montant)\s+)?20\d\d(?:\s?[-–/]\s?20\d\d)?(?:\s*\(?€\)?)?", re.IGNORECASE
)

# « En K€ », in the corner above those who pay.
_UNIT: Final = re.compile(r"\(?(?:montants? )?en (?:k?€|k?euros|milliers d['’]euros)\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """`rank` of its column; the bits of its printed lines."""

    rank: int
    bits: tuple[Bit, ...]

    @property
    def text(self) -> str:
        return " ".join(bit.text for bit in self.bits)

    @property
    def strong(self) -> bool:
        return all(bit.strong or bit.heading or bit.caps for bit in self.bits)

    @property
    def card(self) -> bool:
        """A label set apart on its first line, then its value."""
        first, rest = self.bits[0], self.bits[1:]
        return bool(rest) and first.strong and first.alone and not all(bit.strong for bit in rest)

    @property
    def known(self) -> bool:
        """Nothing but a label of the vocabulary, its instruction included."""
        return bool(self.bits) and len(self.text) <= _LONG * 2 and self._label_only()

    def _label_only(self) -> bool:
        if len(self.bits) == 1 and len(self.text) <= _LONG:
            label = find_label(self.bits[0])
            if label is not None:
                return label.end >= len(self.bits[0].text)
        first, rest = self.bits[0], self.bits[1:]
        label = find_label(first)
        # « Porteur » over « (nom, statut) »: the label, then its instruction.
        brackets = all(bit.italic or bit.hint or bit.text.startswith("(") for bit in rest)
        if label is not None and label.end >= len(first.text) and rest and brackets:
            return True
        return len(self.text) <= _LONG and field_of(self.text[numbering(self.text) :]) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """Its cells that hold something, and how many it has in all; `merged` are those it shares with the row above."""

    cells: tuple[Cell, ...]
    width: int
    merged: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyColumns:
    """Ranks of (source, amount) columns of a table of money; `spent` those that tell what it is spent on."""

    pairs: tuple[tuple[int, int], ...]
    spent: frozenset[int]


def is_columnar(rows: Sequence[Row]) -> bool:
    """Whether labels stand beside their values: the first cells are labels, the next ones are not."""
    beside = above = 0
    for row, following in zip_longest(rows, rows[1:]):
        if len(row.cells) < 2:
            continue
        if all(cell.known for cell in row.cells) or _are_set_above(row, following):
            above += 1
        elif row.cells[0].known and not row.cells[1].known:
            beside += 1
    return beside > above


def _are_set_above(row: Row, following: Row | None) -> bool:
    """Whether all cells of a row are in strong letters, and none of the next one is."""
    if following is None or not all(cell.strong for cell in row.cells):
        return False
    return len(following.cells) > 1 and not any(cell.strong for cell in following.cells)


def is_of_cards(rows: Sequence[Row]) -> bool:
    """Whether each cell holds its own label above its value, several cells in a row."""
    cells = [cell for row in rows if len(row.cells) > 1 for cell in row.cells]
    cards = [cell for cell in cells if cell.card]
    known = [cell for cell in cards if find_label(cell.bits[0]) is not None]
    return len(known) >= _SOME_CARDS and 4 * len(cards) >= 3 * len(cells)


def continues(row: Row) -> bool:
    """Whether a row beside labels has none of its own: its first cell is empty, or one with that of the row above."""
    return row.cells[0].rank > 0 and not row.cells[0].known


def is_paid(cells: Sequence[Cell]) -> bool:
    """Whether cells are who pays, and how much."""
    return len(cells) == 2 and is_amount(cells[1].text) and not is_amount(cells[0].text)


def guidance_ranks(rows: Sequence[Row]) -> frozenset[int] | None:
    """Ranks of the columns that only say how to fill a form, by its first row; None when that row heads no form."""
    cells = rows[0].cells
    words_by_cell = [set(words_of(cell.text)) for cell in cells]
    if len(cells) < 2 or not _are_columns(words_by_cell):
        return None
    return frozenset(cell.rank for cell, cell_words in zip(cells, words_by_cell, strict=True) if cell_words & GUIDANCE)


def _are_columns(words_by_cell: Sequence[set[str]]) -> bool:
    """« Rubrique | Réponse »; of three at least, « Rubriques | Consignes à suivre | Réponses »."""
    named = COLUMNS | GUIDANCE
    if all(words and words <= named for words in words_by_cell):
        return True
    told = all(words & named and len(words) <= _FEW_WORDS for words in words_by_cell)
    return told and len(words_by_cell) > 2 and words_by_cell[0] <= named


def labels_above(row: Row, following: Row | None) -> bool:
    """Whether a row holds nothing but labels, and the next one their values."""
    if following is None or not any(cell.known for cell in row.cells):
        return False
    named = all(cell.known or (cell.strong and len(cell.text) <= _LONG) for cell in row.cells)
    return named and not all(cell.known for cell in following.cells)


def money_columns(rows: Sequence[Row], start: int) -> MoneyColumns | None:
    """The columns of money that a row heads, None when it heads none."""
    row = rows[start].cells
    if not 2 <= len(row) <= 8 or any(_is_no_money(cell.text) for cell in row):
        return None
    below = rows[start + 1 : start + 1 + _BELOW]
    filled = {cell.rank for line in below for cell in line.cells if is_amount(cell.text)}
    spent: set[int] = set()
    held: dict[int, list[Cell]] = {}
    source = -1
    for cell in row:
        kind = "source" if cell is row[0] and _UNIT.fullmatch(cell.text.strip()) else _money_kind(cell.text)
        if kind in ("source", "spent"):
            source = cell.rank
            if kind == "spent":
                spent.add(source)
        elif kind == "amount" and source >= 0 and cell.rank in filled:
            held.setdefault(source, []).append(cell)
    first = {cell.rank: cell for cell in below[0].cells} if below else {}
    if any(len(first[source].bits) > 1 for source in held if source in first):
        return None  # several names in one cell are the value of a label
    pairs = tuple((source, max(cells, key=_worth_reading).rank) for source, cells in held.items())
    return MoneyColumns(pairs, frozenset(spent)) if pairs else None


def _is_no_money(head: str) -> bool:
    """Whether the head of a column is an amount, or names a field of a sheet that is not about money."""
    named = field_of(head)
    return bool(amounts(head)) or (named is not None and named[0] in _NO_MONEY and not _money_kind(head))


def _worth_reading(head: Cell) -> int:
    """Of several columns of amounts: what was done rather than what was foreseen, a total rather than a year."""
    words = set(words_of(head.text))
    if words & MONEY_DONE:
        return 3
    if "total" in words:
        return 2
    return 0 if _YEAR.fullmatch(head.text.strip()) else 1


def bare_money(rows: Sequence[Row]) -> MoneyColumns | None:
    """A table of two columns that is nothing but sources and amounts, without heads."""
    if len(rows) < 2 or not all(len(row.cells) == 2 and is_amount(row.cells[1].text) for row in rows):
        return None
    first, second = rows[0].cells
    if sum(row.cells[0].known for row in rows) > 1:
        return None
    return MoneyColumns(((first.rank, second.rank),), frozenset())


def _money_kind(text: str) -> str:
    if amounts(text):
        return ""
    words = set(words_of(text))
    if _YEAR.fullmatch(text.strip()):
        return "amount"
    if not 0 < len(words) <= 8:
        return "amount" if text.strip() in ("€", "(€)") else ""
    if "€" in text or words & {"montant", "montants", "somme"}:
        return "amount"
    if words & MONEY_SPENT:
        return "spent"
    if words & MONEY_SOURCES:
        return "source"
    return "amount" if words & MONEY_AMOUNTS else ""
