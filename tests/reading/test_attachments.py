"""Files joined: what they are is read in them, their name holds no trap."""

from __future__ import annotations

import io
import zipfile

import pytest

from parvis.core.errors import RefusedInput
from parvis.reading.attachments import TYPES, read_attachment, safe_name

_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def office(extension: str, *more: str) -> bytes:
    """The table of contents of an office file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if extension in _MAIN:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(_MAIN[extension], "<x/>")
        else:
            archive.writestr("mimetype", TYPES[extension])
            archive.writestr("content.xml", "<x/>")
        for name in more:
            archive.writestr(name, "?")
    return out.getvalue()


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
def test_office_file_is_known_by_its_content(extension: str) -> None:
    read = read_attachment(office(extension), "bilan.exe")
    assert (read.name, read.content_type) == (f"bilan.exe.{extension}", TYPES[extension])


def test_pdf_is_known_by_its_content() -> None:
    assert read_attachment(b"%PDF-1.7\n...", "Bilan d'été.PDF").name == "Bilan d'été.pdf"


@pytest.mark.parametrize(
    "data",
    [b"<html><script>alert(1)</script></html>", b"MZ\x90", b"\x89PNG\r\n\x1a\n", office("docx")[:40], b"PK\x03\x04"],
    ids=["page", "program", "picture", "cut archive", "bare archive"],
)
def test_file_of_another_kind_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedInput):
        read_attachment(data, "bilan.pdf")


def test_empty_file_is_refused() -> None:
    with pytest.raises(RefusedInput, match="vide"):
        read_attachment(b"", "bilan.pdf")


@pytest.mark.parametrize(
    ("extension", "macro"), [("docx", "word/vbaProject.bin"), ("xlsx", "xl/VBAPROJECT.bin"), ("ods", "Basic/x.xml")]
)
def test_file_with_macros_is_refused(extension: str, macro: str) -> None:
    with pytest.raises(RefusedInput, match="macros"):
        read_attachment(office(extension, macro), "bilan.docx")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\dossier\\bilan.pdf", "bilan.pdf"),
        ("bilan\r\nSet-Cookie: a=b.pdf", "bilan Set-Cookie_ a=b.pdf"),
        ("bilan\u202efdp.exe", "bilanfdp.exe.pdf"),
        ('"><script>.pdf', "___script_.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("é" * 300 + ".pdf", "é" * 100 + ".pdf"),
    ],
)
def test_safe_name_holds_no_trap(name: str, kept: str) -> None:
    assert safe_name(name, "pdf") == kept
