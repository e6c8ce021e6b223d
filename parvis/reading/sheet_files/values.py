"""The values under a label → the content of a field: its lines, its ticked boxes; instructions left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from parvis.reading.sheet_files.bits import BOXES, bare, cut
from parvis.reading.sheet_files.drafts import Value
from parvis.reading.sheet_files.model import Piece
from parvis.reading.sheet_files.vocabulary import FILLER, INSTRUCTION, PLAIN_INSTRUCTION

_TICKED: Final = re.compile(r"[☑☒■▣✔✅🗹🗷✓✗]|\[\s?[xX✓]\s?\]")
_OTHER: Final = re.compile(r"^autres?\s*(?:\([^()]*\)\s*)?:\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a value, its tabs joined; the cells of a line of money stay parted by tabs."""

    text: str
    listed: bool = False
    row: int = 0
    source: int = 0


@dataclass(slots=True)
class FieldContent:
    """What a field holds. `aside` are the pieces that are no value; `boxes` whether it had boxes to tick."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    aside: list[Piece] = field(default_factory=list)
    boxes: bool = False
    italics: bool = False

    @property
    def text(self) -> str:
        """On one line: commas between paragraphs, none where a paragraph was only broken."""
        joined = ""
        for before, line in zip([None, *self.lines], self.lines, strict=False):
            broken = before is None or before.source == line.source != 0
            joined = f"{joined} {line.text}" if broken else f"{joined.rstrip(' ,;.')}, {line.text}"
        return tidy(joined)

    @property
    def paragraphs(self) -> str:
        """As written, items behind a dash."""
        printed = [line.text.replace("\t", " : ") for line in self.lines]
        if len(printed) == 1:
            return printed[0]
        return "\n".join(f"– {text}" if line.listed else text for line, text in zip(self.lines, printed, strict=True))


def tidy(text: str) -> str:
    """Spaces reduced, those that do not break included."""
    return " ".join(text.split())


def content_of(values: Iterable[Value]) -> FieldContent:
    """Reads what stands under a label."""
    content = FieldContent()
    values = _beside_boxes(list(values), content)
    typed = [value for value in values if not value.bit.hint]
    upright = any(not value.bit.italic for value in typed)
    place: tuple[int, int, int] | None = None
    for value in values:
        text = value.piece.text
        if not value.row and is_instruction(value, upright=upright):
            content.aside.append(value.piece)
            continue
        if BOXES.search(text):
            content.boxes = True
            _tick(value.piece, content)
            place = None
            continue
        content.pieces.append(value.piece)
        content.italics = content.italics or (value.bit.italic and not upright)
        line_text = tidy(bare(text))
        here = (value.row, 0, 0) if value.row else (0, value.piece.line, value.bit.printed)
        if place == here and (value.row or not value.bit.alone):
            last = content.lines.pop()
            joined = f"{last.text}\t{line_text}" if value.row else f"{last.text} {line_text}"
            content.lines.append(Line(joined, last.listed, last.row, last.source))
        elif line_text:
            content.lines.append(Line(line_text, value.bit.listed, value.row, value.piece.line))
        place = here
    content.lines = [replace(line, text=line.text.rstrip(" |")) for line in content.lines]
    return content


def _beside_boxes(values: list[Value], content: FieldContent) -> list[Value]:
    """The values, where a box alone on its line tells whether the words before it, or after it, were ticked."""
    boxes = [place for place, value in enumerate(values) if BOXES.fullmatch(value.piece.text.strip())]
    if not boxes:
        return values
    content.boxes = True
    step = 1 if boxes[0] == 0 else -1
    left = set(boxes)
    for place in boxes:
        if not _TICKED.match(values[place].piece.text.strip()) and 0 <= place + step < len(values):
            left.add(place + step)
    content.aside += [values[place].piece for place in sorted(left)]
    return [value for place, value in enumerate(values) if place not in left]


def is_instruction(value: Value, *, upright: bool) -> bool:
    """Whether this is an instruction of the form. `upright`: another part of the value is not in italics."""
    text = value.piece.text
    if value.bit.hint or FILLER.fullmatch(text) or PLAIN_INSTRUCTION.match(text):
        return True
    bracketed = text.startswith(("(", "[")) and text.endswith((")", "]", ".", ":"))
    if bracketed and INSTRUCTION.match(text):
        return True
    return value.bit.italic and (INSTRUCTION.match(text) is not None or (bracketed and upright))


def _tick(piece: Piece, content: FieldContent) -> None:
    """The boxes of a line: what goes with a ticked one is part of the value, what goes with another is not.

    Words follow their box (« ☒ Santé »), unless the line begins with words and ends with a box (« Oui ☒ Non ☐ »).
    """
    boxes = list(BOXES.finditer(piece.text))
    first, last = boxes[0], boxes[-1]
    if piece.text[: first.start()].strip() and not piece.text[last.end() :].strip(" .;,"):
        starts = [0, *(box.end() for box in boxes[:-1])]
        ends = [*(box.end() for box in boxes[:-1]), None]
    else:
        before = cut(piece, 0, first.start())
        if before is not None:
            content.pieces.append(before)
            content.lines.append(Line(tidy(bare(before.text))))
        starts = [box.start() for box in boxes]
        ends = [*(box.start() for box in boxes[1:]), None]
    for box, start, end in zip(boxes, starts, ends, strict=True):
        part = cut(piece, start, end)
        if part is None:
            continue
        option = tidy(BOXES.sub(" ", part.text)).strip(" ;,")
        if _TICKED.match(box.group()) and option:
            content.pieces.append(part)
            content.lines.append(Line(_OTHER.sub("", option), listed=True))
        else:
            content.aside.append(part)
