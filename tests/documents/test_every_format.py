"""What holds of every file of a report, whatever its format."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from parvis.documents.report import DRAFT_TEXT, HIDDEN_TEXT, ReportParagraph
from tests.documents.opened import TEXTS, WRITERS, ZIPPED, everything, words
from tests.documents.samples import (
    INJECTIONS,
    empty_report,
    full_report,
    item,
    long_report,
    report,
)  # fmt: skip

each_format = pytest.mark.parametrize("extension", WRITERS)


@each_format
def test_every_word_is_there_in_order(extension: str) -> None:
    found = words(extension, WRITERS[extension](full_report()))
    position = 0
    for said in (
        "Le dernier bus part avant la fin des cours du soir", HIDDEN_TEXT, "L’œuvre d’Œdipe – « où ça ? » → 10 €",
        "écrans", "ordinateurs", "Sans numéro", "Numéro bis", "Il faut donc une navette",
        "Les partenaires se connaissent",
        "Une permanence numérique", "Un guichet unique", "Une permanence numérique",
    ):  # fmt: skip
        assert said in found[position:], said
        position = found.index(said, position) + 1


@each_format
def test_what_is_hidden_is_said_to_be_and_leads_nowhere(extension: str) -> None:
    made = everything(extension, WRITERS[extension](full_report()))
    assert b"contributions/c8mr3n0y5f" not in made
    assert HIDDEN_TEXT in words(extension, WRITERS[extension](full_report()))


@each_format
def test_same_edition_same_bytes(extension: str) -> None:
    assert WRITERS[extension](full_report()) == WRITERS[extension](full_report())
    changed = replace(full_report(), number=3)
    assert WRITERS[extension](full_report()) != WRITERS[extension](changed)


@each_format
@pytest.mark.parametrize("text", [*INJECTIONS, "a" * 3_000, "\x00\x08\x1b\ufffe", "\ud800", "un\ndeux\vtrois\u2028fin"])
def test_no_text_breaks_or_runs(extension: str, text: str) -> None:
    introduction = (ReportParagraph(text),)
    made = WRITERS[extension](report(item(text, details=(text,)), title=text, introduction=introduction, note=text))
    assert made
    if text in INJECTIONS and extension != "json":
        assert " ".join(text.split()) in words(extension, made).replace("''", "'")
    assert b"root:x" not in everything(extension, made)


@each_format
def test_a_report_with_nothing_in_it(extension: str) -> None:
    assert WRITERS[extension](empty_report())


@each_format
def test_a_draft_says_so(extension: str) -> None:
    made = WRITERS[extension](report(item("Un défi"), draft=True))
    assert DRAFT_TEXT in words(extension, made) or extension == "json"


@pytest.mark.parametrize("extension", ZIPPED)
def test_parts_are_sound_xml_without_the_hour_of_their_making(extension: str) -> None:
    with zipfile.ZipFile(io.BytesIO(WRITERS[extension](full_report()))) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))


@pytest.mark.parametrize("extension", TEXTS)
def test_emoji_and_other_scripts(extension: str) -> None:
    made = words(extension, WRITERS[extension](report(item("Bravo 🙂 وشكرا"))))
    assert "Bravo" in made
    if extension == "pdf":
        assert "□" in made
        assert "ne sait pas écrire" in made
    else:
        assert "🙂 وشكرا" in made


@each_format
def test_cost_grows_with_the_report_and_no_faster(extension: str) -> None:
    short, long = (len(WRITERS[extension](long_report(count))) for count in (100, 1_000))
    assert long < 15 * short


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "|", "%", "＝", "＋", " =", "\u200b="])
def test_no_cell_is_a_formula(extension: str, start: str) -> None:
    made = WRITERS[extension](report(item(f"{start}1+1")))
    if extension == "csv":
        (line,) = (row for row in made.decode("utf-8-sig").split("\r\n") if "1+1" in row)
        assert re.search(r'"[\'][^"]*1\+1', line)
    elif extension == "xlsx":
        from openpyxl import load_workbook

        cells = [cell for sheet in load_workbook(io.BytesIO(made)) for row in sheet.iter_rows() for cell in row]
        assert [cell.data_type for cell in cells if "1+1" in str(cell.value)] == ["s"]
    else:
        assert b"table:formula" not in everything(extension, made)
        assert b'office:value-type="string"' in everything(extension, made)
