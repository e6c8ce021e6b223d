"""The picture that a file shows: the largest that is no logo. Pictures of headers and footers are not looked at."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.formats.zip_parts import Parts
from parvis.reading.sheet_files.model import EmbeddedPicture

_MOST: Final = 15_000_000
_MOST_PICTURES: Final = 30
_SIGNATURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_DRAW: Final = f"{{{_ODF}drawing:1.0}}"
_SVG: Final = f"{{{_ODF}svg-compatible:1.0}}"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"


def main_picture(parts: Parts) -> EmbeddedPicture | None:
    """The picture to be offered as that of the sheet, None when the file shows none that can be."""
    named = _of_word(parts) if parts.has("word/document.xml") else _of_opendocument(parts)
    best: EmbeddedPicture | None = None
    for rank, (name, alt) in enumerate(named):
        if rank >= _MOST_PICTURES or "logo" in alt.casefold():
            continue
        try:
            data = parts.bytes_of(name, _MOST)
        except RefusedInput:  # a picture that swells is not worth refusing the words
            continue
        if data is not None and data.startswith(_SIGNATURES) and (best is None or len(data) > len(best.data)):
            best = EmbeddedPicture(data, " ".join(alt.split()))
    return best


def _of_word(parts: Parts) -> Iterator[tuple[str, str]]:
    document, links = parts.xml("word/document.xml"), parts.xml("word/_rels/document.xml.rels")
    if document is None or links is None:
        return
    targets = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("word", link.get("Target", "")))
        for link in links
        if isinstance(link.tag, str) and link.get("TargetMode") != "External"
    }
    for shown in document.iter(f"{_DRAWING}inline", f"{_DRAWING}anchor"):
        properties = shown.find(f"{_DRAWING}docPr")
        for blip in shown.iter(f"{_A}blip"):
            target = targets.get(blip.get(f"{_R}embed", ""))
            if target is not None:
                description = "" if properties is None else properties.get("descr") or properties.get("title") or ""
                yield target, description


def _of_opendocument(parts: Parts) -> Iterator[tuple[str, str]]:
    content = parts.xml("content.xml")
    for frame in content.iter(f"{_DRAW}frame") if content is not None else ():
        for image in frame.iterchildren(f"{_DRAW}image"):
            description = frame.find(f"{_SVG}desc")
            description = frame.find(f"{_SVG}title") if description is None else description
            yield image.get(_LINK, ""), (description.text or "") if description is not None else ""
