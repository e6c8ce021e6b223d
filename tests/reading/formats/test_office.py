"""Word, LibreOffice and PDF reports."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx.document import Document as Doc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from parvis.core.errors import RefusedInput
from parvis.documents.docx_file import report_docx
from parvis.documents.odt import report_odt
from parvis.documents.pdf import report_pdf
from parvis.reading import Report, read, unplaced
from parvis.reading.formats import pdf, zip_parts
from parvis.reading.formats.office_blocks import roman
from tests.documents.samples import item
from tests.documents.samples import report as sample
from tests.reading.formats.office import READ, changed, docx, fill_report

SOFFICE = shutil.which("soffice")
LONG = "Travailler à l’attractivité du territoire pour l’installation de spécialistes, et développer l’offre de soins"


def contributions_of(report: Report) -> list[tuple[object, ...]]:
    return [
        (item.theme, item.kind, item.number, item.text, tuple(child.text for child in item.children))
        for item in report.contributions
    ]


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(RefusedInput) as caught:
        read(data, name)
    assert re.fullmatch(r"[A-ZÉÀ][^\n]{20,240}\.", caught.value.message)
    return caught.value.message


def test_word_styles_bold_titles_automatic_numbers_and_tables() -> None:
    report = read(docx(fill_report), "rapport.docx")
    assert contributions_of(report) == READ
    assert report.title == "Compte-rendu de l’atelier"
    assert report.source.format == "docx"
    assert unplaced(report) == []


def test_name_of_a_file_may_lie() -> None:
    assert contributions_of(read(docx(fill_report), "rapport.txt")) == READ


def test_numbers_are_those_word_prints() -> None:
    def fill(document: Doc) -> None:
        document.add_heading("Emploi", 1)
        for kind in ("Défis", "Propositions"):
            document.add_heading(kind, 2)
            for text in ("un", "deux"):
                document.add_paragraph(f"Point {text}", style="List Number")

    assert [item.number for item in read(docx(fill), "a.docx").contributions] == ["1", "2", "3", "4"]


def test_line_breaks_in_a_paragraph_part_items() -> None:
    def fill(document: Doc) -> None:
        document.add_heading("Emploi", 1)
        document.add_heading("Défis", 2)
        document.add_paragraph("1. Le bus\n2. La crèche\n3. Les dossiers")

    report = read(docx(fill), "a.docx")
    assert [item.text for item in report.contributions] == ["Le bus", "La crèche", "Les dossiers"]
    assert {item.line for item in report.contributions} == {3}
    assert unplaced(report) == []


def test_struck_out_words_are_not_the_text() -> None:
    def fill(document: Doc) -> None:
        document.add_heading("Défis", 1)
        document.add_paragraph("Le bus", style="List Bullet")

    struck = b"<w:del><w:r><w:delText>VIEUX</w:delText></w:r></w:del>"
    struck += b"<w:ins><w:r><w:t> du soir</w:t></w:r></w:ins></w:p>"
    data = changed(docx(fill), {"word/document.xml": lambda part: struck.join(part.rsplit(b"</w:p>", 1))})
    (contribution,) = read(data, "a.docx").contributions
    assert contribution.text == "Le bus du soir"


@pytest.mark.parametrize("extension", ["docx", "odt", "pdf"])
def test_our_own_files_come_back(extension: str) -> None:
    """What Parvis published can be read again, whatever the format."""
    write = {"docx": report_docx, "odt": report_odt, "pdf": report_pdf}[extension]
    items = [item(f"{roman(n).title()} : {LONG}", number=str(n)) for n in range(1, 30)]
    report = read(write(sample(*items, item("Avec des points", number="30", details=("un", "deux")))), f"a.{extension}")
    assert [item.text for item in report.contributions] == [item.text for item in items] + ["Avec des points"]
    assert [item.number for item in report.contributions] == [str(n) for n in range(1, 31)]
    assert {item.theme for item in report.contributions} == {"Emploi / Insertion"}
    assert [child.text for child in report.contributions[-1].children] == ["un", "deux"]
    assert unplaced(report) == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("extension", ["odt", "pdf"])
def test_what_libreoffice_makes_of_a_word_report(extension: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(fill_report))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", extension, "--outdir", str(tmp_path), "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    report = read((tmp_path / f"a.{extension}").read_bytes(), f"a.{extension}")
    assert unplaced(report) == []
    if extension == "odt":
        assert contributions_of(report) == READ
    else:  # a PDF has no table: its columns are lines
        assert contributions_of(report)[:3] == READ[:3]


def test_words_cut_at_the_end_of_a_line_are_whole_again() -> None:
    assert pdf._join("une meilleure infor-", "mation") == "une meilleure information"
    assert pdf._join("la co-", "responsabilité") == "la co-responsabilité"
    assert pdf._join("à Saint-", "Aubric") == "à Saint-Aubric"
    assert pdf._join("information/", "communication") == "information/communication"
    assert pdf._join("le bus", "du soir") == "le bus du soir"


ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("declared", [ENTITY, LAUGHS])
def test_entities_are_refused(declared: bytes) -> None:
    data = changed(
        docx(fill_report), {"word/document.xml": lambda part: part.replace(b"<w:doc", declared + b"<w:doc", 1)}
    )
    assert "ne déclare jamais" in refusal(data, "a.docx")


def test_bombs_are_refused_before_they_go_off() -> None:
    huge = changed(docx(fill_report), {"word/document.xml": lambda part: part.replace(b"bus", b"a" * 30_000_000)})
    assert len(huge) < 200_000
    assert "gonfle" in refusal(huge, "a.docx")
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        for index in range(zip_parts.MAX_ENTRIES):
            archive.writestr(f"x{index}", "")
    assert "trop de morceaux" in refusal(many.getvalue(), "a.docx")


def test_archive_in_an_archive_is_no_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("rapport.docx", docx(fill_report))
    assert "archive" in refusal(out.getvalue(), "a.docx")


def test_damaged_documents_are_refused() -> None:
    whole = docx(fill_report)
    assert "abîmé" in refusal(whole[: len(whole) // 3], "a.docx")
    assert "abîmé" in refusal(report_pdf(sample(item("Le bus")))[:900], "a.pdf")
    broken = changed(whole, {"word/document.xml": lambda part: part[: len(part) // 2]})
    assert "abîmé" in refusal(broken, "a.docx")


def test_protected_scanned_and_endless_pdf() -> None:
    made = PdfWriter(clone_from=PdfReader(io.BytesIO(report_pdf(sample(item("Le bus"))))))
    made.encrypt("secret")
    out = io.BytesIO()
    made.write(out)
    assert "mot de passe" in refusal(out.getvalue(), "a.pdf")
    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    out = io.BytesIO()
    blank.write(out)
    assert "image numérisée" in refusal(out.getvalue(), "a.pdf")
    for _ in range(pdf.MAX_PAGES):
        blank.add_blank_page(595, 842)
    out = io.BytesIO()
    blank.write(out)
    assert "pages" in refusal(out.getvalue(), "a.pdf")


def test_table_of_a_thousand_columns_is_read_without_columns() -> None:
    def fill(document: Doc) -> None:
        table = document.add_table(rows=2, cols=1)
        for row, text in zip(table.rows, ("Défis", "x"), strict=True):
            for _ in range(1_000):
                row._tr.add_tc().p_lst[0].add_r().text = text

    assert read(docx(fill), "a.docx").contributions is not None


WHOLE = {
    "docx": docx(fill_report),
    "odt": report_odt(sample(item("Le bus"), item("La crèche", details=("le soir",)))),
    "pdf": report_pdf(sample(item("Le bus"), item("La crèche", details=("le soir",)))),
}


@pytest.mark.parametrize("extension", WHOLE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    kept=st.floats(0.01, 1),
)
def test_cut_and_changed_bytes_never_crash(extension: str, places: list[tuple[float, int]], kept: float) -> None:
    data = bytearray(WHOLE[extension])
    for place, value in places:
        data[int(place * len(data))] = value
    with contextlib.suppress(RefusedInput):
        assert unplaced(read(bytes(data[: int(kept * len(data)) + 1]), f"a.{extension}")) == []
