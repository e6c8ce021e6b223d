"""An official file, or its pasted text → its territories: a table (csv, xlsx, ods) or outlines (GeoJSON)."""

from __future__ import annotations

from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.decoding import decode
from parvis.reading.formats.zip_parts import is_zip
from parvis.reading.spreadsheets import read_pasted, read_table
from parvis.sandbox import in_child
from parvis.territories.readers.entries import OfficialFile
from parvis.territories.readers.geojson import read_geojson
from parvis.territories.readers.intercommunalities import with_lost_letters
from parvis.territories.readers.tables import read_official_table

MAX_BYTES: Final = 30_000_000
_NAME: Final = "fichier officiel"
_HEAVY: Final = (
    "Ce fichier demande trop de temps ou de mémoire pour être lu : "
    "gardez les lignes de votre territoire, puis recommencez."
)
_BLANKS: Final = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"


@in_child(_HEAVY)
def read_official_file(content: bytes | str) -> OfficialFile:
    """The territories of a file or of a pasted text. Raises `RefusedInput`, with a sentence for each faulty line."""
    if isinstance(content, str):
        return _read_text(content)
    _check_size(content)
    if _is_geojson(content):
        return read_geojson(_decode(content))
    return with_lost_letters(read_official_table(read_table(content, _NAME)))


@in_child(_HEAVY)
def text_of_file(data: bytes) -> str:
    """A file as the text that an agent can correct in a page, and that `read_official_file` reads the same.

    Lines of a text keep their numbers; a workbook becomes one line for each of its rows.
    """
    _check_size(data)
    if _is_geojson(data):
        return _decode(data)
    table = read_table(data, _NAME)
    return table.as_text() if is_zip(data) else _decode(data)


def _read_text(text: str) -> OfficialFile:
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return read_geojson(text.lstrip("\ufeff"))
    return with_lost_letters(read_official_table(read_pasted(text)))


def _is_geojson(data: bytes) -> bool:
    return data[:100].lstrip(_BLANKS)[:1] in (b"{", b"[")


def _decode(data: bytes) -> str:
    try:
        return decode(data)[0]
    except RefusedInput:
        raise RefusedInput(
            "Ce fichier n'est ni un tableau ni des contours : donnez le fichier officiel, en .csv, .xlsx ou .geojson."
        ) from None


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise RefusedInput("Ce fichier dépasse 30 Mo : gardez les lignes de votre territoire et recommencez.")
