"""Every page stands well: at 320 px, with large text, zoomed, with words of a hundred letters, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.layout import empty_headings, measured, with_large_text, with_long_words
from tests.browser.pages import reachable, sign_in

pytestmark = pytest.mark.browser


def _faults(page: Page, address: str) -> list[str]:
    lines: list[str] = []

    def add(state: str, width: int, *, touch: bool = False) -> None:
        lines.extend(f"{address} {width} px, {state}: {line}" for line in measured(page, touch=touch))

    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(address)
    add("phone", 320, touch=True)
    with_long_words(page)
    add("long words", 320)
    page.set_viewport_size({"width": 640, "height": 450})  # a desk of 1280 px, zoomed twice
    page.goto(address)
    add("zoomed", 640)
    page.set_viewport_size({"width": 360, "height": 740})
    with_large_text(page)
    add("large text", 360)
    page.emulate_media(media="print")
    page.goto(address)
    lines.extend(f"{address} on paper: nothing under {heading}" for heading in empty_headings(page))
    page.emulate_media(media="screen")
    return lines


@pytest.mark.parametrize("role", ["", "Coordination", "Modération", "Administration"])
def test_every_page_stands_well(browser: Browser, site: Site, role: str) -> None:
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce", has_touch=True)
    page = context.new_page()
    paths = reachable(page, site, sign_in(page, site, role))
    paths = [path for path in paths if not role or path.startswith("/gestion/")]
    lines = [line for path in paths for line in _faults(page, site.url + path)]
    context.close()
    assert len(paths) >= 10
    assert not lines, "\n".join(lines)
