"""Files made to exhaust, to lie or to reach out: refused, or read for what they show."""

from __future__ import annotations

import contextlib
import inspect
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.core.errors import RefusedInput
from parvis.reading.formats import zip_parts
from parvis.reading.spreadsheets import archive as streams
from parvis.reading.spreadsheets import limits, read_table
from tests.reading_spreadsheets.books import (
    SHEET,
    archive,
    cell,
    changed,
    numbered_rows,
    ods,
    refusal,
    row,
    rows_of,
    with_rows,
    xlsx,
)

HEAD = ("Organisme", "SIRET", "Ville")
PLAIN = xlsx(rows_of(HEAD, ("CAF", 1, "Massy")))
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SHARED = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
SST = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("declared", [ENTITY, LAUGHS])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused(declared: bytes, part: str) -> None:
    def declare(xml: bytes) -> bytes:
        body = xml[xml.index(b"?>") + 2 :] if xml.startswith(b"<?xml") else xml
        return declared + body

    assert "ne déclare jamais" in refusal(changed(PLAIN, {part: declare}))


def test_entities_hidden_by_an_encoding_or_a_long_comment() -> None:
    def wide(xml: bytes) -> bytes:
        return (ENTITY + xml[xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0 :]).decode().encode("utf-16")

    def late(xml: bytes) -> bytes:
        return (
            b"<!--" + b" " * 100_000 + b"-->" + ENTITY + xml[xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0 :]
        )

    for hide in (wide, late):
        assert "ne déclare jamais" in refusal(changed(PLAIN, {SHEET: hide}))
    assert "ne déclare jamais" in refusal(ods(row("a", "b"), head=ENTITY.decode()))


def test_bombs_are_refused_before_they_go_off() -> None:
    spaces = b" " * (streams.MAX_STREAM + 1)
    bomb = changed(PLAIN, {SHEET: lambda part: part.replace(b"<sheetData>", b"<sheetData>" + spaces)})
    assert len(bomb) < 200_000
    assert "gonfle" in refusal(bomb)
    assert "gonfle" in refusal(changed(PLAIN, {"xl/workbook.xml": lambda part: part + b" " * 30_000_000}))
    many = {f"x{rank}": "" for rank in range(zip_parts.MAX_ENTRIES)}
    assert "trop de morceaux" in refusal(archive({"xl/workbook.xml": "<a/>", **many}))


def test_what_never_comes_to_an_end_is_not_kept() -> None:
    wide = b"<row>" + b"<c/>" * (streams.MAX_BETWEEN // 4 + 50_000) + b"</row>"
    assert "gonfle" in refusal(with_rows(PLAIN, wide))
    nested = b"<row>" + b"<c>" * 5_000 + b"</c>" * 5_000 + b"</row>"
    assert "abîmé" in refusal(with_rows(PLAIN, nested))


def sharing(strings: bytes, rows: bytes) -> bytes:
    """A workbook whose texts are kept apart, as Excel writes them: `rows` name them by rank."""
    relation = b'<Relationship Id="rShared" Target="sharedStrings.xml" Type="' + SHARED + b'"/></Relationships>'
    made = changed(
        with_rows(PLAIN, rows),
        {"xl/_rels/workbook.xml.rels": lambda part: part.replace(b"</Relationships>", relation)},
    )
    out = io.BytesIO(made)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


@pytest.mark.parametrize("declared", [ENTITY, LAUGHS, b""])
def test_shared_texts_are_read_and_their_entities_refused(declared: bytes) -> None:
    data = sharing(declared + SST % b"<si><t>CPAM</t></si>", b'<row r="3"><c r="A3" t="s"><v>0</v></c></row>')
    if declared:
        assert "ne déclare jamais" in refusal(data)
    else:
        assert read_table(data, "a.xlsx").rows[-1].cells[0] == "CPAM"


def test_a_text_shared_by_a_million_cells_is_counted_each_time() -> None:
    cells = b'<c t="s"><v>0</v></c>' * 190
    assert "trop de texte" in refusal(
        sharing(SST % (b"<si><t>%s</t></si>" % (b"x" * 19_000)), b"<row>%s</row>" % cells * 10)
    )
    long = cell("y" * 19_000, number_columns_repeated="190")
    assert "trop de texte" in refusal(ods(row("Nom", "Ville"), row(long, number_rows_repeated="10")))


def test_too_many_rows_or_columns() -> None:
    rows = b"<row><c><v>1</v></c></row>" * limits.MAX_ROWS
    assert "60\u00a0000 lignes" in refusal(with_rows(PLAIN, rows))
    assert "200 colonnes" in refusal(with_rows(PLAIN, b'<row r="3"><c r="XFD3"><v>1</v></c></row>'))
    assert len(read_table(with_rows(PLAIN, b'<row r="3"><c r="XFD3" s="1"/></row>'), "a.xlsx").rows) == 1
    assert (
        read_table(with_rows(PLAIN, b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "a").rows[1].line
        == 1_048_576
    )


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_too_many_cells_whatever_the_rows_and_columns(extension: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 1_000)
    data = {
        "xlsx": with_rows(PLAIN, (b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 11),
        "ods": ods(row("Nom", "Ville"), row(cell("x", number_columns_repeated="100"), number_rows_repeated="11")),
        "csv": b"Nom;Ville\n" + (b"x;" * 100 + b"\n") * 11,
    }[extension]
    with pytest.raises(RefusedInput, match="trop de cellules"):
        inspect.unwrap(read_table)(data, f"a.{extension}")


def test_merges_that_overlap_or_cover_everything() -> None:
    def merged(count: int) -> bytes:
        ranges = b'<mergeCell ref="A2:XFD1048576"/>' * count
        rows = b"<row><c/><c><v>1</v></c></row>" * 2_000
        return changed(
            PLAIN,
            {
                SHEET: lambda part: part.replace(
                    b"</sheetData>", rows + b"</sheetData><mergeCells>" + ranges + b"</mergeCells>"
                )
            },
        )

    assert {row.cells[0] for row in read_table(merged(1), "a.xlsx").rows} == {"CAF"}
    assert "abîmé" in refusal(merged(1_000))


def test_rows_out_of_order_and_strings_that_are_not_there() -> None:
    assert "abîmé" in refusal(with_rows(PLAIN, b'<row r="1"><c><v>1</v></c></row>'))
    assert "abîmé" in refusal(with_rows(PLAIN, b'<row r="3"><c t="s"><v>99999</v></c></row>'))
    assert "abîmé" in refusal(with_rows(PLAIN, b'<row r="3"><c t="s"><v>-1</v></c></row>'))


def test_sheets_that_lie_outside_are_never_asked_for() -> None:
    def outside(part: bytes) -> bytes:
        return part.replace(
            b'Target="/xl/worksheets/sheet1.xml"', b'TargetMode="External" Target="http://exemple.fr/a.xml"'
        )

    assert "aucune feuille visible" in refusal(changed(PLAIN, {"xl/_rels/workbook.xml.rels": outside}))


def test_other_formats_are_told_with_what_to_do() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
    assert ".xls)" in refusal(old, "a.xls")
    assert "mot de passe" in refusal(old + "EncryptedPackage".encode("utf-16-le"), "a.xlsx")
    assert "page web" in refusal(b"<html><table><tr><td>Nom</td></tr></table></html>", "a.xls")
    assert "page web" in refusal(b'<?xml version="1.0"?><Workbook/>', "a.xls")
    assert "un PDF" in refusal(b"%PDF-1.7\n", "a.pdf")
    assert ".xlsb" in refusal(archive({"xl/workbook.bin": "x"}))
    assert "et pas un tableau" in refusal(archive({"word/document.xml": "<a/>"}), "a.docx")
    assert "et pas un tableau" in refusal(archive({"a.csv": "a;b"}), "a.zip")


def test_name_of_a_file_may_lie() -> None:
    assert numbered_rows(read_table(PLAIN, "a.csv")) == numbered_rows(
        read_table(b"Organisme;SIRET;Ville\nCAF;1;Massy\n", "a.xlsx")
    )


def test_ciphered_and_cut_archives() -> None:
    out = bytearray(PLAIN)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(mark)
        out[place + at] |= 1
    assert "mot de passe" in refusal(bytes(out))
    assert "abîmé" in refusal(PLAIN[: len(PLAIN) // 2])
    assert "abîmé" in refusal(changed(PLAIN, {SHEET: lambda part: part[: len(part) // 2]}))


def test_a_part_that_lies_about_its_size() -> None:
    made = io.BytesIO(with_rows(PLAIN, b"<row><c><v>1</v></c></row>" * 5_000))
    data = bytearray(made.getvalue())
    with zipfile.ZipFile(made) as source:
        entry = source.getinfo(SHEET)
    place = data.find(SHEET.encode(), data.find(b"PK\x01\x02")) - 46
    data[place + 24 : place + 28] = (entry.file_size // 2).to_bytes(4, "little")
    assert "abîmé" in refusal(bytes(data))


WHOLE = {"xlsx": PLAIN, "ods": ods(row("Nom", "Ville"), row("CAF", cell("3", value_type="float", value="3"))),
         "csv": b'Nom;Ville\n"CAF";"Val\nd\'Exemple"\n'}  # fmt: skip


@pytest.mark.parametrize("extension", WHOLE)
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    kept=st.floats(0.01, 1),
)
def test_cut_and_changed_bytes_never_crash(extension: str, places: list[tuple[float, int]], kept: float) -> None:
    data = bytearray(WHOLE[extension])
    for place, value in places:
        data[int(place * len(data))] = value
    with contextlib.suppress(RefusedInput):
        read_table(bytes(data[: int(kept * len(data)) + 1]), f"a.{extension}")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (SHEET, "xlsx"),
        ("xl/styles.xml", "xlsx"),
        ("xl/workbook.xml", "xlsx"),
        ("xl/sharedStrings.xml", "xlsx"),
        ("content.xml", "ods"),
    ],
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(b'09azAZ"</>=: &\xff')), max_size=6)
)
def test_changed_xml_never_crashes(part: str, name: str, places: list[tuple[float, int]]) -> None:
    def spoil(xml: bytes) -> bytes:
        spoilt = bytearray(xml)
        for place, value in places:
            spoilt[int(place * len(spoilt))] = value
        return bytes(spoilt)

    with contextlib.suppress(RefusedInput):
        read_table(changed(WHOLE[name], {part: spoil}), f"a.{name}")
