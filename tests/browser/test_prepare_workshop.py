"""A workshop is prepared, its papers taken, its room rehearsed and erased; a partner says that she comes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_accessibility import in_all_lights

pytestmark = pytest.mark.browser


def enter(page: Page, site: Site, role: str) -> None:
    page.goto(site.links[role])
    page.click("main button")
    page.wait_for_load_state()


def test_from_the_agenda_to_the_rehearsal(page: Page, site: Site, captures: Path) -> None:
    found: list[str] = []
    enter(page, site, "Animation")
    page.goto(f"{site.url}/gestion/rencontres/")
    page.get_by_role("link", name="Atelier partenaires : éducation, parentalité").click()
    meeting = page.url
    page.get_by_role("link", name="Préparer l'atelier").click()
    page.get_by_role("button", name="Ajouter une étape").click()
    expect(page.locator("#id_step-5-title")).to_be_focused()
    found += in_all_lights(page)
    page.keyboard.type("Pause café")
    page.get_by_role("button", name="Monter l'étape 6").click()
    expect(page.locator("#id_step-4-title")).to_have_value("Pause café")
    page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    page.wait_for_load_state()
    page.screenshot(path=captures / "preparer-atelier.png", full_page=True)
    room = page.locator(".room-code__letters").inner_text()

    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger les documents (zip)").click()
    with zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())) as archive:
        assert (len(archive.namelist()), archive.testzip()) == (14, None)

    page.get_by_role("button", name="Répéter l'atelier").click()
    found += in_all_lights(page)
    page.get_by_role("link", name="Aller à la table d'animation").click()
    expect(page.locator("body")).to_contain_text("Ceci est une répétition")
    found += in_all_lights(page)
    page.screenshot(path=captures / "repetition.png", full_page=True)
    assert page.url == f"{site.url}/atelier/{room}/table/"
    page.goto(f"{meeting}salle/")
    page.get_by_role("button", name="Effacer la répétition").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Préparer l'atelier")
    for path in ("inscriptions/", "inscriptions/ajouter/", "inscriptions/rappel/"):
        page.goto(f"{meeting}salle/{path}")
        found += in_all_lights(page)
    assert not found, "\n".join(found)


def test_a_partner_says_that_she_comes(page: Page, site: Site) -> None:
    enter(page, site, "Partenaire")
    page.get_by_role("link", name="Ateliers", exact=True).click()
    found = in_all_lights(page)
    page.get_by_role("button", name=re.compile("Je viens")).first.click()
    expect(page.locator(".badge--done").first).to_have_text("Vous venez")
    found += in_all_lights(page)
    assert not found, "\n".join(found)
