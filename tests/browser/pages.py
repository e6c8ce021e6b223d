"""The pages of the program, found by its links."""

from __future__ import annotations

import re
from collections import deque

from playwright.sync_api import Page

from parvis.core.codes import ALPHABET
from tests.browser.conftest import Site

_CODE = re.compile(rf"/[{ALPHABET}]{{10}}(?=[/.])")  # no word of an address: « rencontres » has an o
_NOT_PAGES = re.compile(r"\.(ics|xml|pdf|docx|odt|csv|xlsx|ods|json|zip|png|jpe?g)$|/gestion/connexion/quitter/")
_PUBLIC = ["/", "/rencontres/", "/gestion/connexion/", "/accessibilite/", "/gestion/courrier/"]
PARTNER_PAGES = ["/partenaires/", "/partenaires/fiches/", "/partenaires/hors-connexion/"]


def sign_in(page: Page, site: Site, role: str) -> list[str]:
    """Opens the desk as `role`, or nothing when it is empty; gives the addresses where to begin."""
    if not role:
        return _PUBLIC
    page.goto(site.links[role])
    page.click("main button")
    page.wait_for_url("**/gestion/")
    return ["/gestion/"]


def reachable(page: Page, site: Site, start: list[str]) -> list[str]:
    """One address of each shape that can be reached by links from `start`."""
    queue, addresses = deque(start), dict[str, str]()
    while queue:
        path = queue.popleft().split("#")[0]
        shape = _CODE.sub("/*", path.split("?")[0])
        if shape in addresses or _NOT_PAGES.search(path.split("?")[0]) or not path.startswith("/"):
            continue
        addresses[shape] = path
        page.goto(site.url + path)
        queue.extend(page.eval_on_selector_all("a[href]", "all => all.map(it => it.getAttribute('href'))"))
    return list(addresses.values())
