"""Every format that is offered is written, by its own name."""

from __future__ import annotations

import pytest

from parvis.documents.formats import REPORT_FORMATS, TABLE_FORMATS, report_file, table_file
from parvis.documents.tables import Column, Table
from tests.documents.opened import WRITERS
from tests.documents.samples import full_report

TABLE = Table("Tableau", (Column("a", "A", ""),), (("x",),))


def test_a_report_is_written_in_each_format_offered() -> None:
    assert list(REPORT_FORMATS) == ["pdf", "docx", "odt", "xlsx", "ods", "csv", "json"]
    for extension in REPORT_FORMATS:
        assert report_file(full_report(), extension) == WRITERS[extension](full_report())


def test_a_format_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        report_file(full_report(), "exe")
    assert table_file(TABLE, "exe") is None


@pytest.mark.parametrize(
    ("extension", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("ods", b"PK"), ("pdf", b"%PDF")]
)
def test_a_table_is_written_in_each_format_offered(extension: str, start: bytes) -> None:
    assert extension in TABLE_FORMATS
    made = table_file(TABLE, extension, title="Tableau")
    assert made is not None
    assert made.startswith(start)
