"""PDF: words put back in lines, lines in columns, wrapped lines in paragraphs, cut words whole again.

A PDF holds no paragraph: only pieces of text with their place. Source lines are the paragraphs found here. What a page
prints at its edges stays: a later pass tells running heads from text.
"""

from __future__ import annotations

import io
import logging
import re
import statistics
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from parvis.core.errors import RefusedInput
from parvis.core.text import without_accents
from parvis.reading.formats.pdf_pieces import Line, Piece, width_of
from parvis.reading.formats.pdf_tables import take_tables
from parvis.reading.kind_headings import kind_heading
from parvis.reading.limits import check_characters, check_rows
from parvis.reading.markers import split_marker
from parvis.reading.runs import Run, SourceRuns
from parvis.reading.vocabulary import LINKS, PREFIXES

MAX_PAGES: Final = 100
MAX_DRAWING: Final = 2_000_000
_DAMAGED: Final = "Ce PDF est abîmé : ouvrez-le, imprimez-le de nouveau en PDF, ou copiez son texte et collez-le."
_PROTECTED: Final = "Ce PDF est protégé par un mot de passe : enlevez la protection, ou copiez son texte et collez-le."
_SCANNED: Final = "Ce PDF est une image numérisée, sans texte : demandez le fichier d'origine, ou copiez le texte."
_HEAVY: Final = "Une page de ce PDF est démesurée : imprimez-le de nouveau en PDF, ou copiez son texte et collez-le."
_LONG: Final = f"Ce PDF a plus de {MAX_PAGES} pages : gardez seulement le compte-rendu."
_HYPHEN: Final = re.compile(r"[^\W\d_]{2,}[-\u2010\u00ad]$")
_ENDS: Final = re.compile(r"[.;:!?…»)]$")
_GUTTER: Final = 12.0
# The share of the pieces of a page that a third column holds at least.
_THIRD: Final = 0.12


def to_runs(data: bytes) -> SourceRuns:
    """The runs of a PDF. Raises `RefusedInput` when it is protected, damaged, scanned or too long."""
    lines = [line for page in _pages(data) for line in page]
    if not lines:
        raise RefusedInput(_SCANNED)
    body = statistics.mode(round(line.size, 1) for line in lines for _ in range(1 + len(line.text) // 20))
    texts: list[str] = []
    runs: list[Run] = []
    for line, text, blank in _paragraphs(lines, body):
        texts.append(text)
        check_rows(len(texts))
        runs.append(
            Run(
                number=len(texts),
                column=1,
                text=text,
                indent=int(line.x / 4),
                after_blank=blank,
                heading=_heading(line, body, text),
                bold=line.bold,
                page=line.page,
                column_head=line.cell.column_head if line.cell else "",
                row_head=line.cell.row_head if line.cell else "",
                fixed=line.cell.fixed if line.cell else "",
            )
        )
    check_characters("\n".join(texts))
    return SourceRuns("pdf", tuple(texts), tuple(runs))


def _heading(line: Line, body: float, text: str) -> int:
    """Letters larger than those of the text make a heading; how much larger says its level."""
    if line.size < body * 1.12 or len(text) > 160:
        return 0
    marker, _ = split_marker(text)
    if marker is not None and not (line.bold and marker.shape in ("number", "roman")):
        return 0
    return 1 if line.size >= body * 1.6 else 2 if line.size >= body * 1.3 else 3


def _pages(data: bytes) -> Iterator[list[Line]]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a refusal is one sentence of ours, not its remarks
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedInput(_PROTECTED)
        if len(reader.pages) > MAX_PAGES:
            raise RefusedInput(_LONG)
        for number, page in enumerate(reader.pages, start=1):
            yield _lines(number, _pieces(page))
    except RefusedInput:
        raise
    except Exception:  # a damaged PDF makes pypdf raise anything, from struct.error to AttributeError
        raise RefusedInput(_DAMAGED) from None


def _pieces(page: Any) -> list[Piece]:
    """What the page prints, in the order of the file."""
    pieces: list[Piece] = []
    drawing = page.get_contents()
    if drawing is not None and len(drawing.get_data()) > MAX_DRAWING:
        raise RefusedInput(_HEAVY)

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        if not text.strip():
            return
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        name = str((font or {}).get("/BaseFont", "")).lower()
        bold = any(word in name for word in ("bold", "black", "heavy", "semibold"))
        pieces.append(Piece(x, y, (size or 1.0) * scale, bold, text))

    page.extract_text(visitor_text=visit)
    return pieces


def _lines(page: int, pieces: list[Piece]) -> list[Line]:
    """Pieces on the same baseline are a line, unless the gutter of two columns parts them."""
    if not pieces:
        return []
    parts, tables = take_tables(page, [part for piece in pieces for part in _split(piece)])
    gutters = [] if tables else _gutters(parts)
    rows: list[list[Piece]] = []
    calls: list[Line] = []
    for part in parts:
        if rows and _is_call(part, rows[-1][-1]):
            calls.append(_line(page, [part]))
            continue
        same = (
            rows
            and abs(rows[-1][-1].y - part.y) < 0.4 * max(part.size, 4)
            and bisect(gutters, part.x) == bisect(gutters, rows[-1][-1].x)
        )
        if same:
            rows[-1].append(part)
        else:
            rows.append([part])
    lines = [_line(page, row) for row in rows]
    if gutters:
        lines.sort(key=lambda line: (bisect(gutters, line.x), -line.y))
    for table in tables:
        below = next((index for index, line in enumerate(lines) if line.y < table[0].y), len(lines))
        lines[below:below] = table
    # The calls of notes come last, so that they part no sentence.
    return [line for line in (*lines, *calls) if line.text]


def _is_call(part: Piece, before: Piece) -> bool:
    """The number of a footnote, small and raised, right after a word."""
    small = part.size <= before.size * 0.75 and part.text.strip().isdigit() and len(part.text.strip()) <= 3
    near = abs(part.x - before.right) < 3 * before.size
    return small and near and 0 < part.y - before.y < before.size


def _split(piece: Piece) -> Iterator[Piece]:
    """pypdf joins lines that follow one another: each is given its own baseline again."""
    for rank, text in enumerate(piece.text.split("\n")):
        if text.strip():
            yield replace(piece, y=piece.y - rank * piece.size * 1.2, text=text)


def _gutters(pieces: list[Piece]) -> list[float]:
    """Where the columns after the first begin: a left edge shared by many lines, that those on its left stop before."""
    edges = Counter(round(piece.x) for piece in pieces)
    if len(edges) < 2 or len(pieces) < 12:
        return []
    left = min(edges)
    width = max(piece.right for piece in pieces) - left
    second = _second_column(pieces, edges, left, width)
    if second is None:
        return []
    gutters = [second]
    for edge, count in sorted(edges.items()):
        if count >= max(3, len(pieces) * _THIRD) and all(abs(edge - other) > width * 0.2 for other in (left, *gutters)):
            before = max((other for other in (left, *gutters) if other < edge), default=left)
            column = [piece for piece in pieces if before - 1 <= piece.x < edge - _GUTTER]
            if column and sum(piece.right > edge for piece in column) <= len(column) * 0.1:
                gutters.append(edge - 2.0)
    return sorted(gutters)


def _second_column(pieces: list[Piece], edges: Counter[int], left: float, width: float) -> float | None:
    for edge, count in edges.most_common(4):
        if edge < left + width * 0.35 or count < len(pieces) * 0.25:
            continue
        beside = [piece for piece in pieces if piece.x < edge - _GUTTER]
        if len(beside) >= len(pieces) * 0.25:
            return edge - 2.0
    return None


def _line(page: int, row: list[Piece]) -> Line:
    text = row[0].text
    for before, piece in pairwise(row):
        gap = piece.x - before.right
        text += piece.text if text.endswith(" ") or piece.text.startswith(" ") or gap < 0 else f" {piece.text}"
    size = max(piece.size for piece in row)
    letters = [piece for piece in row if piece.text.strip()]
    bold = bool(letters) and all(piece.bold for piece in letters)
    right = row[-1].right
    return Line(page, row[0].x, row[0].y, right, size, bold, " ".join(text.split()))


def _paragraphs(lines: list[Line], body: float) -> Iterator[tuple[Line, str, bool]]:
    """Lines joined into paragraphs: (first line, whole text, whether white space stands above it)."""
    margin = _margins(lines)
    step = _step(lines)
    start, text, blank = lines[0], lines[0].text, True
    for before, line in pairwise(lines):
        gap = before.y - line.y
        apart = line.page != before.page or gap > step * 1.45 or gap <= 0
        if _goes_on(before, line, margin[before.page], apart, body):
            text = _join(text, line.text)
            continue
        yield start, text, blank
        start, text, blank = line, line.text, apart
    yield start, text, blank


def _margins(lines: list[Line]) -> dict[int, float]:
    """How far the lines of each page run, a stray one aside."""
    margins: dict[int, float] = {}
    for page in {line.page for line in lines}:
        rights = sorted(line.right for line in lines if line.page == page)
        margins[page] = rights[-1] if len(rights) < 10 else rights[-max(1, len(rights) // 25)]
    return margins


def _step(lines: list[Line]) -> float:
    steps = [before.y - line.y for before, line in pairwise(lines) if before.page == line.page and before.y > line.y]
    return statistics.median(steps) if steps else 14.0


def _goes_on(before: Line, line: Line, margin: float, apart: bool, body: float) -> bool:
    """Whether a line is the rest of the paragraph above it, cut because the page ended there."""
    if line.cell is not None or before.cell is not None:
        return False
    if line.bold != before.bold or abs(line.size - before.size) > 0.6:
        return False
    if split_marker(line.text)[0] is not None:
        return False
    if kind_heading(line.text) is not None and not (line.text[:1].islower() and not apart):
        return False
    first = line.text.split()[0]
    full = before.right + width_of(f" {first}", before.size, before.bold) > margin * 0.985
    if _HYPHEN.search(before.text) and line.text[:1].islower():
        return True
    last = without_accents(before.text.split()[-1])
    small = line.text[:1].islower() or line.text[:1] in "(«→0123456789" or last in LINKS or before.text[-1] in ",/(-'’"
    if apart:
        return small and full and not _ENDS.search(before.text) and line.page != before.page
    hanging = line.x > before.x + 2
    return (full and (small or hanging)) or (small and hanging)


def _join(text: str, more: str) -> str:
    """A word cut at the end of a line is whole again; a compound keeps its hyphen only when it had one."""
    if _HYPHEN.search(text):
        compound = without_accents(re.split(r"[\s(«/]", text)[-1][:-1]) in PREFIXES
        return text[:-1] + more if more[:1].islower() and not compound else text + more
    return text + more if text.endswith("/") and not text.endswith(" /") else f"{text} {more}"
