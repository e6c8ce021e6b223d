"""A partner on a phone: two taps a sheet, the network drops, the tab closes; nothing is lost, nothing counts twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.hands import look, until
from tests.browser.pages import PARTNER_PAGES, reachable
from tests.browser.partners import answer, come_in, new_link, opinions, phone
from tests.browser.test_accessibility import faults, in_all_lights, opened

pytestmark = pytest.mark.browser


def test_offline_in_the_middle(site: Site, browser: Browser, captures: Path) -> None:
    before = opinions(site)
    context = phone(browser)
    page = context.new_page()
    come_in(page, new_link(site, "milieu"))
    until(page, "document.documentElement.dataset.kept === 'yes'")
    sheets = page.locator("[data-sheet]").count()
    assert sheets == 12
    with page.expect_navigation():
        page.get_by_role("link", name="Commencer").tap()
    for _ in range(3):
        answer(page, "À poursuivre")
    context.set_offline(True)
    for _ in range(3):
        answer(page, "Je ne connais pas cette action")
    page.get_by_role("radio", name="À faire évoluer", exact=True).tap()
    page.get_by_label("Un commentaire").fill("Écrit sans réseau.")
    page.get_by_label("Un commentaire").blur()
    until(page, "document.querySelector('[data-state]').textContent.startsWith('En attente')")
    page.screenshot(path=captures / "partenaire-sans-reseau.png")
    address = page.url
    page.close()

    page = context.new_page()
    page.goto(address)  # still without a network
    until(page, "document.querySelector('[name=value]:checked')?.value === 'adapt'")
    assert page.get_by_label("Un commentaire").input_value() == "Écrit sans réseau."
    with page.expect_navigation():
        page.locator("[data-next]").tap()
    answer(page, "À renforcer")
    context.set_offline(False)
    page.reload()
    page.goto(f"{site.url}/partenaires/fiches/")
    until(page, "!document.querySelector('[data-outbox]').textContent.startsWith('En attente')")
    assert opinions(site) == before + 8
    page.reload()
    assert page.get_by_text("8 fiches sur 12").count() == 1
    context.close()


def test_no_link_of_a_sheet_ends_on_the_error_of_the_browser(site: Site, browser: Browser) -> None:
    """The pages of the surface open, or say that they need a network; from the others, one stays where one is."""
    context = phone(browser)
    page = context.new_page()
    come_in(page, new_link(site, "liens"))
    page.locator("[data-sheet]").nth(1).tap()
    page.wait_for_url("**/fiches/*/")
    until(page, "document.documentElement.dataset.kept === 'yes'")
    address = page.url
    links = page.locator("a[href^='/']").evaluate_all("all => all.map(it => it.getAttribute('href').split('#')[0])")
    assert {"/", "/glossaire/", "/partenaires/qui-voit-mon-nom/", "/partenaires/contributions/"} <= set(links)
    context.set_offline(True)
    for path in dict.fromkeys(links):
        page.goto(address)
        until(page, "document.querySelector('[data-without-script]')?.hidden")
        page.locator(f"a[href='{path}']").first.evaluate("it => it.click()")
        if path.startswith("/partenaires/"):
            page.wait_for_url(f"**{path}")
            assert page.get_by_role("heading", level=1).inner_text() != "Pas de réseau", path
        else:
            page.locator("[data-no-page]").wait_for()
            assert page.url == address
    assert faults(page) == []
    for path in ("quitter/", "transmettre/", "mes-actions/"):
        page.goto(f"{site.url}/partenaires/{path}")
        page.get_by_role("heading", name="Pas de réseau").wait_for()
    context.close()


def test_the_pages_of_a_partner(site: Site, page: Page, captures: Path) -> None:
    page.goto(site.links["Partenaire"])
    assert faults(page) == []
    look(page, captures, "partenaire-invitation")
    come_in(page, site.links["Partenaire"])
    for name, path in (
        ("fiches", "fiches/"), ("acces", ""), ("contributions", "contributions/"), ("noms", "qui-voit-mon-nom/"),
        ("position", "position/"), ("mes-actions", "mes-actions/"), ("transmettre", "transmettre/"),
        ("quitter", "quitter/"), ("sans-page", "hors-connexion/"), ("ateliers", "rencontres/"),
    ):  # fmt: skip
        page.goto(f"{site.url}/partenaires/{path}")
        assert faults(page) == []
        look(page, captures, f"partenaire-{name}", whole=True)
    page.goto(f"{site.url}/partenaires/fiches/")
    page.locator("[data-sheet]").first.click()
    until(page, "document.querySelector('[data-without-script]')?.hidden")
    page.keyboard.press("2")
    until(page, "document.querySelector('[data-state]').textContent === 'Enregistré.'")
    assert page.locator("[name=value]:checked").get_attribute("value") == "continue"
    assert faults(page) == []
    look(page, captures, "partenaire-fiche", whole=True)


def test_axe_finds_nothing_on_any_partner_page(site: Site, page: Page) -> None:
    come_in(page, site.links["Partenaire"])
    paths = [path for path in reachable(page, site, PARTNER_PAGES) if path.startswith("/partenaires/")]
    found: list[str] = []
    for path in paths:
        page.goto(site.url + path)
        found += in_all_lights(page) + opened(page)
    assert len(paths) >= 10
    assert not found, "\n".join(found)


def test_leaving_wipes_the_device(site: Site, page: Page) -> None:
    come_in(page, site.links["Partenaire"])
    page.goto(f"{site.url}/partenaires/quitter/")
    page.get_by_role("button", name="Fermer l'accès").click()
    page.wait_for_url("**/partenaires/")
    assert page.get_by_text("On y entre par une invitation").count() == 1
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert page.evaluate("caches.keys().then(all => all.length)") == 0


def test_the_desk_of_partners(site: Site, page: Page, captures: Path) -> None:
    page.goto(site.links["Coordination"])
    page.locator("main button").first.click()
    page.goto(f"{site.url}/gestion/concertations/")
    page.locator(".row__title a").first.click()
    base = page.url
    for name, path in (
        ("annuaire", "annuaire/"), ("fiches", "fiches/"), ("invitations", "invitations/"), ("avis", "avis/"),
        ("diffusion", "avis/diffusion/"), ("importer", "annuaire/importer/"), ("nouvelle-fiche", "fiches/nouvelle/"),
    ):  # fmt: skip
        page.goto(base + path)
        assert faults(page) == [], name
        look(page, captures, f"bureau-{name}")
    page.goto(base + "avis/")
    page.locator("tbody a").first.click()
    assert faults(page) == []
    look(page, captures, "bureau-avis-fiche")
