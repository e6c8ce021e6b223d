"""A sheet while its fields are built: each label with the content read from its values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parvis.reading.sheet_files.drafts import LabelledValues
from parvis.reading.sheet_files.label_match import numbering
from parvis.reading.sheet_files.model import Doubt, FieldName
from parvis.reading.sheet_files.values import FieldContent, tidy
from parvis.reading.sheet_files.vocabulary import is_void


@dataclass(slots=True)
class Entry:
    """A label with its values, and the content read from them."""

    labelled: LabelledValues
    content: FieldContent

    @property
    def printed(self) -> str:
        """The label as written, on one line."""
        return tidy(" ".join(value.piece.text for value in self.labelled.label))

    @property
    def label(self) -> str:
        """Without number, colon or instruction."""
        text = self.printed
        return re.sub(r"\s*\([^()]*\)?\s*:?\s*$", "", text[numbering(text) :]).rstrip(" :–—-").strip()

    @property
    def line(self) -> int:
        pieces = [value.piece for value in self.labelled.label] or self.content.pieces or self.content.aside
        return next((piece.line for piece in (*pieces, *self.content.pieces) if piece.line), 0)


@dataclass(slots=True)
class Sheet:
    """The entries of a sheet, and what a person should check in them."""

    entries: list[Entry]
    doubts: list[Doubt] = field(default_factory=list)

    def of(self, name: FieldName) -> list[Entry]:
        """Those of a field that hold something."""
        return [entry for entry in self.entries if entry.labelled.name == name and entry.content.lines]

    def texts(self, name: FieldName) -> list[str]:
        """What those of a field say, on one line each."""
        return [entry.content.text for entry in self.of(name) if not is_void(entry.content.text)]
