"""The largest table that is read: counts, so that time and memory stay bounded whatever the file."""

from __future__ import annotations

from typing import Final

from parvis.core.errors import RefusedInput

MAX_BYTES: Final = 30_000_000
# The official list of communes has 35,000 rows.
MAX_ROWS: Final = 60_000
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 4_000_000
MAX_CELL: Final = 20_000
# A cell may be shared by reference or repeated: what is counted is what comes out, not what the file weighs.
MAX_CHARACTERS: Final = 30_000_000


def check_size(data: bytes) -> None:
    """Refuses a file by its size, before anything of it is read."""
    if not data or not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise RefusedInput("Le fichier est vide : choisissez un fichier qui contient un tableau.")
    if len(data) > MAX_BYTES:
        raise RefusedInput(
            f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo : "
            "gardez seulement la feuille à importer, ou coupez-la en plusieurs fichiers."
        )


def check_rows(count: int) -> None:
    if count > MAX_ROWS:
        raise RefusedInput(f"Le tableau a plus de {grouped(MAX_ROWS)} lignes : coupez-le en plusieurs fichiers.")


def check_columns(count: int) -> None:
    if count > MAX_COLUMNS:
        raise RefusedInput(f"Le tableau a plus de {MAX_COLUMNS} colonnes : gardez celles à importer, puis recommencez.")


def check_cells(count: int) -> None:
    if count > MAX_CELLS:
        raise RefusedInput("Ce tableau a trop de cellules : gardez les lignes et les colonnes à importer.")


def check_characters(count: int) -> None:
    if count > MAX_CHARACTERS:
        raise RefusedInput("Le tableau contient trop de texte : coupez-le en plusieurs fichiers.")


def grouped(number: int) -> str:
    """
    >>> grouped(20000)
    '20\\xa0000'
    """
    return f"{number:,}".replace(",", "\u00a0")
