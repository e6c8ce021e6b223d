"""Invitations on paper: a page each, the right code to the right person."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
import zxingcpp
from docx import Document
from pypdf import PdfReader

from parvis.documents.labels import SHEETS, Label, labels_pdf
from parvis.documents.letters import Inviting, Letter, letters_paper, poster_paper
from parvis.documents.paper_docx import paper_docx
from parvis.documents.paper_pdf import paper_pdf
from tests.documents.opened import words

DAY = datetime.date(2026, 11, 26)
INVITING = Inviting(
    consultation="Contrat de ville", authority="Agglo", made_on=DAY, who_sees=("L'équipe projet seulement.",),
    contact="contact@agglo.example", until="15 décembre 2026",
)  # fmt: skip
LETTERS = (
    Letter(("Alice Martin", "CAF", "2 rue Haute", "91000 Évry"), "https://parvis.example/i/alice/"),
    Letter(("À l'attention de la direction", "DDETS"), "https://parvis.example/i/ddets/", personal=False),
)
HOSTILE = "#panic()[*] =1+1 🎉 שלום\x00" + "x" * 200


def codes(data: bytes) -> list[list[str]]:
    """What the QR codes of each page say."""
    return [
        [zxingcpp.read_barcodes(each.image.convert("L"))[0].text for each in page.images]
        for page in PdfReader(io.BytesIO(data)).pages
    ]


def labels(*given: Label, kind: str = "24") -> bytes:
    return labels_pdf(given, SHEETS[kind], title="Étiquettes", caption="Votre avis", made_on=DAY)


def test_each_letter_is_a_page_with_its_own_code() -> None:
    made = paper_pdf(letters_paper(INVITING, LETTERS))
    assert codes(made) == [[letter.link] for letter in LETTERS]
    first, second = (" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages)
    for part in ("Alice Martin CAF 2 rue Haute 91000 Évry", "26 novembre 2026", "« Contrat de ville »",
                 "jusqu'au 15 décembre 2026", "https://parvis.example/i/alice/", "Ce lien est pour vous",
                 "Qui verra mon nom ?", "L'équipe projet seulement.", "contact@agglo.example"):  # fmt: skip
        assert part in first, part
    assert "Ce lien est pour votre organisme" in second
    assert "Alice" not in second


def test_the_word_file_starts_a_page_a_letter() -> None:
    made = Document(io.BytesIO(paper_docx(letters_paper(INVITING, LETTERS))))
    assert len(made.inline_shapes) == 2
    assert len(made.element.xpath("//w:pageBreakBefore")) == 1
    assert "Votre avis sur les actions menées dans les quartiers" in words(
        "docx", paper_docx(letters_paper(INVITING, LETTERS))
    )


def test_a_letter_whose_address_is_very_long_is_still_a_page() -> None:
    long = Letter(("Prénom " * 17, "Organisme " * 16, *["Ligne d'adresse " * 5] * 5), "https://parvis.example/i/a/")
    assert len(PdfReader(io.BytesIO(paper_pdf(letters_paper(INVITING, (long,) * 3)))).pages) == 3


def test_the_poster_is_one_page_that_opens_the_link() -> None:
    made = paper_pdf(poster_paper(INVITING, "https://parvis.example/i/ouvert/"))
    assert codes(made) == [["https://parvis.example/i/ouvert/"]]
    said = words("pdf", made)
    for part in ("Donnez votre avis", "choisissez votre organisme", "Qui verra mon nom ?"):
        assert part in said, part
    assert len(PdfReader(io.BytesIO(paper_pdf(poster_paper(INVITING, "https://p.example/" + "a" * 80)))).pages) == 1


@pytest.mark.parametrize(("kind", "pages"), [("24", [24, 1]), ("14", [14, 11])])
def test_labels_fill_their_sheet_then_the_next(kind: str, pages: list[int]) -> None:
    made = labels(*(Label((f"Nom {n}", "CAF"), f"https://parvis.example/i/{n}/") for n in range(25)), kind=kind)
    found = codes(made)
    assert [len(page) for page in found] == pages
    assert {code for page in found for code in page} == {f"https://parvis.example/i/{n}/" for n in range(25)}
    root: Any = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_a_sheet_of_labels_is_never_larger_than_its_page() -> None:
    for sheet in SHEETS.values():
        assert sheet.columns * sheet.width + (sheet.columns - 1) * sheet.gap <= 210
        assert sheet.rows * sheet.height <= 297


def test_hostile_words_stay_words() -> None:
    wild = Letter((HOSTILE, HOSTILE, HOSTILE), "https://parvis.example/i/a/")
    paper = letters_paper(INVITING, (wild,))
    assert "#panic()[*] =1+1" in words("pdf", paper_pdf(paper))
    made = labels(*[Label(wild.recipient, wild.link)] * 24)
    assert "#panic()[*] =1+1" in words("pdf", made)
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


def test_nobody_to_write_to_is_said() -> None:
    assert "Aucune lettre à imprimer." in words("pdf", paper_pdf(letters_paper(INVITING, ())))
    assert "Aucune étiquette à imprimer." in words("pdf", labels())


@pytest.mark.parametrize("paper", ["letter", "label"])
def test_an_address_cut_after_a_letter_changes_no_other_word(paper: str) -> None:
    """The mark that lets it be cut stays out of the file: typst tied it to every E, and `DDETS` was not searchable."""
    link = "https://parvis.example/".ljust(49, "o") + "E" + "x" * 30
    letter = Letter((link, "DDETS"), link)
    made = paper_pdf(letters_paper(INVITING, (letter,))) if paper == "letter" else labels(Label(letter.recipient, link))
    read = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "DDETS" in read
    assert "\u200b" not in read
