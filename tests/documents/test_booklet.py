"""What is printed of the sheets: every word, on paper of the right size, whatever is written in them."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest
import zxingcpp
from docx import Document
from PIL import Image as Drawing
from pypdf import PdfReader

from parvis.documents.booklet import (
    AnswerForm,
    Booklet,
    PrintedSheet,
    Shelf,
    answer_booklet,
    large_sheets,
    reading_booklet,
)
from parvis.documents.paper import Image, Paper
from parvis.documents.paper_docx import paper_docx
from parvis.documents.paper_pdf import paper_pdf
from tests.documents.opened import words

HOSTILE = "#panic()[*] $x$ =1+1 <b>&amp; 🎉 שלום مرحبا\x0c \x00" + "x" * 60
FORM = AnswerForm(
    values=("À renforcer", "À poursuivre", "Je ne connais pas"),
    relations=("Aucun lien", "Nous la portons"),
    who_sees=("L'équipe projet seulement.",),
    until="15 décembre 2026",
)
COLLEGES = ("État", "Collectivités")


def picture(width: int = 40, height: int = 30) -> Image:
    out = io.BytesIO()
    Drawing.new("RGB", (width, height), "teal").save(out, "JPEG")
    return Image(out.getvalue(), "jpeg", "Trois personnes autour d'un vélo")


def sheet(number: int = 1, title: str = "Atelier vélo", **fields: Any) -> PrintedSheet:
    values: dict[str, Any] = {"summary": "Réparer, rouler.", "facts": (("Porteur", "Les Vélos"), ("Budget", "9 000 €"))}
    return PrintedSheet(number, title, **values | {"address": f"https://parvis.example/f/{number}/"} | fields)


def booklet(*sheets: PrintedSheet, **fields: Any) -> Booklet:
    values: dict[str, Any] = {
        "consultation": "Contrat de ville", "territory": "Paris-Saclay", "authority": "Agglo",
        "made_on": datetime.date(2026, 11, 26), "shelves": (Shelf("Emploi", sheets),) if sheets else (),
    }  # fmt: skip
    return Booklet(**values | fields)


def papers(made: Booklet) -> list[Paper]:
    return [reading_booklet(made), answer_booklet(made, FORM), large_sheets(made, FORM.values, COLLEGES, "Mon avis")]


def pages(paper: Paper) -> list[str]:
    """The words of each page, without the signs that only place them."""
    told = [page.extract_text().replace("\u200e", "").replace("\u2060", "") for page in _pages(paper_pdf(paper))]
    return [" ".join(each.split()) for each in told]


def _pages(data: bytes) -> list[Any]:
    return list(PdfReader(io.BytesIO(data)).pages)


def figures(data: bytes) -> list[str]:
    """The words that stand for the pictures of a PDF."""
    found = [entry.get_object() for entry in _elements(PdfReader(io.BytesIO(data)).trailer["/Root"])]
    return [str(entry["/Alt"]) for entry in found if entry.get("/S") == "/Figure"]


def _elements(root: Any) -> list[Any]:
    todo, found = [root["/StructTreeRoot"]], []
    while todo:
        node = todo.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            todo.extend(node)
        elif isinstance(node, dict):
            found.append(node)
            todo.extend([node["/K"]] if "/K" in node else [])
    return found


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_it_says_that_it_is_accessible(rank: int) -> None:
    made = paper_pdf(papers(booklet(sheet()))[rank])
    root: Any = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_the_booklet_has_a_cover_contents_with_pages_and_a_page_a_sheet() -> None:
    text = ("Un paragraphe.", "Un autre.")
    said = pages(reading_booklet(booklet(sheet(7, text=text, picture=picture()), sheet(2, "Permis solidaire"))))
    assert len(said) == 4
    assert "Les actions des quartiers 2 fiches, par thématique. Paris-Saclay · 26 novembre 2026" in said[0]
    contents = said[1].replace(".", "").replace(" ", "")
    for line in ("Emploi3", "7Ateliervélo3", "2Permissolidaire4"):
        assert line in contents, line
    for part in ("Emploi 7. Atelier vélo Réparer, rouler.", "Porteur : Les Vélos", "Budget : 9 000 €", "Un autre."):
        assert part in said[2], part
    assert "Permis solidaire" in said[3]


def test_a_picture_is_told_to_who_does_not_see_it_and_an_ornament_is_not() -> None:
    told = picture()
    ornament = Image(told.data, "jpeg", "")
    assert figures(paper_pdf(reading_booklet(booklet(sheet(picture=told))))) == ["Trois personnes autour d'un vélo"]
    assert figures(paper_pdf(reading_booklet(booklet(sheet(picture=ornament))))) == []
    with zipfile.ZipFile(io.BytesIO(paper_docx(reading_booklet(booklet(sheet(picture=told)))))) as archive:
        assert "Trois personnes autour d'un vélo" in archive.read("word/document.xml").decode()


def test_a_tall_picture_is_made_lower() -> None:
    made = Document(io.BytesIO(paper_docx(reading_booklet(booklet(sheet(picture=picture(30, 300)))))))
    shape = made.inline_shapes[0]
    assert (round(shape.height.cm, 1), round(shape.width.cm, 1)) == (8.0, 0.8)
    assert len(pages(reading_booklet(booklet(sheet(picture=picture(30, 300)))))) == 3


def test_answers_are_numbered_as_the_keys_of_the_entry_screen() -> None:
    paper = answer_booklet(booklet(sheet(12)), FORM)
    head, body = pages(paper)
    for part in ("Organisme", "Fonction", "Qui verra mon nom ?", "L'équipe projet seulement.", "15 décembre 2026"):
        assert part in head, part
    for part in ("12. Atelier vélo", "1 À renforcer", "2 À poursuivre", "3 Je ne connais pas", "Nous la portons"):
        assert part in body, part
    assert body.count("☐") == 5
    cells = [cell.text for table in Document(io.BytesIO(paper_docx(paper))).tables for cell in table.rows[0].cells]
    assert cells == ["☐\t1  À renforcer\n☐\t2  À poursuivre", "☐\t3  Je ne connais pas", "☐\tAucun lien",
                     "☐\tNous la portons"]  # fmt: skip


def test_a_sheet_is_never_cut_between_two_pages_of_boxes() -> None:
    paper = answer_booklet(booklet(*(sheet(number) for number in range(1, 31))), FORM)
    for page in pages(paper)[1:]:
        assert page.count("Un commentaire") == page.count("Atelier vélo") > 0


def test_a_large_sheet_is_one_page_of_a3_with_a_cell_by_value_and_group() -> None:
    long = sheet(3, "Titre " * 30, summary="Résumé " * 140, facts=(("Porteur", "P" * 190),))
    made = paper_pdf(large_sheets(booklet(sheet(1), long), FORM.values, COLLEGES, "Mon avis"))
    reader = PdfReader(io.BytesIO(made))
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages] == [(1191, 842)] * 2
    for page in reader.pages:
        said = " ".join(page.extract_text().split())
        for part in (*FORM.values, *COLLEGES, "Mon avis"):
            assert part in said, part
    codes = [zxingcpp.read_barcodes(page.images[0].image.convert("L"))[0].text for page in reader.pages]
    assert codes == ["https://parvis.example/f/1/", "https://parvis.example/f/3/"]


def test_a_large_sheet_without_address_has_no_code() -> None:
    reader = PdfReader(io.BytesIO(paper_pdf(large_sheets(booklet(sheet(address="")), FORM.values, COLLEGES, "Avis"))))
    assert list(reader.pages[0].images) == []


def test_without_a_sheet_it_says_so() -> None:
    for paper in papers(booklet()):
        assert "Aucune fiche n'est montrée" in " ".join(pages(paper))
        assert "Aucune fiche n'est montrée" in words("docx", paper_docx(paper))


def test_who_alone_may_read_it_stands_on_each_page() -> None:
    for paper in papers(booklet(sheet(), sheet(2), reserved="Réservé au groupe restreint")):
        assert all("Réservé au groupe restreint" in page for page in pages(paper))


def test_hostile_words_stay_words() -> None:
    wild = sheet(4, HOSTILE, summary=HOSTILE, facts=((HOSTILE, HOSTILE),), text=(HOSTILE,) * 3)
    for paper in papers(booklet(wild, consultation=HOSTILE, authority=HOSTILE, reserved=HOSTILE)):
        assert "#panic()[*] $x$ =1+1" in words("pdf", paper_pdf(paper))
        with zipfile.ZipFile(io.BytesIO(paper_docx(paper))) as archive:
            assert "🎉" in archive.read("word/document.xml").decode()


def test_the_logo_stands_on_each_page() -> None:
    logo = Image(picture().data, "jpeg", "Logo : Agglo")
    made = paper_pdf(reading_booklet(booklet(sheet(), logo=logo)))
    assert len([page for page in PdfReader(io.BytesIO(made)).pages if list(page.images)]) == 3


def test_the_same_sheets_make_the_same_bytes() -> None:
    for write in (paper_pdf, paper_docx):
        first, second = ([write(paper) for paper in papers(booklet(sheet(picture=picture())))] for _ in range(2))
        assert first == second
