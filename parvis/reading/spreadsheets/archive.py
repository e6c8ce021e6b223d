"""An office file whose parts are parsed as a stream: a sheet of millions of empty cells is never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.zip_parts import UNREADABLE, Parts, damaged

if TYPE_CHECKING:
    from lxml.etree import _Element

# Rows that are formatted and empty weigh a lot and compress well: the size is bounded here, and not the ratio.
MAX_STREAM: Final = 150_000_000
# What may pass between two elements that were asked for: their tree is all that stands in memory.
MAX_BETWEEN: Final = 4_000_000
_CHUNK: Final = 65_536
_TOO_LARGE: Final = (
    "Ce fichier gonfle démesurément quand on l'ouvre : "
    "copiez le tableau dans un classeur neuf, enregistrez-le, puis recommencez."
)
_DECLARES: Final = "Ce fichier déclare ce qu'un tableau ne déclare jamais : copiez le tableau et collez-le."


class Archive(Parts):
    """`Parts`, and the elements of a large part one by one."""

    def holds(self, name: str, content: bytes) -> bool:
        """Whether a small part has these bytes in it."""
        return name in self.names and content in self._read(name)

    def elements(self, name: str, tags: tuple[str, ...], starts: bool = False) -> Iterator[tuple[str, _Element]]:
        """The elements of these tags, as ("start" or "end", element), while the part is parsed.

        The caller lets go of each (`forget`). Raises `RefusedInput` for what is unsound, huge or declares entities.
        """
        from lxml import etree

        parser = etree.XMLPullParser(
            events=("start", "end") if starts else ("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=False,
            remove_comments=True,
            remove_pis=True,
        )
        since = 0
        checked = False
        try:
            for chunk in self._chunks(name):
                parser.feed(chunk)
                since += len(chunk)
                for event, element in parser.read_events():
                    since = 0
                    if not checked:
                        checked = True
                        # A file in UTF-16 hides its declaration from a search of bytes.
                        if element.getroottree().docinfo.internalDTD is not None:
                            raise RefusedInput(_DECLARES)
                    yield event, element
                if since > MAX_BETWEEN:
                    raise RefusedInput(_TOO_LARGE)
            parser.close()
        except (etree.XMLSyntaxError, ValueError):
            raise damaged() from None

    def _chunks(self, name: str) -> Iterator[bytes]:
        if name not in self.names:
            raise damaged()
        entry = self._archive.getinfo(name)
        if entry.file_size > MAX_STREAM:
            raise RefusedInput(_TOO_LARGE)
        size = 0
        try:
            with self._archive.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    if not size and _declares(chunk):
                        raise RefusedInput(_DECLARES)
                    size += len(chunk)
                    if size > MAX_STREAM:
                        raise RefusedInput(_TOO_LARGE)
                    yield chunk
        except UNREADABLE:
            raise damaged() from None


def _declares(chunk: bytes) -> bool:
    head = chunk.lower()
    return b"<!doctype" in head or b"<!entity" in head


def forget(element: _Element) -> None:
    """Lets go of an element that was read and of all that came before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]
