"""Excel sheets, parsed as a stream: one pass gives the values, the merged ranges and the formulas without a result.

openpyxl's reader tells neither merged ranges nor formulas that were never computed, and lays out every empty cell; only
its knowledge of date formats is used.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.zip_parts import damaged
from parvis.reading.spreadsheets.archive import Archive, forget
from parvis.reading.spreadsheets.cell_text import EMPTY, ERROR, UNCACHED, Cell, clean, plain_date, plain_truth
from parvis.reading.spreadsheets.limits import check_characters
from parvis.reading.spreadsheets.sheet import Merge, Sheet
from parvis.reading.spreadsheets.xlsx_numbers import Numbers

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATION: Final = re.compile(
    r"\{http://(?:schemas\.openxmlformats|purl\.oclc)\.org/(?:officeD|ooxml/officeD)ocument/.*\}id"
)
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_PARTS_OF_CELL: Final = ("{*}v", "{*}is", "{*}f")
# What may follow the merged ranges of a sheet is of no use here.
_AFTER: Final = frozenset({"conditionalFormatting", "dataValidations", "hyperlinks", "drawing", "extLst"})
_MOST_STRINGS: Final = 2_000_000


class Workbook:
    """An Excel file, its sheets known by name and not yet read. `as_shown`: numbers are read with their format."""

    def __init__(self, archive: Archive, *, as_shown: bool = False) -> None:
        self._archive = archive
        self._as_shown = as_shown
        self._path = _workbook_path(archive)
        root = archive.xml(self._path)
        if root is None or _local(root) != "workbook":
            raise damaged()
        self._targets = _relations(archive, self._path)
        self._paths: dict[str, str] = {}
        self.hidden: list[str] = []
        for sheet in root.iterfind("{*}sheets/{*}sheet"):
            kind, path = self._targets.get(_relation_of(sheet), ("", ""))
            # A sheet that is nothing but a chart has no cell.
            if kind != "worksheet" or path not in archive.names:
                continue
            name = clean(sheet.get("name", "")).text or path
            if sheet.get("state", "visible") != "visible":
                self.hidden.append(name)
            else:
                self._paths.setdefault(name, path)
        properties = root.find("{*}workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._shared: list[Cell] | None = None
        self._numbers: Numbers | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._paths)

    def read(self, name: str) -> Sheet:
        """The cells of a sheet. Raises `RefusedInput` when they are too many."""
        sheet = Sheet(name)
        line = 0
        tags = ("{*}row", "{*}mergeCell", *(f"{{*}}{tag}" for tag in _AFTER))
        for event, element in self._archive.elements(self._paths[name], tags, starts=True):
            tag = _local(element)
            if event == "start":
                if tag in _AFTER:
                    break
            elif tag == "row":
                line = self._row(sheet, element, line)
                forget(element)
            elif tag == "mergeCell":
                _merge(sheet, element.get("ref", ""))
                forget(element)
        return sheet

    def _row(self, sheet: Sheet, row: _Element, before: int) -> int:
        number = row.get("r", "")
        line = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else before + 1
        if line <= before:
            raise damaged()
        for column, node in _cells(row):
            sheet.put(line, column, self._cell(node))
        return line

    def _cell(self, node: _Element) -> Cell:
        kind = node.get("t", "n")
        if kind == "inlineStr":
            inline = node.find("{*}is")
            return EMPTY if inline is None else clean(_text(inline))
        value = node.findtext("{*}v") or ""
        if not value:
            return UNCACHED if kind != "str" and node.find("{*}f") is not None else EMPTY
        if kind == "s":
            return self._string(value)
        if kind == "str":
            return clean(_unescape(value))
        if kind == "b":
            return Cell(plain_truth(value.strip() in ("1", "true")))
        if kind == "e":
            return ERROR
        if kind == "d":
            return Cell(plain_date(value[:40]))
        return self._number(value[:400], node.get("s", "0"))

    def _string(self, rank: str) -> Cell:
        if self._shared is None:
            path = next((path for kind, path in self._targets.values() if kind == "sharedStrings"), "")
            self._shared = list(_strings(self._archive, path)) if path in self._archive.names else []
        rank = rank.strip()
        if not (rank.isascii() and rank.isdigit() and len(rank) < 9 and int(rank) < len(self._shared)):
            raise damaged()
        return self._shared[int(rank)]

    def _number(self, value: str, style: str) -> Cell:
        if self._numbers is None:
            path = next((path for kind, path in self._targets.values() if kind == "styles"), "")
            self._numbers = Numbers(self._archive, path, self._from_1904)
        read = self._numbers.shown if self._as_shown else self._numbers.plain
        return clean(read(value.strip(), style))


def _workbook_path(archive: Archive) -> str:
    for kind, path in _relations(archive, "").values():
        if kind == "officeDocument" and path in archive.names:
            return path
    return "xl/workbook.xml"


def _relations(archive: Archive, path: str) -> dict[str, tuple[str, str]]:
    """What a part names: kind and path by identifier. What lies outside the file is left out, and never asked for."""
    folder, name = posixpath.split(path)
    root = archive.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    relations: dict[str, tuple[str, str]] = {}
    for relation in root if root is not None else ():
        if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        relations[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
    return relations


def _relation_of(sheet: _Element) -> str:
    return next((value for key, value in sheet.attrib.items() if _RELATION.fullmatch(key)), "")


def _strings(archive: Archive, path: str) -> Iterator[Cell]:
    """The texts that cells share, cleaned once."""
    characters = 0
    for rank, (_, element) in enumerate(archive.elements(path, ("{*}si",))):
        if rank >= _MOST_STRINGS:
            raise RefusedInput("Ce classeur contient trop de textes : gardez seulement la feuille à importer.")
        cell = clean(_text(element))
        forget(element)
        characters += len(cell.text)
        check_characters(characters)
        yield cell


def _text(node: _Element) -> str:
    """The text of a rich text; the reading aids of some languages are left out."""
    pieces = [text_node.text or "" for text_node in node.iter("{*}t") if _local(text_node.getparent()) != "rPh"]
    return _unescape("".join(pieces))


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def _cells(row: _Element) -> Iterator[tuple[int, _Element]]:
    """The cells of a row that hold something, with their columns; formatted and empty ones cost nothing."""
    seen: _Element | None = None
    column = 0
    places: dict[_Element, int] | None = None
    for part in row.iter(*_PARTS_OF_CELL):
        node = part.getparent()
        if node is seen or node is None or node.getparent() is not row:
            continue
        seen = node
        match = _ADDRESS.fullmatch(node.get("r", ""))
        if match:
            column = column_of(match.group(1))
        else:
            # Some programs write no address: the place in the row tells the column.
            if places is None:
                places = {cell: rank for rank, cell in enumerate(row, start=1)}
            column = places[node]
        yield column, node


def column_of(letters: str) -> int:
    """
    >>> column_of("A"), column_of("AB")
    (1, 28)
    """
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column


def _merge(sheet: Sheet, reference: str) -> None:
    first, _, last = reference.partition(":")
    start, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    if start is None or end is None:
        return
    top, left, bottom, right = int(start[2]), column_of(start[1]), int(end[2]), column_of(end[1])
    if top <= bottom and left <= right:
        sheet.merges.append(Merge(top, left, bottom, right))


def _local(node: _Element) -> str:
    """The name of a tag without its namespace, which has two spellings (transitional and strict)."""
    return str(node.tag).rpartition("}")[2]
