"""A table of data in the formats that people take away."""

from __future__ import annotations

from typing import Final

from parvis.documents.tables import Table

FORMATS: Final = ("csv", "xlsx", "ods", "pdf")


def table_file(table: Table, extension: str, *, title: str = "") -> bytes | None:
    """The bytes of `table`, or None for a format that does not exist. Writers are imported when asked for."""
    if extension == "csv":
        from parvis.documents.csv_file import table_csv

        return table_csv(table)
    if extension == "xlsx":
        from parvis.documents.xlsx import table_xlsx

        return table_xlsx(table)
    if extension == "ods":
        from parvis.documents.ods import table_ods

        return table_ods(table)
    if extension == "pdf":
        from parvis.documents.table_pdf import table_pdf

        return table_pdf(table, title=title)
    return None
