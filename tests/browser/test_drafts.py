"""Nothing typed is lost: each long form of the desk, after a reload, a way back, a session that ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.hands import look, until
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

WRITTEN = "Première ligne ; son nom\nSeconde ligne, « accentuée »"
FORMS = {
    "meeting": ("rencontres/nouvelle/", "textarea[name=introduction]"),
    "consultation": ("modifier/", "textarea[name=introduction]"),
    "sheet": ("fiches/nouvelle/", "textarea[name=text]"),
    "organisation": ("annuaire/nouveau/", "textarea[name=address]"),
    "partners' table": ("annuaire/importer/", "textarea[name=text]"),
    "sheets' table": ("fiches/importer/", "textarea[name=text]"),
    "theme": ("thematiques/", "textarea[name=aliases]"),
    "glossary": ("/gestion/glossaire/coller/", "textarea[name=text]"),
}
"""Address, below the consultation's when it begins by no bar, and where one writes."""


@pytest.fixture
def desk(page: Page, site: Site) -> Page:
    sign_in(page, site)
    return page


def sign_in(page: Page, site: Site) -> None:
    page.goto(site.links["Coordination"])
    page.click("main button")
    page.wait_for_url("**/gestion/**")


def address_of(page: Page, site: Site, name: str) -> str:
    address = FORMS[name][0]
    if address.startswith("/"):
        return f"{site.url}{address}"
    page.goto(f"{site.url}/gestion/concertations/")
    link = page.locator("main .rows a").first.get_attribute("href")
    return f"{site.url}{link}{address}"


def write(page: Page, field: str, text: str = WRITTEN) -> None:
    page.fill(field, text)
    until(page, "Object.keys(localStorage).some(key => key.startsWith('parvis-draft '))")


def take_draft(page: Page) -> None:
    page.click("text=Le reprendre")


def reload(page: Page, site: Site) -> None:
    page.reload()
    take_draft(page)


def come_back(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/gestion/")
    page.go_back()
    take_draft(page)


def sign_in_again(page: Page, site: Site) -> None:
    address, form = page.url, page.locator("main form", has=page.locator("textarea")).first
    page.context.clear_cookies(name="sessionid")
    form.locator("button:not([name])").last.click()
    page.wait_for_url(re.compile(r"/connexion/\?next="))
    sign_in(page, site)
    page.goto(address)
    assert page.inner_text("main form .notice").startswith("Votre session s'était terminée")


@pytest.mark.parametrize("accident", [reload, come_back, sign_in_again])
@pytest.mark.parametrize("name", FORMS)
def test_what_was_written_outlives(name: str, accident: Callable[[Page, Site], None], desk: Page, site: Site) -> None:
    field = FORMS[name][1]
    desk.goto(address_of(desk, site, name))
    write(desk, field)
    accident(desk, site)
    assert desk.input_value(field) == WRITTEN


def test_a_draft_ends_with_the_save_or_the_signing_out(desk: Page, site: Site, captures: Path) -> None:
    field = "main form textarea[name=text]"
    desk.goto(f"{site.url}/gestion/glossaire/coller/")
    write(desk, field, "ZAC ; Zone d'aménagement concerté")
    desk.reload()
    look(desk, captures, "draft-offered")
    assert faults(desk) == []
    take_draft(desk)
    desk.click("main form button:not([type=button])")
    desk.wait_for_url("**/gestion/glossaire/")
    until(desk, "!Object.keys(localStorage).some(key => key.startsWith('parvis-draft '))")
    desk.goto(f"{site.url}/gestion/glossaire/coller/")
    write(desk, field)
    desk.goto(f"{site.url}/gestion/connexion/quitter/")
    desk.click("main form button")
    desk.wait_for_load_state()
    until(desk, "!Object.keys(localStorage).some(key => key.startsWith('parvis-draft '))")
