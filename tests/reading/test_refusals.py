"""What is refused, each with one French sentence; limits are counts, so that time and memory stay bounded."""

from __future__ import annotations

import re

import pytest

from parvis.core.errors import RefusedInput
from parvis.reading import limits, read, read_text
from parvis.reading.formats import html_tidy

PAGE = "<h2>Emploi</h2><h3>Défis</h3><ul><li>Un</li><li>Deux</li></ul>"


def refusal(data: bytes | str, name: str = "a.txt") -> str:
    """The sentence a file is refused with."""
    with pytest.raises(RefusedInput) as caught:
        read(data.encode() if isinstance(data, str) else data, name)
    message = caught.value.message
    assert re.fullmatch(r"[A-ZÉÀ][^\n]{20,240}\.", message)
    return message


@pytest.mark.parametrize("data", ["", " \n\t\r\n ", "\ufeff", "\xa0\n", "\x00\x00"])
def test_empty_files(data: str) -> None:
    assert "vide" in refusal(data)


def test_empty_pages() -> None:
    assert "vide" in refusal("<html><script>x()</script></html>", "a.html")


@pytest.mark.parametrize("name", ["a.xlsx", "a.exe", "a.png", "a.doc", "a.zip"])
def test_unknown_suffixes(name: str) -> None:
    assert "n'est pas lu" in refusal("Défis\n1. un", name)


@pytest.mark.parametrize(
    ("head", "what"),
    [(b"\x89PNG\r\n", "une image"), (b"\x7fELF\x01", "un programme"), (b"\x1f\x8b\x08", "une archive"),
     (b"\xd0\xcf\x11\xe0", "ancien document"), (b"{\\rtf1", "RTF")],
)  # fmt: skip
def test_other_formats_renamed_txt(head: bytes, what: str) -> None:
    assert what in refusal(head + b"x" * 100)


def test_a_binary_renamed_txt() -> None:
    assert "n'est pas du texte" in refusal(bytes(range(256)) * 100)


def test_a_file_too_heavy() -> None:
    assert "20 Mo" in refusal(b"a" * (limits.MAX_BYTES + 1))


def test_a_line_too_long() -> None:
    assert "La ligne 2" in refusal("Défis\n" + "mot " * limits.MAX_LINE)


def test_too_many_lines() -> None:
    assert "lignes" in refusal("a\n" * (limits.MAX_LINES + 1))


def test_too_many_items_on_few_lines() -> None:
    line = " ".join(f"{rank}. Un." for rank in range(1, 7000))
    assert "éléments" in refusal("Défis\n" + f"{line}\n" * 10)


def test_too_many_characters() -> None:
    assert "trop long" in refusal(("a" * 1000 + "\n") * (limits.MAX_CHARACTERS // 1000))


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<ul><li>", "<blockquote>"])
def test_elements_nested_beyond_measure(tag: str) -> None:
    assert "mal formée" in refusal(tag * 100_000 + PAGE, "a.html")


def test_a_page_of_too_many_elements() -> None:
    assert "trop lourde" in refusal(PAGE + "a<br>" * html_tidy.MAX_PIECES, "a.html")


def test_a_page_full_of_closings_that_close_nothing() -> None:
    assert "mal formée" in refusal(PAGE + "<i><table><tr><td>" + "</i>" * (html_tidy.MAX_STRAY + 1), "a.html")


@pytest.mark.parametrize(
    "page",
    [
        "<p><b>" * 20_000 + PAGE,
        "<span>" * 90_000 + PAGE,
        f'<div data-x="{"x" * 1_000_000}">{PAGE}</div>',
        "<div " + "a=1 " * 200_000 + ">" + PAGE,
        PAGE + "<!--" * 100_000,
        PAGE + "<script>" * 100_000,
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + PAGE + "<p>&b;&b;</p>",
    ],
    ids=[
        "formatting left open",
        "inline nested",
        "long attribute",
        "many attributes",
        "comments",
        "scripts",
        "entities",
    ],
)
def test_pages_made_to_exhaust_are_read_for_what_they_show(page: str) -> None:
    report = read(page.encode(), "a.html")
    assert [item.text for item in report.contributions] == ["Un", "Deux"]


def test_a_blank_paste_is_refused() -> None:
    with pytest.raises(RefusedInput, match="vide"):
        read_text(" \n ")
