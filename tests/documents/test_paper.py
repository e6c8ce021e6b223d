"""The papers of a room: the same words in PDF and in Word, whatever is written in them."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from parvis.core.errors import RefusedInput
from parvis.documents.logo import is_svg, logo_png
from parvis.documents.paper import (
    Beside,
    Block,
    Cards,
    Figure,
    Grid,
    Image,
    Items,
    NewPage,
    Paper,
    Space,
    Words,
    qr_image,
)
from parvis.documents.paper_docx import paper_docx
from parvis.documents.paper_pdf import paper_pdf
from parvis.documents.zips import pack
from tests.documents.opened import words

HOSTILE = '"#panic()[*] \\ <b>&amp; 🎉 שלום\x0c \x00' + "x" * 300
BLOCKS: tuple[Block, ...] = (
    Words("Un titre", style="title"),
    Words("Une partie", style="heading", kind="challenge"),
    Beside((Words("À gauche", style="lead"),), (Figure(qr_image("https://exemple.fr/a", "QR"), 3, "end"),), 4),
    Items(("Premier", "Second"), box=True),
    Grid(("Nom", "Signature"), (("Alice", ""), ("Bob", "☐")), (2, 3), row_cm=1.2),
    Space(1),
    NewPage(),
    Cards("strength", "Atout", "Ce qui marche."),
    Words("Petit", style="small", align="center"),
)


def paper(*blocks: Block, **fields: Any) -> Paper:
    values: dict[str, Any] = {"title": "Essai", "authority": "Agglo", "made_on": datetime.date(2026, 3, 12)}
    return Paper(blocks=blocks, **values | fields)


def table_words(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in Document(io.BytesIO(data)).tables for row in table.rows]


def test_pdf_says_every_word_and_is_accessible() -> None:
    made = paper_pdf(paper(*BLOCKS, footer="Au pied"))
    said = words("pdf", made)
    for part in ("Un titre", "Une partie", "À gauche", "Premier", "Alice", "Atout", "Petit", "Au pied", "Page 2 sur 3"):
        assert part in said, part
    root: Any = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_word_file_says_the_same_in_things_that_can_be_changed() -> None:
    made = paper_docx(paper(*BLOCKS, footer="Au pied"))
    said = words("docx", made)
    for part in ("Un titre", "Une partie", "☐ Premier", "Petit"):
        assert part in said, part
    rows = table_words(made)
    assert ["Alice", ""] in rows
    assert sum(row[0].startswith("  Atout") for row in rows) == 4
    document = Document(io.BytesIO(made))
    assert document.sections[0].header.paragraphs[0].text == "Agglo"
    assert [paragraph.style.name for paragraph in document.paragraphs][:2] == ["Title", "Heading 1"]


def test_the_same_paper_makes_the_same_bytes() -> None:
    for write in (paper_pdf, paper_docx):
        assert write(paper(*BLOCKS)) == write(paper(*BLOCKS))


def test_hostile_words_stay_words() -> None:
    blocks = (Words(HOSTILE), Items((HOSTILE,)), Grid((HOSTILE,), ((HOSTILE,),), (1,)), Words(HOSTILE, style="title"))
    hostile = paper(*blocks, title=HOSTILE, authority=HOSTILE, footer=HOSTILE)
    assert "#panic()[*]" in words("pdf", paper_pdf(hostile))
    assert "🎉" in words("docx", paper_docx(hostile))


@pytest.mark.parametrize(
    ("size", "landscape", "points"),
    [("a4", False, (595, 842)), ("a4", True, (842, 595)), ("a3", True, (1191, 842))],
)
def test_pages_have_the_size_that_is_asked(size: str, landscape: bool, points: tuple[int, int]) -> None:
    wanted = paper(Words("Mot"), size=size, landscape=landscape)
    box = PdfReader(io.BytesIO(paper_pdf(wanted))).pages[0].mediabox
    section = Document(io.BytesIO(paper_docx(wanted))).sections[0]
    assert (round(box.width), round(box.height)) == points
    assert (round(section.page_width.pt), round(section.page_height.pt)) == points


def test_a_row_without_all_its_values_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="one value a column"):
        Grid(("Un", "Deux"), (("seul",),), (1, 1))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#0E5A63"/></svg>'


def test_a_logo_is_drawn_again_at_most_twelve_centimetres_wide() -> None:
    made = logo_png(SVG, "svg")
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 1417
    assert logo_png(made, "png").startswith(b"\x89PNG")
    logo = Image(made, "png", "Logo")
    assert b"Agglo" in zipfile.ZipFile(io.BytesIO(paper_docx(paper(logo=logo)))).read("word/header1.xml")
    assert paper_pdf(paper(Words("Mot"), logo=logo)).startswith(b"%PDF")


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        b"<html><svg></html>",
    ],
)
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    assert is_svg(data)
    with pytest.raises(RefusedInput):
        logo_png(data, "svg")


def test_an_archive_keeps_its_order_and_no_hour() -> None:
    files = {"b.txt": b"deux", "a.txt": b"un"}
    made = pack(files)
    assert made == pack(files)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["b.txt", "a.txt"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
