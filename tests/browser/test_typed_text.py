"""An agent's session ends while she writes: she signs in again, and what she wrote is there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

WRITTEN = "SIGLE ; Son nom ; Une longue explication\nAUTRE ; Un autre ; Une autre"


def code_received(page: Page, site: Site) -> str:
    """The letter leaves a moment after the page has come, beside the mails of the day."""
    page.goto(f"{site.url}/gestion/courrier/")
    letters = page.locator("article .prose").filter(has_text=re.compile(r"agents\s:\s"))
    while not letters.count():
        page.wait_for_timeout(200)
        page.reload()
    code = re.search(r"agents\s:\s+(\S+)", letters.first.inner_text())
    assert code is not None
    return code[1]


def test_what_was_written_outlives_the_session(page: Page, site: Site) -> None:
    page.goto(site.links["Coordination"])
    page.click("main button")
    page.goto(f"{site.url}/gestion/glossaire/coller/")
    page.fill("main textarea", WRITTEN)
    page.context.clear_cookies(name="sessionid")
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/connexion/\?next="))
    page.fill("input[name=email]", "coordinator@agglomeration.example")
    page.click("text=Recevoir un code")
    page.wait_for_url(re.compile("/connexion/code/"))
    mailbox = page.context.new_page()
    code = code_received(mailbox, site)
    mailbox.close()
    page.fill("input[name=code]", code)
    page.click("main button[type=submit]")
    page.wait_for_url("**/gestion/glossaire/coller/")
    assert page.input_value("main textarea") == WRITTEN
    assert page.inner_text("main form .notice").startswith("Votre session s'était terminée")
