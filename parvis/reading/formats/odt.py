"""LibreOffice text: headings, lists with their numbers worked out, tables. Deleted text and comments are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.office_blocks import (
    Block,
    Layout,
    Letters,
    Mark,
    Opened,
    Paragraph,
    Table,
    flatten,
    letters,
    roman,
    set_paragraph,
)
from parvis.reading.formats.zip_parts import Parts
from parvis.reading.runs import SourceRuns

if TYPE_CHECKING:
    from lxml.etree import _Element

_BASE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT: Final = f"{{{_BASE}text:1.0}}"
_STYLE: Final = f"{{{_BASE}style:1.0}}"
_TABLE: Final = f"{{{_BASE}table:1.0}}"
_OFFICE: Final = f"{{{_BASE}office:1.0}}"
_FO: Final = f"{{{_BASE}xsl-fo-compatible:1.0}}"
_DRAW: Final = f"{{{_BASE}drawing:1.0}}"
_SKIPPED: Final = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"})
# How a style says that its letters are bold, in italics, underlined.
_MARK_PROPERTIES: Final = (
    (Mark.BOLD, f"{_FO}font-weight", frozenset({"bold", "600", "700", "800", "900"})),
    (Mark.ITALIC, f"{_FO}font-style", frozenset({"italic", "oblique"})),
    (Mark.UNDERLINED, f"{_STYLE}text-underline-style", frozenset({"solid", "dotted", "dash", "wave"})),
)
_NESTING: Final = 40
_MOST_BLANKS: Final = 200
_MOST_COLUMNS: Final = 1_000


@dataclass(slots=True)
class _Book:
    """What the styles of a document say."""

    marks: dict[str, dict[Mark, bool]] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    lists: dict[str, dict[int, tuple[str, int]]] = field(default_factory=dict)

    def marks_of(self, name: str, otherwise: Mark) -> Mark:
        """How the letters of a style are set: what it says, else what the styles above it say, else `otherwise`."""
        stated: dict[Mark, bool] = {}
        for _ in range(_NESTING):
            stated = self.marks.get(name, {}) | stated
            name = self.above.get(name, "")
            if not name:
                break
        for mark, on in stated.items():
            otherwise = otherwise | mark if on else otherwise & ~mark
        return otherwise

    def is_title(self, name: str) -> bool:
        for _ in range(_NESTING):
            if self.shown.get(name, name).casefold() in ("title", "titre"):
                return True
            name = self.above.get(name, "")
            if not name:
                break
        return False


@dataclass(slots=True)
class _List:
    """A list being read: its style, its depth, and how far each level has counted."""

    style: str
    depth: int
    count: int | None = None


def to_runs(data: bytes) -> SourceRuns:
    """The runs of an OpenDocument text. Raises `RefusedInput` when it is none, or holds no text."""
    opened = open_blocks(Parts(data))
    layout = Layout(opened.format)
    layout.add(iter(opened.blocks))
    layout.add_notes(opened.notes)
    source_runs = layout.source_runs()
    if not source_runs.runs:
        raise RefusedInput("Ce document ne contient pas de texte à lire : copiez son texte et collez-le.")
    return source_runs


def open_blocks(parts: Parts) -> Opened:
    """The blocks of an OpenDocument text. Raises `RefusedInput` when it is none."""
    content = parts.xml("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise RefusedInput("Ce fichier n'est pas un texte LibreOffice : enregistrez-le en .odt, puis recommencez.")
    book = _Book()
    for root in (parts.xml("styles.xml"), content):
        if root is not None:
            _read_styles(root, book)
    notes = (
        paragraph for note in body.iter(f"{_TEXT}note-body") for paragraph in flatten(_blocks(note, book, None, {}, 0))
    )
    return Opened("odt", tuple(_blocks(body, book, None, {}, 0)), tuple(notes))


def _blocks(parent: _Element, book: _Book, inside: _List | None, ended: dict[str, int], depth: int) -> Iterator[Block]:
    """`ended` keeps how far each list style had counted, for lists that go on after a break."""
    if depth > _NESTING:
        return
    first = True
    for node in parent:
        tag = node.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield _paragraph(node, book, inside if first else None)
            first = False
            for box in node.iter(f"{_DRAW}text-box", f"{_DRAW}custom-shape"):
                if next(box.iterancestors(f"{_TEXT}p", f"{_TEXT}h")) is node:
                    yield from _blocks(box, book, None, ended, depth + 1)
        elif tag == f"{_TEXT}list":
            yield from _list(node, book, inside, ended, depth)
        elif tag == f"{_TABLE}table":
            yield _table(node, book, ended, depth)
        else:
            yield from _blocks(node, book, inside, ended, depth + 1)


def _list(node: _Element, book: _Book, inside: _List | None, ended: dict[str, int], depth: int) -> Iterator[Block]:
    style = node.get(f"{_TEXT}style-name") or (inside.style if inside else "")
    level = inside.depth + 1 if inside else 1
    shape, start = book.lists.get(style, {}).get(level, ("bullet", 1))
    key = f"{style}/{level}"
    goes_on = node.get(f"{_TEXT}continue-numbering") == "true" or node.get(f"{_TEXT}continue-list") is not None
    count = ended.get(key, start - 1) if goes_on else start - 1
    for item in node:
        if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
            continue
        own = item.get(f"{_TEXT}start-value", "")
        count = int(own) if own.isdigit() else count + 1
        numbered = item.tag == f"{_TEXT}list-item" and shape not in ("bullet", "")
        yield from _blocks(item, book, _List(style, level, count if numbered else None), ended, depth + 1)
        ended[key] = count


def _table(node: _Element, book: _Book, ended: dict[str, int], depth: int) -> Table:
    table = Table()
    until: dict[int, int] = {}
    for row in node.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table"), None) is not node:
            continue
        cells: list[tuple[int, list[Paragraph]]] = []
        rank = 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            repeated = cell.get(f"{_TABLE}number-columns-repeated", "1")
            cells.append((rank, list(flatten(_blocks(cell, book, None, ended, depth + 1)))))
            spanned = cell.get(f"{_TABLE}number-rows-spanned", "1")
            if spanned.isdigit() and int(spanned) > 1:
                until[rank] = len(table.rows) + int(spanned)
            elif len(table.rows) < until.get(rank, 0):
                table.merged.add((len(table.rows), rank))
            rank += min(int(repeated), _MOST_COLUMNS) if repeated.isdigit() else 1
        table.rows.append(cells)
    return table


def _paragraph(node: _Element, book: _Book, item: _List | None) -> Paragraph:
    """`item` is the list item this paragraph opens; a second paragraph of the same item opens none."""
    style = node.get(f"{_TEXT}style-name", "")
    pieces: list[Letters] = []
    _gather(node, book, book.marks_of(style, Mark.PLAIN), pieces)
    paragraph = set_paragraph(pieces)
    paragraph.title = book.is_title(style)
    level = node.get(f"{_TEXT}outline-level", "")
    if node.tag == f"{_TEXT}h":
        paragraph.heading = min(int(level), 9) if level.isdigit() else 1
    elif item is not None and paragraph.text.strip():
        shape = book.lists.get(item.style, {}).get(item.depth, ("bullet", 1))[0]
        paragraph.depth = item.depth
        paragraph.label = None if item.count is None else _printed(item.count, shape)
    return paragraph


def _printed(value: int, shape: str) -> str:
    if shape in ("a", "A"):
        return letters(value).upper() if shape == "A" else letters(value)
    if shape in ("i", "I"):
        return roman(value).upper() if shape == "I" else roman(value)
    return str(value)


def _gather(node: _Element, book: _Book, base: Mark, pieces: list[Letters]) -> None:
    _take(node.text, base, pieces)
    for child in node:
        tag = child.tag
        if isinstance(tag, str) and tag not in _SKIPPED:
            if tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                pieces.append((" " * (min(int(count), _MOST_BLANKS) if count.isdigit() else 1), base))
            elif tag == f"{_TEXT}tab":
                pieces.append(("\t", Mark.PLAIN))
            elif tag == f"{_TEXT}line-break":
                pieces.append(("\n", Mark.PLAIN))
            elif tag == f"{_TEXT}span":
                _gather(child, book, book.marks_of(child.get(f"{_TEXT}style-name", ""), base), pieces)
            elif tag == f"{_TEXT}placeholder":
                _gather(child, book, base | Mark.HINT, pieces)
            elif not tag.startswith(_DRAW):
                _gather(child, book, base, pieces)
        _take(child.tail, base, pieces)


def _take(text: str | None, marks: Mark, pieces: list[Letters]) -> None:
    """Text between tags: runs of white space count for one, as LibreOffice shows them."""
    if not text:
        return
    plain = " ".join(text.split())
    lead = " " if text[0].isspace() else ""
    trail = " " if text[-1].isspace() and plain else ""
    pieces.append((f"{lead}{plain}{trail}", marks))


def _read_styles(root: _Element, book: _Book) -> None:
    for style in root.iter(f"{_STYLE}style"):
        name = style.get(f"{_STYLE}name", "")
        book.above[name] = style.get(f"{_STYLE}parent-style-name", "")
        book.shown[name] = style.get(f"{_STYLE}display-name", name)
        properties = style.find(f"{_STYLE}text-properties")
        for mark, key, positive in _MARK_PROPERTIES if properties is not None else ():
            if (word := properties.get(key)) is not None:
                book.marks.setdefault(name, {})[mark] = word in positive
    for style in root.iter(f"{_TEXT}list-style"):
        levels = book.lists.setdefault(style.get(f"{_STYLE}name", ""), {})
        for level in style:
            rank, start = level.get(f"{_TEXT}level", ""), level.get(f"{_TEXT}start-value", "1")
            if rank.isdigit():
                numbered = level.tag == f"{_TEXT}list-level-style-number"
                shape = level.get(f"{_STYLE}num-format", "") if numbered else "bullet"
                levels[int(rank)] = (shape, int(start) if start.isdigit() else 1)
