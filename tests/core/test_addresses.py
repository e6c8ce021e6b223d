"""Addresses belong to surfaces: data apps and what assembles their pages hold none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis.config.urls import urlpatterns
from parvis.core.addresses import path_to, register

ROOT = Path(__file__).resolve().parents[2] / "parvis"
BELOW_SURFACES = (
    "core", "territories", "people", "consultations", "publishing", "sheets", "meetings", "gathering", "documents",
)  # fmt: skip
ENTRIES = tuple(f"/{part.pattern}" for part in urlpatterns if str(part.pattern)) + (
    "/rencontres/", "/concertations/", "/contributions/", "/signaler/", "/signalements/",
)  # fmt: skip


def written_addresses(package: str) -> Iterator[str]:
    """Each text of the code that begins as an address of the site, with its file."""
    for file in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(ENTRIES):
                yield f"{file.relative_to(ROOT)}: {node.value}"


@pytest.mark.parametrize("package", BELOW_SURFACES)
def test_no_address_is_written_below_the_surfaces(package: str) -> None:
    assert list(written_addresses(package)) == []


def test_addresses_on_paper_and_in_letters_do_not_change() -> None:
    assert [path_to(name, "abc") for name in ("invitation", "sheet", "room", "table")] == [
        "/partenaires/invitation/abc/", "/partenaires/fiches/abc/", "/atelier/?code=abc", "/atelier/table/abc/"
    ]  # fmt: skip


def test_an_address_is_said_once() -> None:
    with pytest.raises(ValueError, match="'room' is registered twice"):
        register("room", lambda code: code)
