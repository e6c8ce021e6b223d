"""The files of a report, made on demand from what anyone may read at this very moment.

A file is kept in the cache under the hash of the whole content it is made from. What is hidden, restored or erased
changes that content, hence the key: nothing has to be invalidated, in no process, and an old file is never found again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache

import parvis
from parvis.documents.report import Report
from parvis.gathering.published_report import seals
from parvis.gathering.report import MeetingReport

_KEPT_SECONDS = 900


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format that can be asked for."""

    extension: str
    label: str
    content_type: str
    icon: str


FORMATS: dict[str, FileFormat] = {
    each.extension: each
    for each in (
        FileFormat("pdf", "PDF, à lire et à imprimer", "application/pdf", "filetype-pdf"),
        FileFormat(
            "docx",
            "Texte pour Word (docx)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "filetype-docx",
        ),
        FileFormat(
            "odt", "Texte pour LibreOffice (odt)", "application/vnd.oasis.opendocument.text", "file-earmark-text"
        ),
        FileFormat(
            "xlsx",
            "Tableau pour Excel (xlsx)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "filetype-xlsx",
        ),
        FileFormat(
            "ods",
            "Tableau pour LibreOffice (ods)",
            "application/vnd.oasis.opendocument.spreadsheet",
            "file-earmark-text",
        ),
        FileFormat("csv", "Tableau simple (csv)", "text/csv; charset=utf-8", "filetype-csv"),
        FileFormat("json", "Données et empreintes (json)", "application/json", "filetype-json"),
    )
}


def report_file(extension: str, report: MeetingReport, document: Report, public_themes: Collection[str]) -> bytes:
    """The bytes of `document` in one of `FORMATS`. The json also holds what its hash can be computed again from."""
    if extension == "json":
        return _sealed_json(report, document, public_themes)
    state = hashlib.sha256(repr(document).encode("utf-8", "backslashreplace")).hexdigest()
    key = f"report-file:{parvis.__version__}:{extension}:{state}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _writer(extension)(document)
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def _writer(extension: str) -> Callable[[Report], bytes]:
    """Writers are imported when first asked for: some bring half a second of libraries."""
    if extension == "pdf":
        from parvis.documents.pdf import report_pdf

        return report_pdf
    if extension == "docx":
        from parvis.documents.docx_file import report_docx

        return report_docx
    if extension == "odt":
        from parvis.documents.odt import report_odt

        return report_odt
    if extension == "xlsx":
        from parvis.documents.xlsx import report_xlsx

        return report_xlsx
    if extension == "ods":
        from parvis.documents.ods import report_ods

        return report_ods
    from parvis.documents.csv_file import report_csv

    return report_csv


def _sealed_json(report: MeetingReport, document: Report, public_themes: Collection[str]) -> bytes:
    """The report as json, and under `seal` the header and the lines that its hash covers (docs/donnees-edition.md)."""
    from parvis.documents.json_file import report_json

    content: dict[str, Any] = json.loads(report_json(document))
    if not report.draft:
        header, lines = seals(report, public_themes)
        content["seal"] = {"digest": report.digest, "header": header, "lines": [asdict(line) for line in lines]}
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")
