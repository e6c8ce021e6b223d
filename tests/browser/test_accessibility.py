"""axe finds nothing: every page of the program, on a phone and on a desk, light and dark, dialogs open."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

import pytest
from playwright.sync_api import Page

from parvis.core.codes import ALPHABET
from tests.browser.conftest import ROOT, Site

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_CODE = re.compile(rf"/[{ALPHABET}]{{10}}(?=[/.])")  # no word of an address: « rencontres » has an o
_NOT_PAGES = re.compile(r"\.(ics|xml|pdf|docx|odt|csv|xlsx|ods|json|zip|png|jpe?g)$|/gestion/connexion/quitter/")
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


def shapes(page: Page, site: Site, start: list[str]) -> list[str]:
    """One address of each shape that can be reached by links from `start`."""
    queue, found = deque(start), dict[str, str]()
    while queue:
        path = queue.popleft().split("#")[0]
        shape = _CODE.sub("/*", path.split("?")[0])
        if shape in found or _NOT_PAGES.search(path.split("?")[0]) or not path.startswith("/"):
            continue
        found[shape] = path
        page.goto(site.url + path)
        queue.extend(page.eval_on_selector_all("a[href]", "all => all.map(it => it.getAttribute('href'))"))
    return list(found.values())


@pytest.mark.parametrize("role", ["", "Coordination", "Modération", "Administration"])
def test_axe_finds_nothing(page: Page, site: Site, role: str) -> None:
    start = ["/", "/rencontres/", "/gestion/connexion/", "/accessibilite/", "/gestion/courrier/"]
    if role:
        page.goto(site.links[role])
        page.click("main button")
        page.wait_for_url("**/gestion/")
        start = ["/gestion/"]
    found: list[str] = []
    paths = [path for path in shapes(page, site, start) if bool(role) == path.startswith("/gestion/") or not role]
    for path in paths:
        page.goto(site.url + path)
        found += in_all_lights(page) + opened(page)
    assert len(paths) >= 10
    assert not found, "\n".join(found)
