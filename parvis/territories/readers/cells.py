"""Bytes of a table → rows of cells with their line numbers; and what an official code looks like."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from parvis.core.errors import RefusedInput
from parvis.core.text import fold

MAX_BYTES = 30_000_000
MAX_ROWS = 60_000
_MAX_CELL = 20_000

_QPV = re.compile(r"Q[NP][0-9][0-9AB][0-9]{3}[0-9A-Z]")
_TOWN = re.compile(r"[0-9][0-9AB][0-9]{3}")
_SIREN = re.compile(r"[0-9]{9}")
_PARTS = re.compile(r"\s*[,;|/]\s*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f]")

# « Cur d'Essonne », « Champ De Manuvre »: the œ fell out of these words when the file was written.
_DAMAGED = re.compile(
    r"\b(?:Curs?|M[aA]nuvres?|Uvres?|Nuds?|Bufs?|Vux|Ch[uU]rs?|Surs)\b|[\ufffd\u0080-\u009f]|Ã.|Å.", re.IGNORECASE
)


def decode(data: bytes) -> str:
    """The text of an official file: UTF-8 (with or without its mark), UTF-16, else Windows-1252."""
    if len(data) > MAX_BYTES:
        raise RefusedInput("Ce fichier dépasse 30 Mo : gardez les lignes de votre territoire et recommencez.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return check_text(text)


def check_text(text: str) -> str:
    """Refuse what is empty or is not text."""
    text = text.lstrip("\ufeff")
    if "\x00" in text or text.startswith("PK\x03\x04"):
        raise RefusedInput("Ce fichier n'est pas du texte : enregistrez le tableau en .csv, puis recommencez.")
    if not text.strip():
        raise RefusedInput("Ce fichier est vide : choisissez le fichier officiel, ou collez ses lignes.")
    return text


def rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not blank, by folded header, with the number of the line where it starts."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next(line for line in plain.split("\n") if line.strip())
    separator = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(plain), delimiter=separator)
    headers: list[str] = []
    line, count = 1, 0
    try:
        for cells in reader:
            here, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not headers:
                headers = [fold(cell).replace(" ", "_") for cell in cells]
                continue
            count += 1
            if count > MAX_ROWS:
                raise RefusedInput(f"Plus de {MAX_ROWS} lignes : gardez celles de votre territoire et recommencez.")
            if len(cells) > len(headers):
                raise RefusedInput(
                    f"La ligne {here} a plus de colonnes que l'en-tête : mettez entre guillemets "
                    "le texte qui contient le séparateur."
                )
            yield here, {name: clean(cell) for name, cell in zip(headers, cells, strict=False)}
    except csv.Error:
        raise RefusedInput(f"La ligne {line} ne se lit pas comme un tableau : vérifiez ses guillemets.") from None


def clean(cell: str) -> str:
    """A cell on one line, without control characters."""
    return " ".join(_CONTROL.sub("", cell[:_MAX_CELL]).split())


def parts(cell: str) -> list[str]:
    """The codes or names that one cell holds."""
    return [part for part in _PARTS.split(cell) if part]


def qpv_code(cell: str) -> str | None:
    """The code of a QPV (QN09106M, QP091001), or None."""
    code = cell.upper().replace(" ", "")
    return code if _QPV.fullmatch(code) else None


def town_code(cell: str) -> str | None:
    """The INSEE code of a commune; a first zero that a spreadsheet ate is given back."""
    code = cell.upper().replace(" ", "")
    if len(code) == 4 and code.isdigit():
        code = f"0{code}"
    return code if _TOWN.fullmatch(code) else None


def siren(cell: str) -> str | None:
    """The SIREN of an agglomération, or None."""
    code = cell.replace(" ", "")
    return code if _SIREN.fullmatch(code) else None


def looks_damaged(name: str) -> bool:
    """Whether letters seem to have been lost: the name is kept as it came, and shown to the agent."""
    return _DAMAGED.search(name) is not None
