"""`gathering` assembles and renders nothing: HTML is made by the surfaces, files by `documents`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import parvis.gathering

MODULES = sorted(Path(parvis.gathering.__path__[0]).rglob("*.py"))
RENDERING = (
    "django.http", "django.shortcuts", "django.template", "django.urls", "django.utils.html", "django.utils.safestring",
    "html", "json", "zipfile",
)  # fmt: skip
WRITERS = (
    "csv_file", "docx_file", "formats", "json_file", "ods", "odt", "pdf", "paper_docx", "paper_pdf", "xlsx", "zips",
)  # fmt: skip


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda module: f"{module.parent.name}.{module.stem}")
def test_nothing_is_rendered(module: Path) -> None:
    forbidden = {*RENDERING, *(f"parvis.documents.{writer}" for writer in WRITERS)}
    assert imported(module) & forbidden == set()
