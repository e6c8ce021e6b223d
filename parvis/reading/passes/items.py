"""The rows of a section → its items, their sub-items, the lines that go on, the conclusions, and what is prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from parvis.reading.line_roles import is_quote, is_remark, is_reported_speech
from parvis.reading.markers import Marker, value_of
from parvis.reading.model import Kind
from parvis.reading.passes.rows import Row
from parvis.reading.passes.sections import Section

# A line at least this long may have been cut by the right margin.
_WIDE: Final = 55
# Longer than this, with several sentences, a line without marker is a paragraph.
_PARAGRAPH: Final = 400
# How many lines above say whether a list is close or spaced out.
_NEAR: Final = 50
# At most so many numbers in a row were forgotten.
_GAP: Final = 10

# On a page, an item that starts this much further stands in the next column, not under the one above.
_COLUMN: Final = 12

_SENTENCES: Final = re.compile(r"[.!?]\s+(?=[A-ZÀ-Ý«])")

SUB_DOUBT: Final = "Ces points sont-ils des sous-points, ou des contributions à part ?"
JOIN_DOUBT: Final = "La ligne qui suit n'a pas de numéro : est-ce la suite de cette contribution ?"
MISSING_DOUBT: Final = "Le numéro manque dans la source."
SHARED_DOUBT: Final = "Plusieurs contributions partagent cette ligne : vérifiez la coupure."
LONG_DOUBT: Final = "Ce paragraphe est long : est-ce bien une seule contribution ?"


@dataclass(slots=True)
class Piece:
    """A text being gathered from one or more rows."""

    row: Row
    marker: str
    texts: list[str]
    last_line: int
    others: list[Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(text for text in self.texts if text)

    def extend(self, row: Row) -> None:
        """Adds a line that goes on, its marker included if it seemed to have one."""
        self.texts.append(row.whole)
        self.others.append(row)
        self.last_line = row.line


@dataclass(slots=True)
class Draft:
    """An item being gathered."""

    theme: str | None
    kind: Kind
    piece: Piece
    number: str | None = None
    conclusion: bool = False
    children: list[Piece] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def last(self) -> Piece:
        return self.children[-1] if self.children else self.piece

    @property
    def row(self) -> Row:
        return self.piece.row

    @property
    def rows(self) -> list[Row]:
        """Every row the item is made of."""
        return [row for piece in (self.piece, *self.children) for row in (piece.row, *piece.others)]


def build(section: Section) -> list[Draft]:
    """The items of a section. Its rows that are no item get the role of prose."""
    rows = section.rows
    top = _top_style(rows) if section.marked else None
    bullets = bool(rows) and rows[0].marker is not None and rows[0].marker.shape == "arrow"
    drafts: list[Draft] = []
    stopped = False
    for index, row in enumerate(rows):
        if stopped and row.marker is None:
            row.role = "prose"
            continue
        stopped = False
        if row.marker is not None and row.marker.shape == "arrow" and not bullets:
            drafts.append(_draft(section, row, conclusion=True))
        elif row.marker is None or (row.marker.shape == "bullet" and top is None and not bullets):
            stopped = not _plain(section, drafts, rows, index, marked=top is not None or bullets)
        elif bullets or not drafts or _is_top(row, top, drafts):
            drafts.append(_draft(section, row))
        else:
            _add_child(drafts[-1], row)
    return drafts


def _draft(section: Section, row: Row, *, conclusion: bool = False) -> Draft:
    marker = row.marker
    number = marker.value if marker is not None and marker.shape in ("number", "letter", "roman") else None
    draft = Draft(
        row.theme or section.theme,
        section.kind,
        _piece(row),
        number,
        conclusion,
        doubts=list(dict.fromkeys(row.doubts)),
    )
    if section.doubt:
        draft.doubts.append(section.doubt)
    if row.shared:
        draft.doubts.append(SHARED_DOUBT)
    if marker is None and len(row.text) > _PARAGRAPH:
        draft.doubts.append(LONG_DOUBT)
    return draft


def _piece(row: Row) -> Piece:
    return Piece(row, row.marker.text if row.marker else "", [row.text], row.line)


def _top_style(rows: list[Row]) -> Marker | None:
    """The marker that opens the items of a list: the least indented, and of those the first."""
    marked = [row for row in rows if row.marker is not None and row.marker.shape != "arrow"]
    if not marked:
        return None
    least = min((row.run.depth, row.run.indent) for row in marked)
    near = [row for row in marked if row.run.depth == least[0] and row.run.indent <= least[1] + 1]
    first = near[0].marker
    if first is not None and first.shape == "bullet" and marked[0] is not near[0]:
        # Numbered items indented more than the bullets below them: the numbers lead all the same.
        lead = marked[0].marker
        if lead is not None and lead.shape == "number" and marked[0].run.depth == least[0]:
            return lead
    return first


def _is_top(row: Row, top: Marker | None, drafts: list[Draft]) -> bool:
    """Whether a marked row is an item of the list, rather than one of its sub-items."""
    assert row.marker is not None
    head = next((draft.row for draft in drafts if draft.row.marker is not None and not draft.conclusion), None)
    if top is None or head is None or head.marker is None:
        return True
    if row.run.depth != head.run.depth:
        return row.run.depth < head.run.depth
    if row.marker.style != top.style:
        return False
    if row.run.indent <= head.run.indent + 1:
        return True
    if row.run.page and row.run.indent > head.run.indent + _COLUMN:
        return True
    # Indented more, but its number is the one awaited: the indent is an accident.
    above = next(draft for draft in reversed(drafts) if draft.row.marker is not None and not draft.conclusion)
    last, rank = value_of(above.row.marker), value_of(row.marker)
    return rank is not None and last is not None and rank == last + 1 and rank > 1 and not _sub_number(drafts[-1], rank)


def _sub_number(draft: Draft, rank: int) -> bool:
    return bool(draft.children) and value_of(draft.children[-1].row.marker) == rank - 1


def _add_child(draft: Draft, row: Row) -> None:
    sure = draft.piece.text.endswith(":") or row.run.indent > draft.row.run.indent + 1
    sure = sure or row.run.depth > draft.row.run.depth or draft.conclusion
    if not sure and row.marker is not None and draft.row.marker is not None:
        sure = value_of(row.marker) is not None and row.marker.style != draft.row.marker.style
    if not sure and SUB_DOUBT not in draft.doubts:
        draft.doubts.append(SUB_DOUBT)
    draft.children.append(_piece(row))


def _plain(section: Section, drafts: list[Draft], rows: list[Row], index: int, *, marked: bool) -> bool:
    """Places a row without a marker of the list; False when it opens a passage of prose."""
    row = rows[index]
    last = drafts[-1] if drafts else None
    if row.marker is None and is_quote(row.text) and not _all_quoted(rows, index):
        row.role = "prose"
        return True
    if last is not None and row.marker is None and is_remark(row.text):
        last.last.extend(row)
        return True
    if last is not None and _goes_on(rows[index - 1] if index else row, row, marked=marked):
        last.last.extend(row)
        return True
    if row.marker is not None:
        if last is None:
            drafts.append(_draft(section, row))
        else:
            _add_child(last, row)
        return True
    if not marked:
        if _introduces(rows, index) or _is_prose_of_minutes(section, row):
            row.role = "prose"
        elif drafts and _takes_leave(rows, index):
            row.role = "prose"
            return False
        else:
            drafts.append(_draft(section, row))
        return True
    return _plain_in_list(section, drafts, rows, index)


def _plain_in_list(section: Section, drafts: list[Draft], rows: list[Row], index: int) -> bool:
    """A plain line among numbers or bullets: an item that lost its number, the end of the one above, or prose."""
    row = rows[index]
    if drafts and _fills_gap(rows, index):
        draft = _draft(section, row)
        draft.doubts.append(MISSING_DOUBT)
        drafts.append(draft)
        return True
    following = rows[index + 1] if index + 1 < len(rows) else None
    sandwiched = following is not None and following.marker is not None and not following.run.after_blank
    if drafts and sandwiched and not row.run.after_blank and not row.run.depth and row.run.text[-1] != ":":
        drafts[-1].last.extend(row)
        drafts[-1].doubts.append(JOIN_DOUBT)
        return True
    row.role = "prose"
    return False


def _goes_on(before: Row, row: Row, *, marked: bool) -> bool:
    """Whether a row is the rest of the one before, cut by a margin, a page or a paragraph."""
    if row.run.continues or (marked and row.marker is None and row.line == before.line and not row.run.column_head):
        return True
    if row.marker is not None or row.run.depth or row.kind is not None:
        return False
    starts_low = row.text[:1].islower()
    ended = before.text[-1:] in ".!?;"
    if row.after_furniture and starts_low and not ended:
        return True
    if row.run.after_blank:
        return marked and before.marker is not None and row.run.indent >= max(2, before.run.indent + 2)
    wide = len(before.run.text) + before.run.indent >= _WIDE
    if marked:
        deep = row.run.indent > before.run.indent or (before.marker is None and row.run.indent > 0)
        return starts_low or deep or (wide and not ended and before.text[-1:] in ",(’'-–/«&")
    return starts_low and wide and not ended


def _introduces(rows: list[Row], index: int) -> bool:
    """A sentence that announces the list below it and belongs to none of its items."""
    text = rows[index].text
    alone = index == 0 and len(rows) > 1
    return alone and text.endswith(":") and rows[1].marker is None and len(text.split()) > 3


def _all_quoted(rows: list[Row], index: int) -> bool:
    """Whether the lines around a quote are quotes too: then they are what the participants contributed."""
    near = [row for row in rows[max(0, index - 1) : index + 2] if row.marker is None]
    return len(near) > 1 and all(is_quote(row.text) for row in near)


def _is_prose_of_minutes(section: Section, row: Row) -> bool:
    """A paragraph of minutes rather than a contribution."""
    sentences = len(_SENTENCES.findall(row.text)) + 1
    return is_reported_speech(row.text) or (section.doubt is not None and sentences > 1)


def _takes_leave(rows: list[Row], index: int) -> bool:
    """A sentence after a blank line, below a close list of lines that end no sentence."""
    row = rows[index]
    if not row.run.after_blank or row.text[-1] not in ".!" or index < 2:
        return False
    above = rows[max(0, index - _NEAR) : index]
    return not any(other.run.after_blank for other in above[1:]) and not any(other.text[-1] in ".!" for other in above)


def _fills_gap(rows: list[Row], index: int) -> bool:
    """Whether the numbers around leave out exactly as many as there are plain lines between them (a few)."""
    start = stop = index
    while start > 0 and rows[start - 1].marker is None and index - start < _GAP:
        start -= 1
    while stop < len(rows) and rows[stop].marker is None and stop - index < _GAP:
        stop += 1
    if start == 0 or stop == len(rows):
        return False
    before, after = value_of(rows[start - 1].marker), value_of(rows[stop].marker)
    return before is not None and after is not None and after - before - 1 == stop - start
