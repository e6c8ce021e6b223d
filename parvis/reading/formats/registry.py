"""Which format a source is in, from its name and its content, and the module that turns it into runs.

A new format is one module and one entry of `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading import decoding, limits
from parvis.reading.foreign_files import foreign_type, is_old_office
from parvis.reading.formats import html, markdown, text
from parvis.reading.formats.zip_parts import Parts, is_zip
from parvis.reading.runs import SourceRuns


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format whose files are text."""

    name: str
    suffixes: tuple[str, ...]
    to_runs: Callable[[str], SourceRuns]


TEXT_FORMATS: Final = (
    TextFormat("txt", (".txt", ".text", ""), text.to_runs),
    TextFormat("md", (".md", ".markdown"), markdown.to_runs),
    TextFormat("html", (".html", ".htm", ".xhtml"), html.to_runs),
)
_BY_NAME: Final = {form.name: form for form in TEXT_FORMATS}
_BY_SUFFIX: Final = {suffix: form for form in TEXT_FORMATS for suffix in form.suffixes}
_OLD: Final = "un ancien document Word ou Excel, ou un document protégé par un mot de passe"
_ADVICE: Final = "enregistrez le compte-rendu en .docx, .odt, .pdf ou .txt, ou copiez son texte et collez-le."
_HTML: Final = re.compile(r"\s{0,200}(<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])", re.IGNORECASE)
_TAGS: Final = re.compile(r"</(p|div|li|h[1-6]|table|ul|ol|body|span)>", re.IGNORECASE)


def runs_of_file(data: bytes, name: str) -> tuple[SourceRuns, list[str]]:
    """The layout of a file and the warnings its encoding deserves. Refuses what cannot be read."""
    suffix = PurePath(name).suffix.lower()
    limits.check_size(data)
    binary = _binary(data)
    if binary is not None:
        return binary(data), []
    foreign = _OLD if is_old_office(data) else foreign_type(data)
    if foreign is not None:
        raise RefusedInput(f"Ce fichier est {foreign}, un format qui n'est pas lu : {_ADVICE}")
    if suffix not in _BY_SUFFIX:
        raise RefusedInput(f"Le format « {suffix} » n'est pas lu : {_ADVICE}")
    decoded, warnings = decoding.decode(data)
    return runs_of_text(decoded, _BY_SUFFIX[suffix], warnings)


def _binary(data: bytes) -> Callable[[bytes], SourceRuns] | None:
    """The reader of a file that is not text, known by its content and not by its name."""
    if data[:1_024].lstrip().startswith(b"%PDF"):
        from parvis.reading.formats import pdf

        return pdf.to_runs
    if not is_zip(data):
        return None
    names = Parts(data).names
    if "word/document.xml" in names:
        from parvis.reading.formats import docx

        return docx.to_runs
    if "content.xml" in names:
        from parvis.reading.formats import odt

        return odt.to_runs
    raise RefusedInput(f"Ce fichier est une archive ou un document qui n'est pas un texte : {_ADVICE}")


def runs_of_pasted(pasted: str) -> tuple[SourceRuns, list[str]]:
    """The layout of a text that was typed or pasted."""
    return runs_of_text(pasted, _BY_NAME["txt"], [])


def runs_of_text(decoded: str, form: TextFormat, warnings: list[str]) -> tuple[SourceRuns, list[str]]:
    """The layout of a decoded text, whose content may belie its name."""
    limits.check_characters(decoded)
    mended, more = decoding.mend(decoded)
    actual = _actual(mended, form)
    if actual.name != "html":
        limits.check_lines(text.split_lines(mended))
    source_runs = actual.to_runs(mended)
    if not source_runs.runs:
        raise RefusedInput("Le texte est vide : collez ou choisissez le texte du compte-rendu.")
    return source_runs, [*warnings, *more]


def _actual(decoded: str, form: TextFormat) -> TextFormat:
    if form.name == "html":
        return form if _TAGS.search(decoded) or _HTML.match(decoded) else _BY_NAME["txt"]
    if _HTML.match(decoded):
        return _BY_NAME["html"]
    if form.name == "txt" and markdown.looks_like_markdown(text.split_lines(decoded[:200_000])):
        return _BY_NAME["md"]
    return form
