"""Whether the line above a heading of kind names a new theme, in a text that has no headings of its own.

In "… / Colo apprenantes / Propositions" the line is an item, in "… / Éducation / Défis" a theme. Nothing in the line
says so: evidence is added up from what stands around.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from parvis.reading.line_roles import is_document, is_neutral
from parvis.reading.markers import value_of
from parvis.reading.model import Kind
from parvis.reading.passes.rows import Row
from parvis.reading.theme_names import announces_theme, is_party, is_theme, names_theme

_ENOUGH: Final = 3
_STRONG: Final = 3
_REACH: Final = 6
# A line at least this long may have been cut by the right margin.
_WIDE: Final = 55
# No theme is said in more words.
_LONG: Final = 12
_USUAL: Final[tuple[Kind, ...]] = ("challenge", "strength", "proposal")


@dataclass(frozen=True, slots=True)
class Open:
    """What is open above the heading: its rows, whether they are marked, the kinds met since the last theme.

    `order` is the longest run of kinds met under one theme so far, `first` says that no section was opened yet.
    """

    rows: list[Row]
    marked: bool
    first: bool
    seen: tuple[Kind, ...]
    order: tuple[Kind, ...]


def find_theme(rows: list[Row], index: int, kind: Kind, opened: Open) -> int | None:
    """The index of the row that names the theme of the heading of kind at `index`, if one does."""
    between = 0
    for place in range(index - 1, max(-1, index - 1 - _REACH), -1):
        row = rows[place]
        if row.role in ("furniture", "prose") or is_party(row.text):
            continue
        if row.role is not None or row.kind is not None:
            return None
        if looks_like_heading(row) and not _ends_line_above(rows, place):
            if between and not _stands_out(row) and not (opened.first and names_theme(row.text)):
                return None
            return place if score(rows, place, kind, opened) >= _ENOUGH else None
        # "Table 2 : Emploi / Animatrice : Fatou / Défis": who was there stands between.
        if row.marker is not None or not (_is_prose(row) or is_document(row.text)):
            return None
        between += 1
    return None


def _ends_line_above(rows: list[Row], place: int) -> bool:
    """The last words of a line cut by the margin: "… un dossier gratuit / sur internet"."""
    row = rows[place]
    if row.marker is not None or row.run.after_blank or row.run.bold or not row.text[:1].islower() or place == 0:
        return False
    return len(rows[place - 1].run.text) >= _WIDE


def looks_like_heading(row: Row) -> bool:
    """A short line that ends no sentence and names neither the document nor a part without contributions."""
    text = row.text
    if row.marker is not None and row.marker.shape == "arrow":
        return False
    if not text or len(text) > 90 or len(text.split()) > _LONG or text[-1] in ".;,!?…" or "->" in text:
        return False
    if announces_theme(row.run.text):
        return True
    return not is_document(text) and not is_neutral(text) and any(char.isalpha() for char in text)


def score(rows: list[Row], place: int, kind: Kind, opened: Open) -> int:
    """How much speaks for the row being a theme. `_ENOUGH` is wanted."""
    row = rows[place]
    total = _STRONG if opened.first or _returns(kind, opened) else 0
    if opened.first and _opens_document(rows, place) and not names_theme(row.text):
        return 0
    if announces_theme(row.run.text) or (row.run.bold and not any(other.run.bold for other in opened.rows[:-1])):
        total += _STRONG
    if is_theme(row.text) and len(row.text) > 3:
        total += 1
    alone = opened.rows == [row]
    if row.run.after_blank and not alone and not any(other.run.after_blank for other in opened.rows[1:-1]):
        total += 2
    if row.text.isupper() and len(row.text) > 3 and not any(other.text.isupper() for other in opened.rows[:-1]):
        total += 2
    # The only line between two headings of kind is the one item of the first, rather than a theme after nothing.
    return total + _marker_score(row, opened) - (2 if alone else 0)


def _marker_score(row: Row, opened: Open) -> int:
    others = [other.marker for other in opened.rows if other is not row and other.marker is not None]
    if row.marker is None:
        return 2 if opened.marked and others else 0
    if not others:
        return 2 if row.marker.shape in ("number", "roman", "letter") and opened.rows != [row] else -2
    if row.marker.style != others[-1].style:
        return 2 if row.marker.shape in ("number", "roman", "letter") else 0
    last, rank = value_of(others[-1]), value_of(row.marker)
    # The number goes on from the item above: one more item. It does not: the number of a theme.
    return -6 if rank is None or last is None or rank == last + 1 else -1


def _returns(kind: Kind, opened: Open) -> bool:
    """Whether the kind was met already under this theme, or comes before those met."""
    if kind in opened.seen:
        return True
    order = opened.order if len(opened.order) > 1 and kind in opened.order else _USUAL
    return any(met in order and order.index(met) > order.index(kind) for met in opened.seen)


def _stands_out(row: Row) -> bool:
    return announces_theme(row.run.text) or row.run.bold or row.text.isupper() or is_theme(row.text)


def _is_prose(row: Row) -> bool:
    return len(row.text) >= 40 and (row.text[-1] in ".:" or len(row.text.split()) > _LONG)


def _opens_document(rows: list[Row], place: int) -> bool:
    """Whether the row is the very first text of a document of one theme: its title, rather than a theme."""
    if any(row.role != "furniture" and row.text for row in rows[:place]):
        return False
    kinds = [row.kind for row in rows if row.role == "heading" and row.kind is not None]
    return len(kinds) == len(set(kinds))
