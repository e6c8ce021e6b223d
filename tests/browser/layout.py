"""What stands badly on a page: boxes out of the window, covered controls, targets too small for a finger."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")
LONG_WORD = "anticonstitutionnellement" * 4 + "intercommunautés@agglomeration-de-la-vallee.example"


def measured(page: Page, *, touch: bool) -> list[str]:
    """What stands badly as the page is now, a line each. `touch`: targets are measured for a finger."""
    lines: list[str] = page.evaluate(f"touch => {{ {_SCRIPT} return faults(touch); }}", touch)
    return lines


def with_long_words(page: Page) -> None:
    """Puts a word of 150 letters before each text that someone may have written."""
    page.evaluate(f"word => {{ {_SCRIPT} lengthen(word); }}", LONG_WORD)


def with_large_text(page: Page) -> None:
    """As a browser whose text was set to twice its size: the page asks for 112.5 % of it."""
    page.evaluate("document.documentElement.style.fontSize = '225%'")


def empty_headings(page: Page) -> list[str]:
    """Headings with nothing under them, as the page is shown now."""
    lines: list[str] = page.evaluate(f"() => {{ {_SCRIPT} return emptyHeadings(); }}")
    return lines
