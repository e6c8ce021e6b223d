"""Word: paragraphs with their styles, automatic numbers worked out as Word prints them, tables, text boxes.

Footnotes come last. What was struck out by tracked changes, comments, headers and footers are not the text and are
left out.
"""

from __future__ import annotations

import re
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

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING: Final = re.compile(r"(?:heading|titre)\s*(\d)$", re.IGNORECASE)
_LIST_STYLE: Final = re.compile(r"^(?:list|liste|puce).*\s([2-5])$", re.IGNORECASE)
_SKIPPED: Final = frozenset(
    f"{_W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "footnoteReference", "endnoteReference")
)
_WRAPPERS: Final = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"))
# The boxes that Word draws with its fonts of signs.
_BOXES: Final = {
    ("Wingdings", "FE"): "☑", ("Wingdings", "FD"): "☒", ("Wingdings", "A8"): "☐", ("Wingdings", "6F"): "☐",
    ("Wingdings 2", "52"): "☑", ("Wingdings 2", "53"): "☒", ("Wingdings 2", "A3"): "☐",
}  # fmt: skip
_NESTING: Final = 40
_NO_TEXT: Final = "Ce document ne contient pas de texte à lire : s'il montre une image, copiez son texte et collez-le."


@dataclass(slots=True)
class _Style:
    """What a paragraph style says, its parents included."""

    heading: int = 0
    title: bool = False
    bold: bool = False
    number: tuple[str, int] | None = None


@dataclass(slots=True)
class _Level:
    """How one level of a list prints its number."""

    shape: str = "decimal"
    start: int = 1


@dataclass(slots=True)
class _Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str | None:
        """The number this item prints, None for a bullet. Deeper levels start again under it."""
        abstract = self.lists.get(number, "")
        shape = self.levels.get(abstract, {}).get(level, _Level())
        counts = self.counts.setdefault(abstract or number, {})
        start = self.starts.pop((number, level), None)  # an override counts once, where its list begins
        counts[level] = start if start is not None else counts.get(level, shape.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _printed(counts[level], shape.shape)


def _printed(value: int, shape: str) -> str | None:
    if shape in ("bullet", "none"):
        return None
    if shape.endswith("Letter"):
        return letters(value).upper() if shape.startswith("upper") else letters(value)
    if shape.endswith("Roman"):
        return roman(value).upper() if shape.startswith("upper") else roman(value)
    return str(value)


def to_runs(data: bytes) -> SourceRuns:
    """The runs of a Word document. Raises `RefusedInput` when it is none, or holds no text."""
    opened = open_blocks(Parts(data))
    layout = Layout(opened.format)
    layout.add(iter(opened.blocks))
    layout.add_notes(opened.notes)
    source_runs = layout.source_runs()
    if not source_runs.runs:
        raise RefusedInput(_NO_TEXT)
    return source_runs


def open_blocks(parts: Parts) -> Opened:
    """The blocks of a Word document. Raises `RefusedInput` when it is none."""
    document = parts.xml("word/document.xml")
    body = document.find(f"{_W}body") if document is not None else None
    if body is None:
        raise RefusedInput("Ce fichier n'est pas un document Word : enregistrez-le en .docx, puis recommencez.")
    styles, numbering = _styles(parts.xml("word/styles.xml")), _numbering(parts.xml("word/numbering.xml"))
    blocks = tuple(_blocks(body, styles, numbering, 0))
    notes = (note for name in ("footnotes", "endnotes") for note in _notes(parts.xml(f"word/{name}.xml"), styles))
    return Opened("docx", blocks, tuple(notes))


def _blocks(parent: _Element, styles: dict[str, _Style], numbering: _Numbering, depth: int) -> Iterator[Block]:
    if depth > _NESTING:
        return
    for node in parent:
        if node.tag == f"{_W}p":
            yield _paragraph(node, styles, numbering)
            for box in node.iter(f"{_W}txbxContent"):
                own = next(box.iterancestors(f"{_W}p")) is node
                if own and not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _blocks(box, styles, numbering, depth + 1)
        elif node.tag == f"{_W}tbl":
            yield _table(node, styles, numbering, depth)
        elif node.tag in _WRAPPERS:
            yield from _blocks(node, styles, numbering, depth + 1)


def _notes(root: _Element | None, styles: dict[str, _Style]) -> Iterator[Paragraph]:
    """The notes of a part, but for the rules drawn above them, which are notes with a type."""
    for note in root if root is not None else ():
        if isinstance(note.tag, str) and note.get(f"{_W}type") is None:
            yield from flatten(_blocks(note, styles, _Numbering(), 0))


def _table(node: _Element, styles: dict[str, _Style], numbering: _Numbering, depth: int) -> Table:
    table = Table()
    for row in _within(node, f"{_W}tr"):
        cells: list[tuple[int, list[Paragraph]]] = []
        rank = 0
        for cell in _within(row, f"{_W}tc"):
            span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
            cells.append((rank, list(flatten(_blocks(cell, styles, numbering, depth + 1)))))
            down = cell.find(f"{_W}tcPr/{_W}vMerge")
            if down is not None and _value(down) != "restart":
                table.merged.add((len(table.rows), rank))
            rank += int(span) if span.isdigit() and int(span) < 1_000 else 1
        table.rows.append(cells)
    return table


def _within(node: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table, or the cells of a row, those that a form field holds included."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _paragraph(node: _Element, styles: dict[str, _Style], numbering: _Numbering) -> Paragraph:
    properties = node.find(f"{_W}pPr")
    named = _value(properties.find(f"{_W}pStyle")) if properties is not None else ""
    style = styles.get(named) or styles.get("") or _Style()
    pieces: list[Letters] = []
    _text(node, pieces, Mark.BOLD if style.bold else Mark.PLAIN)
    paragraph = set_paragraph(pieces)
    paragraph.heading, paragraph.title = style.heading, style.title
    if properties is not None:
        level = _value(properties.find(f"{_W}outlineLvl"))
        if level.isdigit() and int(level) < 9:
            paragraph.heading = int(level) + 1
    number = _number(properties, style)
    if number is not None and paragraph.text.strip() and not paragraph.heading:
        paragraph.depth, paragraph.label = number[1] + 1, numbering.label(*number)
    return paragraph


def _number(properties: _Element | None, style: _Style) -> tuple[str, int] | None:
    """The list and the level of a paragraph; list 0 takes it out of the list its style puts it in."""
    own = properties.find(f"{_W}numPr") if properties is not None else None
    if own is None:
        return style.number
    number, level = _value(own.find(f"{_W}numId")), _value(own.find(f"{_W}ilvl"))
    if number in ("", "0"):
        return None if number == "0" else style.number
    return number, min(int(level), 8) if level.isdigit() else 0


def _text(node: _Element, pieces: list[Letters], base: Mark) -> None:
    """The letters below `node`; `base` is how they are set when their run says nothing."""
    for child in node:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED or tag.endswith("}txbxContent"):
            continue
        if tag == f"{_W}t":
            pieces.append((child.text or "", _marks(child.getparent(), base)))
        elif tag == f"{_W}tab":
            pieces.append(("\t", Mark.PLAIN))
        elif tag in (f"{_W}br", f"{_W}cr"):
            pieces.append(("\n", Mark.PLAIN))
        elif tag == f"{_W}noBreakHyphen":
            pieces.append(("\u2011", base))
        elif tag == f"{_W}sym":
            box = _BOXES.get((child.get(f"{_W}font", ""), child.get(f"{_W}char", "")[-2:].upper()))
            pieces.append((box or "", Mark.PLAIN))
        elif tag == f"{_W}checkBox":
            pieces.append(("☒ " if _is_ticked(child) else "☐ ", Mark.PLAIN))
        elif tag != _FALLBACK:
            shown = tag == f"{_W}sdt" and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
            _text(child, pieces, base | Mark.HINT if shown else base)


def _is_ticked(box: _Element) -> bool:
    """Whether the box of an older form is ticked."""
    mark = box.find(f"{_W}checked")
    return _is_on(mark if mark is not None else box.find(f"{_W}default"), absent=False)


def _marks(run: _Element | None, base: Mark) -> Mark:
    properties = run.find(f"{_W}rPr") if run is not None else None
    if properties is None:
        return base
    marks = base & Mark.HINT
    if _is_on(properties.find(f"{_W}b"), absent=Mark.BOLD in base):
        marks |= Mark.BOLD
    if _is_on(properties.find(f"{_W}i"), absent=False):
        marks |= Mark.ITALIC
    if _value(properties.find(f"{_W}u")) not in ("", "none"):
        marks |= Mark.UNDERLINED
    return marks


def _is_on(mark: _Element | None, *, absent: bool) -> bool:
    return absent if mark is None else _value(mark) not in ("0", "false", "off")


def _value(node: _Element | None) -> str:
    return node.get(f"{_W}val", "") if node is not None else ""


def _styles(root: _Element | None) -> dict[str, _Style]:
    """Styles by their identifier; the default one under the empty name."""
    nodes = {node.get(f"{_W}styleId", ""): node for node in root.iterchildren(f"{_W}style")} if root is not None else {}
    styles: dict[str, _Style] = {}

    def make(name: str, deep: int) -> _Style:
        if name in styles or name not in nodes or deep > _NESTING:
            return styles.get(name, _Style())
        node = nodes[name]
        above = make(_value(node.find(f"{_W}basedOn")), deep + 1)
        style = _Style(above.heading, False, above.bold, above.number)
        shown = _value(node.find(f"{_W}name"))
        named = _HEADING.search(shown)
        level = _value(node.find(f"{_W}pPr/{_W}outlineLvl"))
        if named is not None or (level.isdigit() and int(level) < 9):
            style.heading = int(named.group(1)) if named else int(level) + 1
        style.title = shown.casefold() in ("title", "titre")
        mark = node.find(f"{_W}rPr/{_W}b")
        if mark is not None:
            style.bold = _value(mark) not in ("0", "false", "off")
        number = node.find(f"{_W}pPr/{_W}numPr")
        if number is not None:
            level = _value(number.find(f"{_W}ilvl"))
            # « List Bullet 2 » is a second level, though it is the only one of a list of its own.
            rank = _LIST_STYLE.search(shown)
            depth = int(level) if level.isdigit() else int(rank.group(1)) - 1 if rank else 0
            style.number = (_value(number.find(f"{_W}numId")), depth)
        styles[name] = style
        if node.get(f"{_W}default") == "1" and node.get(f"{_W}type") == "paragraph":
            styles[""] = style
        return style

    for name in nodes:
        make(name, 0)
    return styles


def _numbering(root: _Element | None) -> _Numbering:
    made = _Numbering()
    if root is None:
        return made
    for abstract in root.iterchildren(f"{_W}abstractNum"):
        levels = made.levels.setdefault(abstract.get(f"{_W}abstractNumId", ""), {})
        for level in abstract.iterchildren(f"{_W}lvl"):
            rank, start = level.get(f"{_W}ilvl", "0"), _value(level.find(f"{_W}start"))
            shape = _value(level.find(f"{_W}numFmt")) or "decimal"
            levels[int(rank) if rank.isdigit() else 0] = _Level(shape, int(start) if start.isdigit() else 1)
    for number in root.iterchildren(f"{_W}num"):
        name = number.get(f"{_W}numId", "")
        made.lists[name] = _value(number.find(f"{_W}abstractNumId"))
        for override in number.iterchildren(f"{_W}lvlOverride"):
            rank, start = override.get(f"{_W}ilvl", "0"), _value(override.find(f"{_W}startOverride"))
            if rank.isdigit() and start.isdigit():
                made.starts[name, int(rank)] = int(start)
    return made
