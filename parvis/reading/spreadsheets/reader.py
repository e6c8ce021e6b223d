"""A file or a pasted text → a grid. The format is known by the content of the file, never by its name."""

from __future__ import annotations

import re
from typing import Final, Protocol

from parvis.core.errors import RefusedInput
from parvis.core.text import without_accents
from parvis.reading.foreign_files import foreign_type, is_old_office
from parvis.reading.formats.zip_parts import is_zip
from parvis.reading.spreadsheets import delimited, limits
from parvis.reading.spreadsheets.archive import Archive
from parvis.reading.spreadsheets.build import make_grid
from parvis.reading.spreadsheets.model import Grid
from parvis.reading.spreadsheets.sheet import Sheet, listed
from parvis.sandbox import in_child

_ADVICE: Final = "enregistrez le tableau en .xlsx, .ods ou .csv, ou copiez-le et collez-le."
_PROTECTED: Final = "Ce fichier est protégé par un mot de passe : enlevez la protection, puis recommencez."
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# Many programs save a web page or an xml file under the name of an Excel file.
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype|\?xml|html|head|body|table|meta|style)\b", re.IGNORECASE
)
_MOST_NAMED: Final = 8
_HEAVY: Final = (
    "Ce tableau demande trop de temps ou de mémoire pour être lu : "
    "copiez les lignes utiles dans un classeur neuf, puis recommencez."
)


class Book(Protocol):
    """A workbook whose sheets are not yet read."""

    hidden: list[str]

    @property
    def names(self) -> tuple[str, ...]: ...

    def read(self, name: str) -> Sheet: ...


@in_child(_HEAVY)
def read_table(data: bytes, name: str, sheet: str | None = None) -> Grid:
    """Reads a csv, Excel or LibreOffice table. Raises `RefusedInput` with what to do.

    The first sheet that shows and has a header is read, or the one that is named.
    """
    limits.check_size(data)
    _refuse_others(data)
    if is_zip(data):
        return _from_book(open_book(data), name, sheet)
    content, warnings = delimited.read_bytes(data)
    return _from_text(content, name, warnings)


@in_child(_HEAVY)
def read_pasted(text: str) -> Grid:
    """Reads a table copied from a spreadsheet, or typed with ";" or ",". Lines are counted in the text."""
    if not text.strip():
        raise RefusedInput("Le texte est vide : copiez les cellules dans votre tableur, titres compris, et collez-les.")
    content, warnings = delimited.read_text(text)
    return _from_text(content, "texte collé", warnings)


def _refuse_others(data: bytes) -> None:
    if is_old_office(data):
        if _ENCRYPTED in data:
            raise RefusedInput(_PROTECTED)
        raise RefusedInput(f"Ce fichier est un ancien document Excel (.xls), qui n'est pas lu : ouvrez-le, {_ADVICE}")
    foreign = "un PDF" if data.startswith(b"%PDF") else foreign_type(data)
    if foreign is not None:
        raise RefusedInput(f"Ce fichier est {foreign}, et pas un tableau : {_ADVICE}")
    if _PAGE.match(data):
        raise RefusedInput(f"Ce fichier est une page web ou un fichier xml : ouvrez-le dans votre tableur, {_ADVICE}")


def open_book(data: bytes, *, as_shown: bool = False) -> Book:
    """A workbook, its sheets known by name. `as_shown`: its cells are read as they print, « 5 400 € » and not 5400."""
    archive = Archive(data)
    # LibreOffice ciphers the parts one by one, or the whole file as one part.
    if archive.holds("META-INF/manifest.xml", b"encryption-data") or archive.has("encrypted-package"):
        raise RefusedInput(_PROTECTED)
    if "content.xml" in archive.names:
        from parvis.reading.spreadsheets.ods import Document

        return Document(archive, as_shown=as_shown)
    if any(part.startswith("xl/") and part.endswith(".bin") and "workbook" in part for part in archive.names):
        raise RefusedInput(f"Ce fichier est un classeur Excel binaire (.xlsb), qui n'est pas lu : {_ADVICE}")
    if any(part.startswith("xl/") for part in archive.names):
        from parvis.reading.spreadsheets.xlsx import Workbook

        return Workbook(archive, as_shown=as_shown)
    raise RefusedInput(f"Ce fichier est une archive ou un document, et pas un tableau : {_ADVICE}")


def _from_text(content: Sheet, name: str, warnings: list[str]) -> Grid:
    grid = make_grid(content, name, (), warnings)
    if grid is None:
        raise RefusedInput(
            "Ce tableau n'a pas de ligne de titres : écrivez en haut le titre de chaque colonne, "
            "deux au moins, puis recommencez."
        )
    return grid


def _from_book(book: Book, name: str, wanted: str | None) -> Grid:
    names = book.names
    if not names:
        raise RefusedInput("Ce classeur n'a aucune feuille visible : affichez celle à importer, puis enregistrez-le.")
    for sheet_name in names if wanted is None else (_named(book, wanted),):
        warnings = _others(sheet_name, names, book.hidden)
        grid = make_grid(book.read(sheet_name), name, names, warnings)
        if grid is not None:
            return grid
    where = "Aucune feuille de ce classeur" if wanted is None else f"La feuille « {wanted[:60]} »"
    negative = "n'a" if wanted is None else "n'a pas"
    raise RefusedInput(
        f"{where} {negative} de ligne de titres : écrivez en haut le titre de chaque colonne, "
        "deux au moins, puis recommencez."
    )


def _named(book: Book, wanted: str) -> str:
    wanted = wanted.strip()
    if wanted in book.names:
        return wanted
    for name in book.names:
        if without_accents(name) == without_accents(wanted):
            return name
    if wanted in book.hidden:
        raise RefusedInput(f"La feuille « {wanted[:60]} » est masquée : affichez-la, enregistrez, puis recommencez.")
    raise RefusedInput(f"La feuille « {wanted[:60]} » n'existe pas : choisissez parmi {_quoted(book.names)}.")


def _others(read: str, names: tuple[str, ...], hidden: list[str]) -> list[str]:
    warnings = []
    others = [name for name in names if name != read]
    if others:
        several = "les autres n'ont pas été lues" if len(others) > 1 else "l'autre n'a pas été lue"
        warnings.append(f"La feuille « {read} » a été lue ; {several} : {_quoted(others)}.")
    if len(hidden) == 1:
        warnings.append(f"Une feuille masquée n'a pas été lue : {_quoted(hidden)}.")
    elif hidden:
        warnings.append(f"{len(hidden)} feuilles masquées n'ont pas été lues : {_quoted(hidden)}.")
    return warnings


def _quoted(names: list[str] | tuple[str, ...]) -> str:
    return listed([f"« {name[:60]} »" for name in names[:_MOST_NAMED]], len(names))
