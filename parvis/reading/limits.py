"""The largest input that is read: a report is a few pages, anything far larger is a mistake or an attack."""

from __future__ import annotations

from typing import Final

from parvis.core.errors import RefusedInput

MAX_BYTES: Final = 20_000_000
MAX_CHARACTERS: Final = 4_000_000
MAX_LINES: Final = 60_000
MAX_LINE: Final = 100_000


def check_size(data: bytes) -> None:
    """Refuses a file by its size, before anything of it is read."""
    if not data or not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise RefusedInput("Le fichier est vide : choisissez un fichier qui contient le texte du compte-rendu.")
    if len(data) > MAX_BYTES:
        raise RefusedInput(
            f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo : "
            "gardez seulement le texte du compte-rendu, ou coupez-le en plusieurs fichiers."
        )


def check_lines(lines: list[str]) -> None:
    """Refuses a text by its number of lines or by the length of one of them."""
    if len(lines) > MAX_LINES:
        raise RefusedInput(f"Le texte a plus de {MAX_LINES} lignes : coupez-le en plusieurs fichiers.")
    longest = max(range(len(lines)), key=lambda index: len(lines[index]), default=-1)
    if longest >= 0 and len(lines[longest]) > MAX_LINE:
        raise RefusedInput(
            f"La ligne {longest + 1} a plus de {MAX_LINE} caractères : "
            "enregistrez le compte-rendu avec un retour à la ligne par contribution."
        )


def check_rows(count: int) -> None:
    """Refuses a text by the number of items, headings and other pieces its lines hold."""
    if count > MAX_LINES:
        raise RefusedInput(f"Le texte a plus de {MAX_LINES} éléments : coupez-le en plusieurs fichiers.")


def check_characters(text: str) -> None:
    """Refuses a text by its number of characters, and one that holds nothing to read."""
    if len(text) > MAX_CHARACTERS:
        # A single endless line is told as such: the advice differs.
        if max(map(len, text[: MAX_LINE * 2].split("\n"))) > MAX_LINE:
            check_lines(text[: MAX_LINE * 2].split("\n"))
        raise RefusedInput("Le texte est trop long pour un compte-rendu : coupez-le en plusieurs fichiers.")
    if not text.strip():
        raise RefusedInput("Le texte est vide : collez ou choisissez le texte du compte-rendu.")
