"""The xml parts of an office file, taken out of its zip archive and parsed with everything dangerous turned off.

Nothing is fetched (no external entity, template or link is followed), nothing is expanded (a part that declares a
document type is refused: office files never do), and nothing is unpacked beyond what is read here.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from parvis.core.errors import RefusedInput

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES: Final = 5_000
MAX_PART: Final = 40_000_000
MAX_RATIO: Final = 300
# What a cut or changed archive makes the standard library raise; KeyError and IndexError come from broken directories.
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError,
    KeyError, IndexError, OverflowError,
)  # fmt: skip
_DAMAGED: Final = "Ce fichier est abîmé ou incomplet : ouvrez-le, enregistrez-le de nouveau, puis recommencez."
_TOO_LARGE: Final = "Ce fichier gonfle démesurément quand on l'ouvre : copiez son texte et collez-le."
_PROTECTED: Final = "Ce fichier est protégé par un mot de passe : enlevez la protection, puis recommencez."


def is_zip(data: bytes) -> bool:
    """Whether a file is a zip archive, as office files are."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def damaged() -> RefusedInput:
    return RefusedInput(_DAMAGED)


class Parts:
    """An office file, opened. Raises `RefusedInput` when it is damaged, protected or made to exhaust."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except UNREADABLE:
            raise damaged() from None
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise RefusedInput("Ce fichier contient trop de morceaux pour un document : copiez son texte et collez-le.")
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise RefusedInput(_PROTECTED)
        self.names = frozenset(entry.filename for entry in entries)

    def has(self, name: str) -> bool:
        return name in self.names

    def xml(self, name: str) -> _Element | None:
        """The root of a part, None when the file has no such part."""
        if name not in self.names:
            return None
        return parse(self._read(name))

    def bytes_of(self, name: str, most: int) -> bytes | None:
        """A part as it is; None when the file has no such part, or one of more than `most` bytes."""
        if name not in self.names or self._archive.getinfo(name).file_size > most:
            return None
        return self._read(name)

    def _read(self, name: str) -> bytes:
        entry = self._archive.getinfo(name)
        if entry.file_size > MAX_PART or entry.file_size > MAX_RATIO * max(entry.compress_size, 2_000):
            raise RefusedInput(_TOO_LARGE)
        try:
            with self._archive.open(entry) as part:
                data = part.read(MAX_PART + 1)
        except UNREADABLE:
            raise damaged() from None
        if len(data) > MAX_PART:
            raise RefusedInput(_TOO_LARGE)
        return data


def parse(data: bytes) -> _Element:
    """Parse a part. Raises `RefusedInput` when it is no sound xml, or declares a document type."""
    from lxml import etree

    head = data[:4_000].lower()
    if b"<!doctype" in head or b"<!entity" in head:
        raise RefusedInput("Ce fichier déclare ce qu'un document ne déclare jamais : copiez son texte et collez-le.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged() from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged()
    return root
