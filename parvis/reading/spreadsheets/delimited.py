"""Tables written as text: which sign parts the cells, quoted cells of several lines, where each row starts.

A quotation mark opens a quoted cell only if it is closed just before a separator or an end of line: a spreadsheet
pastes « "Le parvis" association » as it stands, and a mark left open must not swallow the rest of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading import decoding
from parvis.reading.spreadsheets import limits
from parvis.reading.spreadsheets.cell_text import clean
from parvis.reading.spreadsheets.sheet import Sheet

_SEPARATORS: Final = ("\t", ";", ",")
_BREAKS: Final = re.compile("\r\n?")
_SEP_LINE: Final = re.compile(r"sep=([;,\t])\n", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://[^\s;,]+")
_SAMPLE: Final = 200_000
_SAMPLE_RECORDS: Final = 300


def read_bytes(data: bytes) -> tuple[Sheet, list[str]]:
    """The sheet of a csv file, and the warnings its encoding deserves."""
    try:
        text, warnings = decoding.decode(data)
    except RefusedInput:
        raise RefusedInput(
            "Ce fichier n'est pas un tableau que nous savons lire : enregistrez-le en .xlsx, .ods ou .csv."
        ) from None
    sheet, more = read_text(text)
    return sheet, [*warnings, *more]


def read_text(text: str) -> tuple[Sheet, list[str]]:
    """The sheet of a text, and the warnings that its accents deserve."""
    limits.check_characters(len(text))
    # The question mark of an address is no lost accent.
    warnings = decoding.mend(_LINK.sub(" ", text))[1]
    text = _BREAKS.sub("\n", decoding.mend(text)[0])
    sep_line = _SEP_LINE.match(text)
    start = sep_line.end() if sep_line else 0
    separator = sep_line.group(1) if sep_line else _separator(text)
    sheet = Sheet()
    cells = 0
    for line, record in _records(text, separator, start, 2 if sep_line else 1):
        cells += len(record)
        limits.check_cells(cells)
        for column, cell in enumerate(record, start=1):
            if cell:
                sheet.put(line, column, clean(cell))
    return sheet, warnings


def _records(text: str, separator: str, start: int = 0, line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line where it starts. Lines end with "\\n"."""
    cell = _pattern(separator)
    record: list[str] = []
    first = line
    place, size = start, len(text)
    while place < size:
        match = cell.match(text, place)
        assert match is not None  # the pattern takes anything, an empty cell included
        quoted, bare, end = match.groups()
        if quoted is not None:
            line += quoted.count("\n")
            record.append(quoted.replace('""', '"'))
        else:
            record.append(bare)
        place = match.end()
        if end != separator:
            yield first, record
            record = []
            line += 1
            first = line
    if record:
        yield first, record


def _pattern(separator: str) -> re.Pattern[str]:
    """One cell and what ends it. Possessive: no text makes it go back."""
    sign = re.escape(separator)
    return re.compile(rf'(?: *+"((?:[^"]++|"")*+)" *+(?={sign}|\n|\Z)|([^{sign}\n]*+))({sign}|\n|\Z)')


def _separator(text: str) -> str:
    """The sign that gives the most rows of a same number of cells."""
    sample = text[:_SAMPLE]
    best, most = ";", (0.0, 0)
    for sign in _SEPARATORS:
        widths = Counter[int]()
        for rank, (_, record) in enumerate(_records(sample, sign)):
            if rank >= _SAMPLE_RECORDS:
                break
            if any(cell.strip() for cell in record):
                widths[len(record)] += 1
        wide = {width: count for width, count in widths.items() if width > 1}
        if wide:
            width = max(wide, key=lambda size: (wide[size], size))
            score = (wide[width] / widths.total(), width)
            if score > most:
                best, most = sign, score
    return best
