"""Files opened again by programs that did not write them: what a reader finds in them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable

from parvis.documents.csv_file import report_csv
from parvis.documents.docx_file import report_docx
from parvis.documents.json_file import report_json
from parvis.documents.ods import report_ods
from parvis.documents.odt import report_odt
from parvis.documents.pdf import report_pdf
from parvis.documents.report import Report
from parvis.documents.xlsx import report_xlsx

WRITERS: dict[str, Callable[[Report], bytes]] = {
    "pdf": report_pdf, "docx": report_docx, "odt": report_odt, "csv": report_csv, "xlsx": report_xlsx,
    "ods": report_ods, "json": report_json,
}  # fmt: skip
ZIPPED = ("docx", "odt", "xlsx", "ods")
TEXTS = ("pdf", "docx", "odt")


def words(extension: str, data: bytes) -> str:
    """All the text a reader sees, white space folded, in order."""
    return " ".join(_TEXT[extension](data).split())


def everything(extension: str, data: bytes) -> bytes:
    """Every byte of the file, its parts unpacked: where something hidden could still be."""
    if extension not in ZIPPED:
        return data + _TEXT[extension](data).encode("utf-8", "surrogatepass")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _docx(data: bytes) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def _odt(data: bytes) -> str:
    from odfdo import Document

    return str(Document(io.BytesIO(data)).get_formatted_text())


def _csv(data: bytes) -> str:
    return "\n".join(" ".join(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def _xlsx(data: bytes) -> str:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def _ods(data: bytes) -> str:
    from odfdo import Document

    sheets = Document(io.BytesIO(data)).body.tables
    return "\n".join(str(value) for sheet in sheets for row in sheet.get_values() for value in row if value)


def _json(data: bytes) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False)


_TEXT: dict[str, Callable[[bytes], str]] = {
    "pdf": _pdf, "docx": _docx, "odt": _odt, "csv": _csv, "xlsx": _xlsx, "ods": _ods, "json": _json,
}  # fmt: skip
