"""One gesture answers every line that raises the same doubt."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.hands import until

pytestmark = pytest.mark.browser

REPORT = """Atelier du soir
Jardins partagés
Défis
1. Trop peu de parcelles
2. L'eau est loin
Atouts
1. Les voisins se parlent
Emploi / Insertion
Défis
1. Le dernier bus part trop tôt
"""


def test_lines_of_an_unknown_theme_get_theirs_at_once(page: Page, site: Site) -> None:
    page.goto(site.links["Coordination"])
    page.click("main button")
    page.goto(f"{site.url}/gestion/rencontres/")
    page.click("text=Marche exploratoire")
    page.click("text=Déposer le compte-rendu")
    page.fill("textarea[name=text]", REPORT)
    page.click("button:has-text('Importer')")
    until(page, "document.activeElement.closest('.line--doubt')")
    assert page.locator(".line--doubt").count() == 3
    page.keyboard.press("l")
    assert page.locator("#lignes input:checked").count() == 3
    page.keyboard.press("t")
    page.keyboard.press("5")
    until(page, "document.querySelectorAll('.line--doubt').length === 0")
    assert page.locator(".line__group:has-text('Habitat')").count() == 2
