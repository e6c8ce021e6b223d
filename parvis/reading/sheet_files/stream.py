"""An opened file → its tokens, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parvis.reading.formats.office_blocks import Opened
from parvis.reading.sheet_files.blank_lines import after_blank
from parvis.reading.sheet_files.label_shapes import LabelShapes
from parvis.reading.sheet_files.layout import Layout, Lines, lay_out
from parvis.reading.sheet_files.mails import mail_heads
from parvis.reading.sheet_files.model import FieldName, Piece
from parvis.reading.sheet_files.printed_lines import printed
from parvis.reading.sheet_files.table_rows import TableRows
from parvis.reading.sheet_files.tokens import NOWHERE, Token


@dataclass(frozen=True, slots=True)
class Streamed:
    """The source lines, the tokens read in them, and the notes, which no field holds."""

    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    notes: tuple[Piece, ...]


def stream(opened: Opened) -> Streamed:
    """Reads the blocks of a file. Raises `RefusedInput` when they are far too many."""
    layout = lay_out(opened)
    return Streamed(layout.lines, tuple(_tokens(layout, opened.starts)), layout.notes)


def _tokens(layout: Layout, starts: frozenset[int]) -> Iterator[Token]:
    """`starts` are the ranks of the blocks that begin a form again."""
    bits = [bit for block in layout.blocks for bit in block.all_bits()]
    firsts = [block.bits[0] for block in layout.blocks if isinstance(block, Lines) and block.bits]
    shapes = LabelShapes(bits, firsts, after_blank(layout.lines))
    tables = TableRows(shapes)
    heads = mail_heads(firsts)
    under: FieldName | None = None
    for rank, block in enumerate(layout.blocks):
        if rank in starts:
            yield Token("form", NOWHERE)
            under = None
        if isinstance(block, Lines) and block.bits and block.bits[0].piece.line in heads:
            yield from (Token("section", bit) for bit in block.bits)
            continue
        if isinstance(block, Lines):
            for token in printed(block.bits, shapes):
                under = token.label.name if token.label is not None and token.kind == "label" else None
                yield token
            continue
        yield from tables.tokens(block.rows, under)
        yield Token("close", NOWHERE)
        under = None
