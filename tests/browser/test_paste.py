"""A text pasted from Word keeps its lists and its headings."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

HTML = "<h2>Emploi</h2><h3>Défis</h3><ol><li>Le bus</li><li>La garde d'enfants<ul><li>le soir</li></ul></li></ol>"
WORDS = "Emploi Défis Le bus La garde d'enfants le soir"
PASTE = """([html, words]) => { const field = document.querySelector("textarea"); field.focus();
const data = new DataTransfer(); data.setData("text/html", html); data.setData("text/plain", words);
field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
field.value = words; }"""


def test_structure_is_kept_until_the_words_change(page: Page, site: Site) -> None:
    page.goto(site.links["Coordination"])
    page.click("main button")
    page.goto(f"{site.url}/gestion/rencontres/")
    page.click("text=Réunion publique")
    page.click("text=Déposer le compte-rendu")
    page.wait_for_load_state()  # the script that reads what is pasted is there
    page.evaluate(PASTE, [HTML, WORDS])
    page.wait_for_selector("[data-rich]:visible")
    page.click("text=Vérifier d'abord")
    page.wait_for_selector("#essai:has-text('2 contributions')")
    page.locator("textarea").press_sequentially(" et plus")
    assert page.locator("[data-rich]").is_hidden()
    assert page.locator("input[name=rich]").input_value() == ""
