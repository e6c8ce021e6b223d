"""Files that no reader takes, recognised by their first bytes, so that a refusal says what they are."""

from __future__ import annotations

from typing import Final

_SIGNATURES: Final = (
    (b"{\\rtf", "un document RTF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"\x1f\x8b", "une archive"),
    (b"7z\xbc\xaf", "une archive"),
    (b"Rar!", "une archive"),
    (b"\x7fELF", "un programme"),
    (b"MZ\x90", "un programme"),
)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"


def foreign_type(data: bytes) -> str | None:
    """ "une image", "une archive"…: what a file is, in French; None when it may be one that is read."""
    return next((name for signature, name in _SIGNATURES if data.startswith(signature)), None)


def is_old_office(data: bytes) -> bool:
    """Whether a file is of the Office of before 2007 (.doc, .xls), or one of today under a password."""
    return data.startswith(_OLD_OFFICE)
