"""Blocks → tokens: labels, values, heads of sheets, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from parvis.core.errors import RefusedInput
from parvis.reading.formats.office_blocks import Block, Opened, Paragraph, Table
from parvis.reading.limits import MAX_CHARACTERS, MAX_LINES
from parvis.reading.sheet_files.bits import BOXES, Bit, bits_of, copied
from parvis.reading.sheet_files.blank_lines import after_blank, in_capitals_only, labels_follow_blanks
from parvis.reading.sheet_files.inline_labels import parted
from parvis.reading.sheet_files.label_match import (
    Label,
    Shape,
    asked,
    find_label,
    is_section,
    numbering,
    unforeseen,
    unknown_label,
)
from parvis.reading.sheet_files.list_tables import NAMES_FIRST, listed_field
from parvis.reading.sheet_files.model import FieldName, Piece
from parvis.reading.sheet_files.money import amounts, is_amount, is_total
from parvis.reading.sheet_files.row_tables import RowTable, row_table
from parvis.reading.sheet_files.tables import (
    Cell,
    MoneyColumns,
    Row,
    bare_money,
    continues,
    guidance_ranks,
    is_columnar,
    is_paid,
    labels_above,
    money_columns,
)
from parvis.reading.sheet_files.vocabulary import HEAD, is_void

Kind = Literal["label", "value", "aside", "head", "title", "section", "row", "action", "close", "form"]
_SEPARATORS: Final = ":–—-|."
_LONG_HEAD: Final = 160
_SHORT: Final = 20
_SUB: Final = 10
_LONG_LABEL: Final = 90
_MOST_ROWS: Final = 20_000


COLUMNS: Final = -1


@dataclass(frozen=True, slots=True)
class Token:
    """`row` joins the cells of a line of money, and the kind `row` begins a sheet written in a row; it is `COLUMNS` for
    what the other columns of a list say. The kind `form` begins a form that the file holds again.

    `end` is where the value begins in a head.
    """

    kind: Kind
    bit: Bit
    label: Label | None = None
    row: int = 0
    end: int = 0


_FUNDING: Final = Label("funding", 1, 0, Shape("money"))
_TOTAL: Final = Label("budget", _SUB, 0, Shape("money"))
NOWHERE: Final = Bit(Piece(0, 0, ""))


@dataclass(frozen=True, slots=True)
class _Lines:
    bits: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Streamed:
    """The source lines, the tokens read in them, and the notes, which no field holds."""

    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    notes: tuple[Piece, ...]


def stream(opened: Opened) -> Streamed:
    """Reads the blocks of a file. Raises `RefusedInput` when they are far too many."""
    lines: list[str] = []

    def to_bits(paragraphs: Iterable[Paragraph]) -> tuple[Bit, ...]:
        bits: list[Bit] = []
        for paragraph in paragraphs:
            lines.append(paragraph.text)
            if len(lines) > MAX_LINES:
                raise RefusedInput(f"Le fichier a plus de {MAX_LINES} lignes : coupez-le en plusieurs fichiers.")
            bits += bits_of(paragraph, len(lines))
        return tuple(bits)

    blocks = [_bits_of_block(block, to_bits) for block in opened.blocks]
    notes = tuple(bit.piece for bit in to_bits(opened.notes))
    if not any(line.strip() for line in lines):
        raise RefusedInput("Ce fichier ne contient pas de texte à lire : s'il montre une image, recopiez son texte.")
    if sum(map(len, lines)) > MAX_CHARACTERS:
        raise RefusedInput("Le texte est bien trop long pour des fiches : coupez-le en plusieurs fichiers.")
    tokens = tuple(_Reader(blocks, opened.starts, after_blank(lines)).tokens())
    return Streamed(tuple(lines), tokens, notes)


def _bits_of_block(block: Block, to_bits: Callable[[Iterable[Paragraph]], tuple[Bit, ...]]) -> _Lines | _Grid:
    if not isinstance(block, Table):
        return _Lines(to_bits([block]))
    rows = []
    above: dict[int, Cell] = {}
    for place, row in enumerate(block.rows[:_MOST_ROWS]):
        cells = [Cell(rank, to_bits(paragraphs)) for rank, paragraphs in row]
        merged = tuple(above[cell.rank] for cell in cells if (place, cell.rank) in block.merged and cell.rank in above)
        above = {cell.rank: cell for cell in merged}
        above.update({cell.rank: Cell(cell.rank, tuple(map(copied, cell.bits))) for cell in cells if cell.bits})
        rows.append(Row(tuple(cell for cell in cells if cell.bits), len(cells), merged))
    return _Grid(tuple(row for row in rows if row.cells))


class _Reader:
    """Knows how the labels of the whole document are set."""

    def __init__(self, blocks: Sequence[_Lines | _Grid], starts: frozenset[int], parted: frozenset[int]) -> None:
        self._blocks = blocks
        self._starts = starts
        self._parted = parted
        named: dict[Shape, set[FieldName]] = defaultdict(set)
        self._main: set[FieldName] = set()
        lines = [block.bits[0] for block in blocks if isinstance(block, _Lines) and block.bits]
        self._set_by_blanks = labels_follow_blanks(lines, parted)
        for bit in self._all_bits():
            label = find_label(bit)
            if label is not None:
                named[label.shape].add(label.name)
            question = asked(bit)
            if question is not None:
                named[question.shape].add(question.name)
                named[replace(question.shape, kind="line")].add(question.name)
        self._trusted = frozenset(shape for shape, names in named.items() if not shape.plain or len(names) >= 3)
        self._learned = frozenset(
            shape for shape, names in named.items() if len(names) >= (2 if shape.strong or shape.heading else 3)
        )
        self._row = 0

    def _all_bits(self) -> Iterator[Bit]:
        for block in self._blocks:
            if isinstance(block, _Lines):
                yield from block.bits
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield from cell.bits

    def tokens(self) -> Iterator[Token]:
        under: FieldName | None = None
        for rank, block in enumerate(self._blocks):
            if rank in self._starts:
                yield Token("form", NOWHERE)
                under = None
            if isinstance(block, _Lines):
                for token in self._printed(block.bits):
                    under = token.label.name if token.label is not None and token.kind == "label" else None
                    yield token
                continue
            listed = listed_field(block.rows, under) if block.rows else None
            yield from self._table(block.rows) if listed is None else self._listed(block.rows, listed, under)
            yield Token("close", NOWHERE)
            under = None

    def _listed(self, rows: Sequence[Row], name: FieldName, under: FieldName | None) -> Iterator[Token]:
        """The rows of a table that lists a field: their first cell, or all of them."""
        titles = [bit for cell in rows[0].cells for bit in cell.bits]
        if under is None:
            yield Token("label", titles[0], Label(name, 0, len(titles[0].text), Shape("cell")))
            titles = titles[1:]
        yield from (Token("aside", bit) for bit in titles)
        for row in rows[1:]:
            self._row += 1
            for cell in row.cells:
                beside = name in NAMES_FIRST and cell.rank > row.cells[0].rank
                kind: Kind = "aside" if beside else "value"
                line = 0 if name in NAMES_FIRST else self._row
                yield from (Token(kind, bit, row=COLUMNS if beside else line) for bit in cell.bits)

    def _printed(self, bits: Sequence[Bit]) -> Iterator[Token]:
        """Lines outside tables, or those of a cell that holds labels of its own."""
        tabbed, waiting, line = False, False, (0, 0)
        for bit, mark in parted(bits):
            if mark:
                yield Token("aside", bit)
                continue
            here = (bit.piece.line, bit.printed)
            if bit.alone or here != line:
                tabbed, waiting = False, False
            line = here
            if waiting and not bit.alone:
                yield Token("value", bit)
                waiting = False
                continue
            label = self._label(bit, beside=tabbed)
            head = head_end(bit)
            if head and (label is None or label.rank or label.name in ("other", "title")):
                yield Token("head", bit, end=head)
            elif label is not None:
                yield Token("label", bit, label)
                if label.end < len(bit.text):
                    yield Token("value", bit, end=label.end)
                waiting = label.end >= len(bit.text) and not bit.alone
                tabbed = not bit.alone
            elif is_section(bit.text) and bit.alone and _is_set_apart(bit):
                yield Token("section", bit)
            else:
                yield Token("value", bit)

    def _label(self, bit: Bit, *, beside: bool = False) -> Label | None:
        label = find_label(bit)
        if label is not None and (label.shape in self._trusted or beside or not bit.alone):
            return label
        if self._set_by_blanks and in_capitals_only(bit) and bit.piece.line not in self._parted:
            return None
        return unknown_label(bit, self._learned)

    def _actions(self, table: RowTable) -> Iterator[Token]:
        """A sheet for each row. The title of a part above rows is their theme, unless a column names it."""
        for row in table.heads:
            yield from (Token("section", bit) for cell in row.cells for bit in cell.bits)
        theme: list[Bit] = []
        for row in table.rows:
            if not table.is_action(row):
                yield from _left_out(theme)
                theme = [bit for cell in row.cells for bit in cell.bits]
                if len(row.cells) > 1 or table.names("themes"):
                    yield from _left_out(theme)
                    theme = []
                continue
            yield Token("row", NOWHERE)
            if theme:
                yield Token("label", NOWHERE, Label("themes", _SUB - 1, 0, Shape("cell")))
                yield from (Token("value", bit) for bit in theme)
                theme = [copied(bit) for bit in theme]
            for cell in sorted((*row.cells, *row.merged), key=lambda cell: cell.rank):
                above = table.labels.get(cell.rank)
                named = tuple(copied(bit) for bit in above.bits) if above is not None else ()
                if cell.rank in table.funders:
                    yield from self._money_row((*named, *cell.bits), _FUNDING)
                    continue
                yield Token("close", NOWHERE)
                if above is not None:
                    yield from self._as_label(replace(above, bits=named))
                yield from (Token("value", bit) for bit in cell.bits)
        yield from _left_out(theme)
        yield Token("row", NOWHERE)

    def _table(self, rows: Sequence[Row]) -> Iterator[Token]:
        actions = row_table(rows)
        if actions is not None:
            yield from self._actions(actions)
            return
        guidance = guidance_ranks(rows) if len(rows) > 1 else None
        if guidance is not None:
            yield from (Token("section", bit) for cell in rows[0].cells for bit in cell.bits)
            rows = rows[1:]
        columnar = guidance is not None or is_columnar(rows)
        money: MoneyColumns | None = bare_money(rows)
        rank, before = 0, ""
        while rank < len(rows):
            row = rows[rank]
            following = rows[rank + 1] if rank + 1 < len(rows) else None
            if _is_banner(row):
                yield from self._banner(row)
                rank += 1
                continue
            heads = money_columns(rows, rank)
            paid = heads is None and money is not None and _is_money(row, money)
            continued = columnar and before == "beside" and continues(row)
            if before and not (continued or (paid and before == "money")):
                yield Token("close", NOWHERE)
            before = ""
            if heads is not None:
                money = heads
                yield from self._money_heads(row)
            elif paid and money is not None:
                yield from self._money(row, money)
                before = "money"
            elif continued:
                yield from self._continued(row)
                before = "beside"
            elif columnar and (len(row.cells) > 1 or (row.width > 1 and row.cells[0].known)):
                yield from self._beside(row, guidance or frozenset())
                before = "beside"
            elif labels_above(row, following) and following is not None:
                yield from self._above(row, following)
                rank += 1
            else:
                for cell in row.cells:
                    yield from self._as_label(cell) if cell.known else self._printed(cell.bits)
            rank += 1

    def _banner(self, row: Row) -> Iterator[Token]:
        announcement, title = row.cells
        yield Token("head", announcement.bits[0], end=len(announcement.text))
        yield from (Token("title", bit) for bit in title.bits)

    def _beside(self, row: Row, guidance: frozenset[int]) -> Iterator[Token]:
        """« Porteur | X », « Porteur | X | Depuis | 2019 ». The last label holds until the next row."""
        waiting = False
        cells = row.cells
        for place, cell in enumerate(cells):
            if cell.rank in guidance:
                yield from (Token("aside", bit) for bit in cell.bits)
                continue
            if waiting and cell.known and place + 1 < len(cells) and cell.rank > cells[place - 1].rank + 1:
                waiting = False  # the cell of the value before is empty
            if waiting and is_paid(cells[place:]):
                yield from self._paid(cells[place:])
                return
            is_label = not waiting and (
                cell.known
                or (place == 0 and cell.rank == 0)
                or (cell.strong and place + 1 < len(cells) and len(cell.text) <= _LONG_LABEL)
            )
            if is_label:
                yield from self._as_label(cell)
            else:
                yield from self._under(cell)
            waiting = is_label

    def _continued(self, row: Row) -> Iterator[Token]:
        """A row without label, under that of the row above: one value more, or « Ville | 48 000 € »."""
        if is_paid(row.cells):
            yield from self._paid(row.cells)
            return
        for cell in row.cells:
            yield from self._under(cell)

    def _paid(self, cells: Sequence[Cell]) -> Iterator[Token]:
        total = is_total(cells[0].text)
        yield from self._money_row((bit for cell in cells for bit in cell.bits), _TOTAL if total else _FUNDING)

    def _above(self, row: Row, following: Row) -> Iterator[Token]:
        """Each label, then the cells that stand under it."""
        cells = row.cells
        for place, cell in enumerate(cells):
            yield from self._as_label(cell)
            until = cells[place + 1].rank if place + 1 < len(cells) else _MOST_ROWS
            start = cell.rank if place else 0
            for below in following.cells:
                if start <= below.rank < until:
                    yield from self._under(below)
        yield Token("close", NOWHERE)

    def _as_label(self, cell: Cell) -> Iterator[Token]:
        """A cell used as a label, known or not: it names the cell beside it or under it."""
        first, rest = cell.bits[0], cell.bits[1:]
        label = find_label(first) or (find_label(_joined(cell)) if rest else None)
        shape = label.shape if label is not None else Shape("cell")
        if label is not None and label.end < len(first.text):
            yield from self._printed(cell.bits)  # « Porteur : X » written in the cell of the label
            return
        if label is None:
            label = unforeseen(cell.text[numbering(cell.text) :], len(first.text), shape)
        name, rank = label.name, label.rank if label.name != "other" else 0
        yield Token("label", first, Label(name, rank, len(first.text), shape))
        for bit in rest:
            yield Token("label", bit)

    def _under(self, cell: Cell) -> Iterator[Token]:
        """The value of a label: labels met in it are smaller ones, kept with it unless nothing else names them."""
        for bit in cell.bits:
            label = find_label(bit)
            if label is not None and label.shape.kind == "colon" and label.end < len(bit.text) and not bit.listed:
                yield Token("label", bit, replace(label, rank=label.rank + _SUB))
                yield Token("value", bit, end=label.end)
            else:
                yield Token("value", bit)

    def _money_heads(self, row: Row) -> Iterator[Token]:
        first: Label | None = _FUNDING
        for cell in row.cells:
            for bit in cell.bits:
                yield Token("label", bit, first)
                first = None

    def _money_row(self, bits: Iterable[Bit], label: Label) -> Iterator[Token]:
        """Who pays, then how much."""
        self._row += 1
        yield from (Token("value", bit, label, row=self._row) for bit in bits)

    def _money(self, row: Row, columns: MoneyColumns) -> Iterator[Token]:
        """A line of money: source, amount, then the rest of the line. A line of expenses is no funding."""
        cells = {cell.rank: cell for cell in row.cells}
        paired = {rank for pair in columns.pairs for rank in pair}
        sources = sorted(source for source, _ in columns.pairs)
        for source, amount in columns.pairs:
            bits = [bit for rank in (source, amount) if rank in cells for bit in cells[rank].bits]
            total = source in cells and is_total(cells[source].text)
            if source in columns.spent and not total:
                yield from (Token("aside", bit, _FUNDING) for bit in bits)
            else:
                yield from self._money_row(bits, _TOTAL if total else _FUNDING)
        total = any(source in cells and is_total(cells[source].text) for source in sources)
        for rank, cell in cells.items():
            if rank not in paired:
                # Beside a total or an expense, what other columns say is nothing more.
                spent = max((source for source in sources if source < rank), default=-1) in columns.spent
                kind: Kind = "aside" if total or spent else "value"
                yield from (Token(kind, bit, _TOTAL if total else _FUNDING, row=self._row) for bit in cell.bits)


def _is_banner(row: Row) -> bool:
    """« FICHE 1.2 | Le nom de l'action »."""
    if len(row.cells) != 2 or len(row.cells[0].bits) != 1:
        return False
    announcement, title = row.cells
    return head_end(announcement.bits[0]) == len(announcement.text) and not title.known


def _left_out(bits: Sequence[Bit]) -> Iterator[Token]:
    """Words of a table of actions that are in none of them."""
    if any(bit.piece.line for bit in bits):
        yield Token("row", NOWHERE)
        yield from (Token("section", bit) for bit in bits)


def _is_set_apart(bit: Bit) -> bool:
    return bit.strong or bit.caps or bit.heading > 0 or numbering(bit.text) > 0 or len(bit.text) < _SHORT


def _joined(cell: Cell) -> Bit:
    first = cell.bits[0]
    return replace(first, piece=replace(first.piece, text=cell.text))


def _is_money(row: Row, columns: MoneyColumns) -> bool:
    ranks = {rank for pair in columns.pairs for rank in pair}
    inside = [cell for cell in row.cells if cell.rank in ranks]
    if not inside:
        return False
    return any(is_amount(cell.text) or amounts(cell.text) or is_void(cell.text) for cell in inside[1:]) or (
        len(row.cells) == len(inside) == 1 and not inside[0].known
    )


def head_end(bit: Bit) -> int:
    """Where the announcement of a sheet ends (« Fiche action n° 3 – », then its title); 0 when the bit is none."""
    text = bit.text
    if len(text) > _LONG_HEAD or BOXES.search(text):
        return 0
    match = HEAD.match(text)
    if match is None:
        return 0
    rest = text[match.end() :].lstrip()
    if not rest:
        return len(text)
    if rest[0] not in _SEPARATORS:
        return 0
    start = len(text) - len(rest.lstrip(_SEPARATORS + " \u00a0"))
    return start or len(text)
