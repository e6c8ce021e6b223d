"""A cell that is a label, a cell that stands under one → tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from parvis.reading.sheet_files.bits import Bit
from parvis.reading.sheet_files.label_match import Label, Shape, find_label, numbering, unforeseen
from parvis.reading.sheet_files.label_shapes import LabelShapes
from parvis.reading.sheet_files.money import amounts, is_amount
from parvis.reading.sheet_files.money_rows import MoneyRows
from parvis.reading.sheet_files.printed_lines import printed
from parvis.reading.sheet_files.ranks import SUB
from parvis.reading.sheet_files.tables import Cell
from parvis.reading.sheet_files.tokens import NOWHERE, Token
from parvis.reading.sheet_files.vocabulary import MONEY_AMOUNTS, MONEY_SOURCES, MONEY_SPENT
from parvis.reading.word_match import words_of


def as_label(cell: Cell, shapes: LabelShapes) -> Iterator[Token]:
    """A cell used as a label, known or not: it names the cell beside it or under it."""
    first, rest = cell.bits[0], cell.bits[1:]
    label = find_label(first) or (find_label(_joined(cell)) if rest else None)
    shape = label.shape if label is not None else Shape("cell")
    if label is not None and label.end < len(first.text):
        yield from printed(cell.bits, shapes)  # « Porteur : X » written in the cell of the label
        return
    if label is None:
        label = unforeseen(cell.text[numbering(cell.text) :], len(first.text), shape)
    name, rank = label.name, label.rank if label.name != "other" else 0
    yield Token("label", first, Label(name, rank, len(first.text), shape))
    for bit in rest:
        yield Token("label", bit)


def card_tokens(cell: Cell, shapes: LabelShapes, money: MoneyRows) -> Iterator[Token]:
    """A cell that holds its label, then its value; one that holds a line alone, in a row of others, is a label too."""
    first = cell.bits[0]
    yield from as_label(Cell(cell.rank, (first,)), shapes)
    yield from under_label(Cell(cell.rank, cell.bits[1:]), money)
    yield Token("close", NOWHERE)


def under_label(cell: Cell, money: MoneyRows) -> Iterator[Token]:
    """The value of a label: labels met in it are smaller ones, kept with it unless nothing else names them."""
    for row, group in groupby(cell.bits, key=lambda bit: bit.row):
        bits = list(group)
        if row == 0:
            yield from _lines_under(bits)
        elif row == cell.bits[0].row == 1 and _are_titles(bits):
            yield from (Token("aside", bit) for bit in bits)
        else:
            number = money.next_row() if len(bits) > 1 else 0
            yield from (Token("value", bit, row=number) for bit in bits)


def _are_titles(bits: Sequence[Bit]) -> bool:
    """Whether the first row of a table inside a cell says what its columns hold: « Financeur | Montant »."""
    words = [set(words_of(bit.text)) for bit in bits]
    money = any(cell & (MONEY_SOURCES | MONEY_AMOUNTS | MONEY_SPENT) for cell in words)
    named = find_label(bits[0]) is not None
    return len(bits) > 1 and (money or named) and not any(is_amount(bit.text) or amounts(bit.text) for bit in bits)


def _lines_under(bits: Sequence[Bit]) -> Iterator[Token]:
    for bit in bits:
        label = find_label(bit)
        if label is not None and label.shape.kind == "colon" and label.end < len(bit.text) and not bit.listed:
            yield Token("label", bit, replace(label, rank=label.rank + SUB))
            yield Token("value", bit, end=label.end)
        else:
            yield Token("value", bit)


def _joined(cell: Cell) -> Bit:
    first = cell.bits[0]
    return replace(first, piece=replace(first.piece, text=cell.text))
