"""HTML: the text a reader sees, one line for each block (paragraph, heading, list item, cell, line break).

Source lines are these lines of visible text, since a page's own line ends mean nothing. Scripts, styles, embeds and
hidden elements are not content: they are dropped before anything is read, and a warning says so. Menus, footers,
buttons and forms are kept as furniture. Nothing is fetched, whatever the page asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parvis.reading import limits
from parvis.reading.formats.html_tidy import BLOCKS, tidy
from parvis.reading.kind_headings import kind_heading
from parvis.reading.runs import Fixed, Run, SourceRuns
from parvis.reading.vocabulary import word_set

_FURNITURE: Final = word_set("nav footer button form select option aside dialog menu")
_ROLES: Final = word_set("navigation banner contentinfo search dialog menu menubar toolbar alert")
_CLASSES: Final = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|breadcrumbs?|cookies?|navbar|footer|flag|flag-modal|reveal|menu|pagination)"
    r"(?=[\s_-]|$)",
    re.IGNORECASE,
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
# Tables deeper than this are read as plain blocks: pages nest them for their layout.
_NESTED_TABLES: Final = 3
_SPACE: Final = re.compile(r"\s+")
_HIDDEN: Final = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)


@dataclass(slots=True)
class _List:
    """A list being read: how its items are numbered, and the item at hand."""

    ordered: bool
    next: int = 1


@dataclass(slots=True)
class _Table:
    """A table being read: the heads of its columns, and the row at hand with the rank of each of its cells."""

    read: bool = True
    heads: list[str] = field(default_factory=list)
    theme: str = ""
    row: int = 0
    texts: list[str] = field(default_factory=list)
    ranks: dict[int, int] = field(default_factory=dict)

    def enter(self, row: LexborNode) -> None:
        """Takes note of a row, once."""
        if row.mem_id != self.row:
            cells = _cells(row)
            self.row = row.mem_id
            self.texts = [_cell_text(cell) for cell in cells]
            self.ranks = {cell.mem_id: rank for rank, cell in enumerate(cells)}
            if sum(kind_heading(text) is not None for text in self.texts) >= 2:
                self.heads, self.theme = self.texts, ""
            elif self.heads and kind_heading(self.heads[0]) is None:
                self.theme = self.texts[0] or self.theme


@dataclass(slots=True)
class _Context:
    """What holds for the text below an element."""

    heading: int = 0
    furniture: bool = False
    depth: int = 0
    ordinal: str | None = None
    item: int = 0
    bold: bool = False
    column_head: str = ""
    row_head: str = ""
    fixed_heading: bool = False
    preformatted: bool = False


class _Page:
    """Gathers the visible text of a page into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.runs: list[Run] = []
        self._text: list[str] = []
        self._context = _Context()
        self._bold = True
        self._broken = False
        self._seen: set[int] = set()

    def add(self, text: str, context: _Context) -> None:
        """Text of the block at hand."""
        if text.strip():
            if not any(part.strip() for part in self._text):
                self._context, self._bold = context, True
            self._bold = self._bold and context.bold
        self._text.append(text)

    def end(self, *, broken: bool = False) -> None:
        """Ends the block at hand; `broken` when a line break ends it, inside a paragraph that goes on."""
        text = _SPACE.sub(" ", "".join(self._text)).strip()
        self._text = []
        after_break, self._broken = self._broken, broken
        if not text:
            self._broken = broken and after_break
            return
        context = self._context
        continues = context.item in self._seen
        if context.item:
            self._seen.add(context.item)
        if len(self.lines) >= limits.MAX_LINES or len(text) > limits.MAX_LINE:
            limits.check_lines([*self.lines, text])
        self.lines.append(text)
        fixed: Fixed = "furniture" if context.furniture else "heading" if context.fixed_heading else ""
        self.runs.append(
            Run(
                number=len(self.lines),
                column=1,
                text=text,
                after_blank=not after_break and not context.depth,
                heading=context.heading,
                bold=self._bold,
                depth=context.depth,
                ordinal=context.ordinal,
                continues=continues,
                column_head=context.column_head,
                row_head=context.row_head,
                fixed=fixed,
            )
        )


def to_runs(text: str) -> SourceRuns:
    """The runs of a page."""
    plain, active = tidy(text)
    page = _Page()
    root = LexborHTMLParser(plain).root
    if root is not None:
        _walk(root, page)
    page.end()
    warnings = ("La page contenait du code (scripts, styles) : il a été écarté.",) if active else ()
    return SourceRuns("html", tuple(page.lines), tuple(page.runs), None, warnings)


def _walk(root: LexborNode, page: _Page) -> None:
    """Goes through the page without recursion: a page may nest a hundred thousand elements."""
    lists: list[_List] = []
    tables: list[_Table] = []
    contexts: list[_Context] = [_Context()]
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    items = 0
    while stack:
        node, leaving = stack.pop()
        tag = node.tag or ""
        if leaving:
            contexts.pop()
            if tag in ("ul", "ol"):
                lists.pop()
            elif tag == "table":
                tables.pop()
            if tag in BLOCKS:
                page.end()
            continue
        if node.is_text_node:
            _add_text(node.text_content or "", page, contexts[-1])
            continue
        if not node.is_element_node and tag != "-document":
            continue
        if _is_hidden(node):
            continue
        if tag == "br":
            page.end(broken=True)
            continue
        if tag in BLOCKS:
            page.end()
        if tag in ("ul", "ol"):
            start = _integer(node, "start")
            lists.append(_List(tag == "ol", 1 if start is None else start))
        elif tag == "table":
            tables.append(_Table(read=len(tables) < _NESTED_TABLES))
        if tag == "li":
            items += 1
        contexts.append(_below(node, tag, contexts[-1], lists, tables, items))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(_children(node))))


def _add_text(text: str, page: _Page, context: _Context) -> None:
    if not context.preformatted:
        page.add(text, context)
        return
    for index, line in enumerate(text.split("\n")):
        if index:
            page.end(broken=True)
        page.add(line, context)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None


def _integer(node: LexborNode, name: str) -> int | None:
    value = (node.attributes.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 4 else None


def _below(
    node: LexborNode, tag: str, above: _Context, lists: list[_List], tables: list[_Table], items: int
) -> _Context:
    attributes = node.attributes
    context = replace(above)
    if tag in _HEADINGS:
        context.heading = _HEADINGS[tag]
    elif tag in ("b", "strong"):
        context.bold = True
    elif tag == "pre":
        context.preformatted = True
    elif tag == "li" and lists:
        context.depth, context.item = len(lists), items
        context.ordinal = None
        if lists[-1].ordered:
            given = _integer(node, "value")
            number = lists[-1].next if given is None else given
            context.ordinal, lists[-1].next = str(number), number + 1
    elif tag in ("td", "th") and tables and tables[-1].read:
        _enter_cell(node, context, tables[-1])
    furniture = tag in _FURNITURE or (attributes.get("role") or "") in _ROLES
    context.furniture = above.furniture or furniture or _CLASSES.search(attributes.get("class") or "") is not None
    return context


def _cells(row: LexborNode) -> list[LexborNode]:
    return [child for child in _children(row) if child.tag in ("td", "th")]


def _cell_text(cell: LexborNode) -> str:
    return _SPACE.sub(" ", cell.text(deep=True)).strip()[:200]


def _enter_cell(cell: LexborNode, context: _Context, table: _Table) -> None:
    """Says of a cell's text what heads its column and its row."""
    row = cell.parent
    if row is None:
        return
    table.enter(row)
    rank = table.ranks.get(cell.mem_id, 0)
    if table.heads and table.texts == table.heads:
        context.fixed_heading = True
    elif rank < len(table.heads) and kind_heading(table.heads[rank]) is not None:
        context.column_head = table.heads[rank]
        context.row_head = table.theme
    elif table.heads and rank == 0:
        context.fixed_heading = True
