"""The formats that a report and a table of data are taken away in. Writers are imported when first asked for: some
bring half a second of libraries.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from parvis.sandbox import in_child

if TYPE_CHECKING:
    from parvis.documents.report import Report
    from parvis.documents.tables import Table


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format that can be asked for, written by `report_<extension>` (and `table_<extension>`) of its `module`."""

    extension: str
    label: str
    content_type: str
    module: str


REPORT_FORMATS: Final = {
    form.extension: form
    for form in (
        FileFormat("pdf", "PDF, à lire et à imprimer", "application/pdf", "pdf"),
        FileFormat(
            "docx",
            "Texte pour Word (docx)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx_file",
        ),
        FileFormat("odt", "Texte pour LibreOffice (odt)", "application/vnd.oasis.opendocument.text", "odt"),
        FileFormat(
            "xlsx",
            "Tableau pour Excel (xlsx)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        FileFormat(
            "ods", "Tableau pour LibreOffice (ods)", "application/vnd.oasis.opendocument.spreadsheet", "ods"
        ),
        FileFormat("csv", "Tableau simple (csv)", "text/csv; charset=utf-8", "csv_file"),
        FileFormat("json", "Données et empreintes (json)", "application/json", "json_file"),
    )
}  # fmt: skip
"""By extension, in the order in which they are offered."""

_TOO_HEAVY: Final = (
    "Ce document est trop lourd à écrire dans ce format : prenez-en un autre, ou un tableau simple (csv)."
)
TABLE_FORMATS: Final = ("csv", "xlsx", "ods", "pdf")


def report_file(report: Report, extension: str) -> bytes:
    """The bytes of `report` in one of `REPORT_FORMATS`; KeyError for another. Raises `NotDone` when it is too long."""
    return _written(REPORT_FORMATS[extension].module, f"report_{extension}", report)


def table_file(table: Table, extension: str, *, title: str = "") -> bytes | None:
    """The bytes of `table` in one of `TABLE_FORMATS`, None for another. `title` heads the pdf. Raises `NotDone`."""
    if extension not in TABLE_FORMATS:
        return None
    if extension == "pdf":
        return _written("table_pdf", "table_pdf", table, title=title)
    return _written(REPORT_FORMATS[extension].module, f"table_{extension}", table)


@in_child(_TOO_HEAVY, seconds=60)
def _written(module: str, writer: str, content: Report | Table, **options: str) -> bytes:
    made: bytes = getattr(import_module(f"parvis.documents.{module}"), writer)(content, **options)
    return made
