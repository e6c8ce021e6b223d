"""axe finds nothing: every page of the program, on a phone and on a desk, light and dark, dialogs open."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, Site
from tests.browser.pages import reachable, sign_in

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_OPENERS = "[data-dialog], [data-keys], button[popovertarget], details:not([open]) > summary"


def faults(page: Page) -> list[str]:
    """What axe finds wrong, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{page.url} {fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in found["violations"]
        for node in fault["nodes"][:3]
    ]


def in_all_lights(page: Page) -> list[str]:
    found: list[str] = []
    for width, scheme in ((1280, "light"), (1280, "dark"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{width} {scheme} {fault}" for fault in faults(page)]
    return found


def opened(page: Page) -> list[str]:
    """The same, with each kind of menu, note and dialog of the page opened in turn."""
    found: list[str] = []
    done: set[str] = set()
    for opener in page.query_selector_all(_OPENERS):
        kind = str(opener.evaluate("it => it.className + it.tagName + (it.dataset.dialog ?? '')"))
        if kind in done or not opener.is_visible():
            continue
        done.add(kind)
        opener.click()
        found += [f"after « {kind} » {fault}" for fault in faults(page)]
        page.keyboard.press("Escape")
        page.evaluate("document.querySelectorAll('dialog[open]').forEach(it => it.close())")
    return found


@pytest.mark.parametrize("role", ["", "Coordination", "Modération", "Administration"])
def test_axe_finds_nothing(page: Page, site: Site, role: str) -> None:
    found: list[str] = []
    paths = reachable(page, site, sign_in(page, site, role))
    paths = [path for path in paths if not role or path.startswith("/gestion/")]
    for path in paths:
        page.goto(site.url + path)
        found += in_all_lights(page) + opened(page)
    assert len(paths) >= 10
    assert not found, "\n".join(found)
