"""A file brought as action sheets → its blocks. Hostile or foreign files are refused with one sentence."""

from __future__ import annotations

from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.office_blocks import Opened
from parvis.reading.formats.zip_parts import Parts, is_zip

MAX_BYTES: Final = 20_000_000
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_ADVICE: Final = "enregistrez la fiche en .docx, .odt, .xlsx ou .ods, puis recommencez."


def open_file(data: bytes) -> tuple[Opened, Parts]:
    """Opens a Word or LibreOffice text, or a workbook, known by its content and not by its name."""
    if not data.strip():
        raise RefusedInput("Le fichier est vide : choisissez une fiche écrite en Word, en Excel ou en LibreOffice.")
    if len(data) > MAX_BYTES:
        raise RefusedInput(
            f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo : réduisez ses images, ou coupez-le, puis recommencez."
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedInput(
            f"Ce fichier est un ancien document Word ou Excel, ou il est protégé par un mot de passe : {_ADVICE}"
        )
    if not is_zip(data):
        raise RefusedInput(
            f"Ce fichier n'est ni un document Word, ni un classeur Excel, ni un document LibreOffice : {_ADVICE}"
        )
    parts = Parts(data)
    if parts.has("word/document.xml"):
        from parvis.reading.formats import docx

        return docx.open_blocks(parts), parts
    if parts.has("xl/workbook.xml") or parts.bytes_of("mimetype", 200) == _ODS:
        from parvis.reading.sheet_files.workbook import blocks_of
        from parvis.reading.spreadsheets.reader import open_book

        return blocks_of(open_book(data, as_shown=True), "xlsx" if parts.has("xl/workbook.xml") else "ods"), parts
    if parts.has("content.xml"):
        from parvis.reading.formats import odt

        return odt.open_blocks(parts), parts
    raise RefusedInput(f"Ce fichier est une archive ou un document qui n'est ni un texte ni un tableau : {_ADVICE}")
