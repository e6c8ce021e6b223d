"""Which rows are under which theme and which kind; a row under no kind is no contribution."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from parvis.reading.line_roles import is_closing, is_document, is_foot, is_neutral
from parvis.reading.model import Kind
from parvis.reading.passes.rows import Row
from parvis.reading.passes.themes import Open, find_theme
from parvis.reading.theme_names import announces_theme, clean_theme, is_party, is_theme
from parvis.reading.word_match import words_of

# Headings of one or two words that may be items too: they close a section only when set apart.
_SHORT: Final = 1


@dataclass(slots=True)
class Section:
    """The rows under one heading of kind, and the doubt that weighs on all of them."""

    theme: str | None
    kind: Kind
    rows: list[Row] = field(default_factory=list)
    doubt: str | None = None

    @property
    def marked(self) -> bool:
        """Whether its items are numbered or bulleted."""
        return is_marked(self.rows)


def is_marked(rows: list[Row]) -> bool:
    """Whether a list has markers of its own, beyond arrows and the sub-items of a line ended by a colon."""
    loose = 0
    under_colon = False
    for row in rows:
        if row.marker is None or row.marker.shape == "arrow":
            loose += 1
            under_colon = row.text.endswith(":")
        elif not (under_colon and row.marker.shape == "bullet" and loose > 1):
            return True
    return False


@dataclass(slots=True)
class _State:
    """What is open at a row: the heading levels above, the theme, the kind, the section being filled."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    theme: str | None = None
    kind: Kind | None = None
    level: int = 0
    seen: list[Kind] = field(default_factory=list)
    order: list[Kind] = field(default_factory=list)
    footed: bool = False
    party: int | None = None
    theme_of_party: bool = False
    sections: list[Section] = field(default_factory=list)

    @property
    def current(self) -> Section | None:
        return self.sections[-1] if self.sections and self.kind is not None else None

    def open(self, theme: str | None, kind: Kind, doubt: str | None = None) -> None:
        if theme != self.theme or (theme is not None and not self.sections):
            if len(self.order) < len(self.seen):
                self.order = list(self.seen)
            self.seen = []
        self.theme, self.kind, self.footed = theme, kind, False
        if kind not in self.seen:
            self.seen.append(kind)
        self.sections.append(Section(theme, kind, [], doubt))

    def close(self) -> None:
        self.kind = None

    def meet(self, party: int) -> None:
        """Another group of participants begins: a theme that was its predecessor's own ends with it."""
        self.close()
        if self.theme_of_party:
            self.theme, self.theme_of_party = None, False
        self.party = party


def cut_sections(rows: list[Row]) -> list[Section]:
    """The sections of a report, in order. Rows that are headings get their role; the others keep none."""
    state = _State()
    titles = _title_headings(rows)
    for index, row in enumerate(rows):
        if row.role == "furniture":
            state.footed = state.footed or is_foot(row.run.text)
        elif row.role == "heading" and row.kind is not None:
            _open_kind(state, rows, index)
        elif row.role is None and is_party(row.text) and not _in_marked_list(state, row):
            row.role = "heading"
            state.meet(index)
            if row.run.heading:
                state.stack = [(above, name) for above, name in state.stack if above < row.run.heading]
        elif row.role is None and row.run.heading:
            _take_heading(state, row, is_title=index in titles)
        elif row.role is None and row.kind is not None:
            _take_labelled(state, rows, index)
        elif row.role is None and _closes(state, rows, index):
            row.role = "prose" if is_closing(row.run.text) else "heading"
            state.close()
        elif row.role is None and state.current is not None:
            if state.footed and row.marker is None:
                row.role = "furniture"
            elif state.current.rows and state.current.rows[-1].run.column_head:
                # The table is over: what stands under it is in none of its columns.
                row.role = "prose"
                state.close()
            else:
                state.current.rows.append(row)
    return [section for section in state.sections if section.rows]


def _in_marked_list(state: _State, row: Row) -> bool:
    """Whether a row is one more item of the list being filled."""
    return row.marker is not None and state.current is not None and state.current.marked


def _title_headings(rows: list[Row]) -> set[int]:
    """The headings of the top level that open a document, nothing between them: its title, unless one names a theme."""
    first = next((index for index, row in enumerate(rows) if row.run.heading), None)
    if first is None:
        return set()
    level = min(row.run.heading for row in rows if row.run.heading)
    tops = [index for index, row in enumerate(rows) if row.run.heading == level]
    if tops != list(range(first, first + len(tops))) or any(_names_part(rows[index]) for index in tops):
        return set()
    return set(tops)


def _names_part(row: Row) -> bool:
    return row.kind is not None or is_theme(row.text) or announces_theme(row.text)


def _take_heading(state: _State, row: Row, *, is_title: bool) -> None:
    """A heading of the format that names no kind: a theme, or a part of a kind."""
    level = row.run.heading
    row.role = "title" if is_title else "heading"
    kind, deeper = state.kind, state.level and level > state.level
    if kind is not None and deeper:
        _leave_introduction(state)
        beside = any(above == state.level for above, _ in state.stack) and not is_theme(row.text)
        outer = beside or any(above < state.level for above, _ in state.stack)
        state.open(state.theme if outer else clean_theme(row.text), kind)
        return
    state.close()
    state.stack = [(above, name) for above, name in state.stack if above < level]
    if not is_title and not is_neutral(row.text) and not is_document(row.text):
        state.stack.append((level, clean_theme(row.text)))


def _leave_introduction(state: _State) -> None:
    """Sentences between a kind and the themes under it announce them: they are no contributions."""
    current = state.current
    if current is None or not current.rows or current.marked or not all(row.text[-1] in ".:!…" for row in current.rows):
        return
    for row in current.rows:
        row.role = "prose"
    current.rows.clear()


def _open_kind(state: _State, rows: list[Row], index: int) -> None:
    row = rows[index]
    assert row.kind is not None
    doubt = row.doubts[0] if row.doubts else None
    if row.run.heading:
        state.stack = [(above, name) for above, name in state.stack if above <= row.run.heading]
    theme = row.theme or (state.stack[-1][1] if state.stack else None)
    if theme is None:
        theme = _theme_above(state, rows, index, row.kind)
    state.level = row.run.heading
    state.open(theme, row.kind, doubt)


def _theme_above(state: _State, rows: list[Row], index: int, kind: Kind) -> str | None:
    """The theme a plain line above a heading of kind names, or the one already open."""
    current = state.current
    opened = Open(
        rows=current.rows if current else [],
        marked=current.marked if current else False,
        first=not state.sections,
        seen=tuple(state.seen),
        order=tuple(state.order),
    )
    theme_index = find_theme(rows, index, kind, opened)
    if theme_index is None:
        return state.theme
    rows[theme_index].role = "heading"
    state.theme_of_party = state.party is not None and theme_index > state.party
    for row in rows[theme_index + 1 : index]:
        row.role = row.role or "prose"
    if current is not None:
        current.rows[:] = [row for row in current.rows if row.role is None]
    text = rows[theme_index].text if rows[theme_index].marker else rows[theme_index].run.text
    return clean_theme(text)


def _take_labelled(state: _State, rows: list[Row], index: int) -> None:
    """An item with its own kind (« Défi 1 : … »), or in a column headed by one."""
    row = rows[index]
    assert row.kind is not None
    if row.run.column_head:
        theme = row.theme or (state.stack[-1][1] if state.stack else None if state.sections else state.theme)
        if state.current is None or (state.theme, state.kind) != (theme, row.kind):
            state.open(theme, row.kind)
    elif row.kind != state.kind:
        theme = state.stack[-1][1] if state.stack else _theme_above(state, rows, index, row.kind)
        state.open(theme, row.kind)
    assert state.current is not None
    state.current.rows.append(row)


def _closes(state: _State, rows: list[Row], index: int) -> bool:
    """Whether a plain row ends the contributions: a neutral heading, or a closing sentence."""
    row = rows[index]
    if row.marker is not None and row.marker.shape not in ("number", "roman"):
        return False
    if is_closing(row.run.text) and row.marker is None:
        return True
    if not is_neutral(row.text):
        return False
    current = state.current
    if current is None:
        return True
    if row.marker is not None:
        near = rows[index + 1] if index + 1 < len(rows) else None
        return near is None or near.marker is None or near.marker.style != row.marker.style
    apart = row.run.after_blank or row.run.bold or row.text.endswith(":") or row.text.isupper()
    return current.marked or apart or len(words_of(row.text)) > _SHORT
