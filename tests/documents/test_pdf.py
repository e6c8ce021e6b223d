"""The PDF is one that a screen reader can follow."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from parvis.documents.pdf import report_pdf
from tests.documents.samples import full_report, item, report


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(report_pdf(full_report())))


def tags(reader: PdfReader) -> list[str]:
    """The structure elements of the document, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_it_says_that_it_is_accessible(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_it_has_a_title_bookmarks_headings_and_lists(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "Atelier emploi"
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)][:1] == ["Emploi / Insertion"]
    found = tags(reader)
    assert found.count("/H1") + found.count("/H2") >= 5
    assert {"/L", "/LI", "/Lbl", "/LBody"} <= set(found)
    assert "/Figure" not in found, "the signs are drawings beside a word: nothing to read aloud"


def test_numbers_are_those_of_the_report() -> None:
    numbers = ("4", "4", "12 bis", None)
    made = report_pdf(report(*(item("Dit", number=each) for each in numbers), meetings=()))
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert [text.count(label) for label in ("4.", "12 bis.", "–")] == [2, 1, 1]


def test_it_embeds_our_font_and_none_of_the_machine(reader: PdfReader) -> None:
    names = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index,union-attr]
    }
    assert any(name.startswith("AtkinsonHyperlegibleNext") for name in names)
    allowed = ("AtkinsonHyperlegibleNext", "DejaVuSansMono", "LibertinusSerif")
    assert all(name.startswith(allowed) for name in names), names
