"""Files made to exhaust the machine: an answer in French, and a web process that takes no more memory than before."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from parvis.core.errors import RefusedInput
from parvis.documents.logo import logo_png
from parvis.reading import read
from parvis.reading.attachments import read_attachment
from parvis.reading.pictures import read_picture
from parvis.reading.sheet_files import read_sheets
from parvis.reading.spreadsheets import read_table
from parvis.sandbox import NotDone

MOST_GROWTH = 40_000_000
"""Bytes. Some of these files took 22 GB."""


def svg(body: str, size: str = 'width="9" height="9"') -> bytes:
    links = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {links} {size}>{body}</svg>".encode()


def turbulence(area: str, size: str = 'width="9" height="9"') -> bytes:
    drawn = '<feTurbulence baseFrequency=".9" numOctaves="9"/>'
    return svg(f'<filter id="f" {area}>{drawn}</filter><path filter="url(#f)" d="M0 0h9e9v9e9H0z"/>', size)


def nested_uses() -> bytes:
    ten = "".join(f'<g id="a{rank}">{f"""<use xlink:href="#a{rank - 1}"/>""" * 10}</g>' for rank in range(1, 10))
    return svg(f'<defs><g id="a0"><rect width="1" height="1"/></g>{ten}</defs><use xlink:href="#a9"/>')


UNIT = 'x="0" y="0" width="1" height="1"'
LOGOS = {
    "turbulence": turbulence('filterUnits="userSpaceOnUse" x="-9e4" y="-9e4" width="9e5" height="9e5"'),
    "wide": turbulence(UNIT, 'width="1e7" height="1"'),
    "tall": turbulence(UNIT, 'width="1" height="1e7"'),
    "octaves": svg('<filter id="f"><feTurbulence baseFrequency=".9" numOctaves="999999999"/></filter>'
                   '<path filter="url(#f)" d="M0 0h9v9H0z"/>'),
    "uses": nested_uses(),
    "deep": svg("<g>" * 200_000 + "</g>" * 200_000),
    # Each rule looks for its first element along all the ways through the ancestors: minutes on any machine.
    "styles": svg("<style>" + "x g g g rect{fill:red}" * 200 + "</style>" + "<g>" * 200
                  + '<rect width="9" height="9"/>' * 200 + "</g>" * 200),
    "files": svg('<image href="file:///etc/passwd" width="9" height="9"/><use href="file:///etc/passwd#a"/>'),
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]>' + svg("&a;"),
}  # fmt: skip


def png_of(width: int, height: int) -> bytes:
    """A whole picture of one colour: some kilobytes for gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    packer = zlib.compressobj(9)
    line = b"\x00" * (1 + width * 4)
    data = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def animated(form: str) -> bytes:
    frames = [Image.new("RGB", (600, 600), (rank, 0, 0)) for rank in range(60)]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


def jpeg_that_declares(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    data = out.getvalue()
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + data[place + 4 :]


def office(main: str, content: bytes, *more: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, content)
        for name, data in more:
            archive.writestr(name, data)
    return out.getvalue()


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
SPREAD = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"


def endless_pdf() -> bytes:
    """Its tree of pages comes back to itself, and so does what a page draws."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 999999999>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/F Do\nendstream",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 12>>"
        b"stream\n/F Do /F Do\n\nendstream",
    ]
    return (
        b"%PDF-1.7\n"
        + b"".join(b"%d 0 obj%sendobj\n" % (rank, part) for rank, part in enumerate(parts, 1))
        + (b"trailer<</Root 1 0 R/Size 6>>\n%%EOF")
    )


def word(content: bytes) -> bytes:
    return office("word/document.xml", WORD % content)


def docx(data: bytes) -> object:
    return read(data, "a.docx")


def html(data: bytes) -> object:
    return read(data, "a.html")


FILES: dict[str, tuple[Callable[[bytes], object], Callable[[], bytes]]] = {
    "png of a hundred megabytes": (read_picture, lambda: png_of(60_000, 500)),
    "png just over": (read_picture, lambda: png_of(5_200, 5_200)),
    "jpeg that lies": (read_picture, lambda: jpeg_that_declares(65_000, 65_000)),
    "gif that moves": (read_picture, lambda: animated("GIF")),
    "docx of blanks": (docx, lambda: word(b" " * 200_000_000)),
    "docx of many paragraphs": (docx, lambda: word(SPREAD * 1_100_000)),
    "docx as deep as a well": (docx, lambda: word(b"<w:p>" * 300_000 + b"</w:p>" * 300_000)),
    "sheets of many paragraphs": (lambda data: read_sheets(data, "a.docx"), lambda: word(SPREAD * 1_100_000)),
    "odt": (lambda data: read(data, "a.odt"), lambda: office("content.xml", b"<a>" + b"<b/>" * 9_000_000 + b"</a>")),
    "xlsx": (
        lambda data: read_table(data, "a.xlsx"),
        lambda: office("xl/workbook.xml", b"<w/>", ("xl/worksheets/sheet1.xml", b"<a>" + b"<c/>" * 30_000_000)),
    ),
    "pdf without end": (lambda data: read(data, "a.pdf"), endless_pdf),
    "html as deep as a well": (html, lambda: b"<html><body>" + b"<div><b>" * 400_000),
    "html of tables": (html, lambda: b"<html><body>" + b"<table><tr><td>" * 100_000),
    "archive of many files": (
        lambda data: read_attachment(data, "a.docx"),
        lambda: office("word/document.xml", b"", *((f"{rank}", b"") for rank in range(30_000))),
    ),
}


def memory(line: str) -> int:
    """Bytes, of a line of `/proc/self/status`: `VmRSS` now, `VmHWM` at the highest."""
    return int(Path("/proc/self/status").read_text().split(f"{line}:")[1].split()[0]) * 1024


def assert_refused(ask: Callable[[bytes], object], data: bytes) -> RefusedInput:
    Path("/proc/self/clear_refs").write_text("5")  # the highest is counted from here
    before = memory("VmRSS")
    with pytest.raises(RefusedInput) as refused:
        ask(data)
    assert memory("VmHWM") - before < MOST_GROWTH + len(data)
    return refused.value


def logo(data: bytes) -> object:
    return logo_png(data, "svg")


@pytest.mark.parametrize("name", LOGOS)
def test_a_logo_that_exhausts_is_refused(name: str) -> None:
    assert_refused(logo, LOGOS[name])


def test_a_logo_of_few_bytes_does_not_take_gigabytes() -> None:
    """It killed the web process."""
    assert len(LOGOS["wide"]) < 300
    assert isinstance(assert_refused(logo, LOGOS["wide"]), NotDone)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_exhausts_is_refused(name: str) -> None:
    ask, make = FILES[name]
    assert_refused(ask, make())


def test_a_picture_that_moves_keeps_its_first_frame() -> None:
    assert read_picture(animated("WEBP")).width == 600


def test_an_honest_logo_passes() -> None:
    assert logo_png(svg('<circle cx="4" cy="4" r="3" fill="teal"/>'), "svg").startswith(b"\x89PNG")
