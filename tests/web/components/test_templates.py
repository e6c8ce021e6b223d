"""What the strict content security policy and the weight of a page ask of every template and style."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find

from parvis.assets import COMPONENTS, ICONS

WEB = COMPONENTS.parent
TEMPLATES = sorted(WEB.glob("**/templates/**/*.html"))
SHEETS = sorted([*WEB.glob("**/static/**/*.css"), *WEB.glob("components/styles/*.css")])
INLINE = re.compile(r"\sstyle\s*=|<style\b|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|\bdata:", re.I)


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(WEB))) for path in paths]


@pytest.mark.parametrize(
    "wrong",
    [
        '<p style="x">',
        "<style>",
        "<script>1</script>",
        '<a onclick="x">',
        '<a href="javascript:x">',
        '<img src="data:x">',
    ],
)
def test_inline_is_recognised(wrong: str) -> None:
    assert INLINE.search(wrong) is not None


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_template_holds_no_inline_style_or_script(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", named(SHEETS))
def test_sheet_fetches_nothing_from_elsewhere(path: Path) -> None:
    addresses = re.findall(r"url\([\"']?([^)\"']+)", path.read_text(encoding="utf-8"))
    assert [address for address in addresses if re.match(r"[a-z]+:|//", address)] == []
    assert "@import" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_template_names_icons_that_are_copied(path: Path) -> None:
    names = set(re.findall(r"{% icon \"([^\"]+)\"", path.read_text(encoding="utf-8")))
    assert names - set(ICONS) == set()


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_template_names_files_that_are_served(path: Path) -> None:
    names = re.findall(r"{% asset \"([^\"]+)\"", path.read_text(encoding="utf-8"))
    assert [name for name in names if find(name) is None] == []


def test_every_script_of_a_page_is_named_by_a_template_or_imported() -> None:
    scripts = {path.name: path for path in WEB.glob("*/static/**/*.js") if "vendor" not in path.parts}
    texts = [path.read_text(encoding="utf-8") for path in [*TEMPLATES, *scripts.values()]]
    assert [name for name in scripts if not any(f'/{name}"' in text for text in texts)] == []


def test_first_visit_weighs_little() -> None:
    vendor = COMPONENTS / "static" / "vendor"
    sheet = len(gzip.compress((vendor / "parvis.css").read_bytes()))
    fonts = sum(path.stat().st_size for path in (vendor / "fonts").glob("*.woff2"))
    scripts = sum(len(gzip.compress(path.read_bytes())) for path in (COMPONENTS / "static/parvis/js").glob("*.js"))
    assert sheet < 12_000
    assert sheet + fonts + scripts < 65_000  # every script shared by the surfaces: more than any page asks for
