"""A file sent to be kept: its type, known by its content, and a name that is safe in a page, a header and on disk.

Nothing is opened further than its table of contents: the file is only given back.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.zip_parts import Parts, is_zip
from parvis.sandbox import in_child

MAX_BYTES: Final = 10_000_000
MAX_NAME: Final = 100
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
TYPES: Final = {
    "pdf": "application/pdf",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation",
    "odt": _OPEN + "text",
    "ods": _OPEN + "spreadsheet",
    "odp": _OPEN + "presentation",
}
_MAIN_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_REFUSED: Final = (
    "Ce fichier n'est pas de ceux qui se joignent : choisissez un pdf, un texte (docx, odt), un tableau (xlsx, ods) "
    "ou un diaporama (pptx, odp)."
)
_AWKWARD: Final = '<>:"|?*'
_HEAVY: Final = "Ce fichier demande trop de mémoire pour être vérifié : enregistrez-le en pdf, puis recommencez."
_MACROS: Final = "Ce fichier contient des macros : enregistrez-le sans elles, ou en pdf, puis recommencez."


@dataclass(frozen=True, slots=True)
class Attachment:
    """`name` ends with the extension of what the file is."""

    data: bytes
    name: str
    content_type: str


@in_child(_HEAVY)
def read_attachment(data: bytes, name: str) -> Attachment:
    """Check a file to be joined. Raises `RefusedInput` when its content is not a pdf or an office document."""
    if not data:
        raise RefusedInput("Ce fichier est vide.")
    if len(data) > MAX_BYTES:
        raise RefusedInput(f"Ce fichier dépasse {MAX_BYTES // 1_000_000} Mo : allégez-le, puis recommencez.")
    extension = "pdf" if b"%PDF-" in data[:1_024] else _office_kind(data)
    return Attachment(data, safe_name(name, extension), TYPES[extension])


def _office_kind(data: bytes) -> str:
    if not is_zip(data):
        raise RefusedInput(_REFUSED)
    parts = Parts(data)
    if any("vbaproject" in name.lower() or name.startswith(("Basic/", "Scripts/")) for name in parts.names):
        raise RefusedInput(_MACROS)
    for extension, main in _MAIN_PARTS.items():
        if parts.has("[Content_Types].xml") and parts.has(main):
            return extension
    declared = data[30:200]  # an OpenDocument says what it is in its first entry, stored as it is
    for extension in ("odt", "ods", "odp"):
        if declared.startswith(b"mimetype" + TYPES[extension].encode()) and parts.has("content.xml"):
            return extension
    raise RefusedInput(_REFUSED)


def safe_name(name: str, extension: str) -> str:
    """The last part of a path, without what is not seen, short, ending with `extension`.

    >>> safe_name("C:\\\\dossier\\\\bilan  2025.PDF", "pdf")
    'bilan 2025.pdf'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Controls, and the marks that write a name backwards ("gpj.exe" shown as "exe.jpg").
    seen = "".join(" " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c)[0] != "C")
    stem = " ".join("".join("_" if c in _AWKWARD else c for c in seen).split())
    for known in TYPES:
        if stem.lower().endswith(f".{known}"):
            stem = stem[: -len(known) - 1]
    return f"{stem[:MAX_NAME].strip(' .') or 'document'}.{extension}"
