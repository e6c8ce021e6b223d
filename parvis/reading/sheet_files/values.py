"""The values under a label → the content of a field: lines, elements of a list, ticked boxes; instructions left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from parvis.reading.sheet_files.bits import BOXES, bare, cut
from parvis.reading.sheet_files.drafts import Value
from parvis.reading.sheet_files.model import Piece
from parvis.reading.sheet_files.vocabulary import FILLER, INSTRUCTION, PLAIN_INSTRUCTION, is_void

_TICKED: Final = re.compile(r"[☑☒■▣✔✅🗹🗷✓✗]|\[\s?[xX✓]\s?\]")
_COMMAS: Final = re.compile(r",\s+(?!dont\b|soit\b|y compris\b|notamment\b)")
_PLACES_AND: Final = re.compile(
    r"\s+et\s+(?=(?:QPV\s|de\s|du\s|des\s|d['’]|les?\s|la\s|l['’]|quartier\s|aux?\s)*[A-ZÉÈÀÂÎÔÇ])"
)
_OTHER: Final = re.compile(r"^autres?\s*(?:\([^()]*\)\s*)?:\s*(?=\S)", re.IGNORECASE)
_SENTENCE: Final = 15
_TRAILING: Final = re.compile(r"[\s.;,]+$")


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
    values = list(values)
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
    return content


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


def elements(
    content: FieldContent, *, places: bool = False, whole_lines: bool = False, slashes: bool = True
) -> tuple[str, ...]:
    """The elements of a list: an item, a line, what commas, semicolons and slashes part.

    `places` parts at « et » too; `whole_lines` leaves commas alone where lines or semicolons already part. Commas
    part no sentence. `slashes` between spaces part, but for themes, which bear them (« Emploi / Insertion »).
    """
    lines = [line.text for line in content.lines]
    several = len(lines) > 1 or any(";" in line for line in lines)
    items: list[str] = []
    for line in lines:
        parts = list(_parts(line, commas=not (whole_lines and several), slashes=slashes))
        if any(len(part.split()) > _SENTENCE for part in parts):
            parts = list(_parts(line, commas=False, slashes=slashes))
        for part in parts:
            items += _PLACES_AND.split(part) if places else [part]
    kept = (_TRAILING.sub("", item).strip() for item in items)
    return tuple(item for item in kept if item and not is_void(item) and not PLAIN_INSTRUCTION.match(item))


def _parts(text: str, *, commas: bool, slashes: bool) -> Iterator[str]:
    """Parted outside brackets and quotes."""
    start, depth = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([«“") - (sign in ")]»”" and depth > 0)
        if depth:
            continue
        after = text[place + 1 : place + 2]
        parted = sign in ";\t" or (slashes and sign == "/" and after == " " and text[place - 1 : place] == " ")
        parted = parted or (commas and sign == "," and _COMMAS.match(text, place) is not None)
        if parted or (sign in "•●▪" and place):
            yield text[start:place]
            start = place + 1
    yield text[start:]
