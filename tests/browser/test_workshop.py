"""A whole workshop in five windows: two secretaries, the facilitator, the screen, a phone; then its report, published.

The second table has no network from the second step to the fourth. The published page holds every note.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.hands import look, until
from tests.browser.rooms import BrowserRoom, device, fill_note, join, new_room, note, saved, take_table
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

STEPS = ("Ce qui marche : les atouts", "Ce qui manque : les défis", "Ce que nous proposons", "Nos priorités")


def sign_in(context: BrowserContext, site: Site, role: str) -> Page:
    page = context.new_page()
    page.goto(site.links[role])
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/gestion/")
    return page


def write_on_phone(page: Page, text: str, kind: str) -> None:
    fill_note(page, text)
    page.get_by_role("radio", name=kind).check()
    page.get_by_role("button", name="Ajouter ma note").click()
    saved(page)
    expect(page.locator("[data-entry-said]")).to_have_text(f"Note ajoutée : {kind.lower()}.")


def gather(page: Page, title: str, *texts: str) -> None:
    for text in texts:
        page.locator("[data-note]", has_text=text).locator(".note__choose").check()
    page.get_by_label("Titre d'une nouvelle famille").fill(title)
    page.get_by_role("button", name="Rassembler").click()
    page.get_by_role("heading", name=title).wait_for()


def next_step(front: Page, title: str) -> None:
    front.locator("#conduite").get_by_role("button", name=title).last.click()
    expect(front.locator("#conduite [aria-current=step]")).to_contain_text(title)


def captured(captures: Path, step: str, **windows: Page) -> None:
    """Pictures of the windows, and nothing that axe finds wrong."""
    found = []
    for name, page in windows.items():
        page.screenshot(path=captures / f"atelier-{step}-{name}.png")
        found += faults(page)
    assert found == []


def test_a_whole_workshop_in_five_windows(site: Site, browser: Browser, captures: Path) -> None:
    room = new_room(site, opened=False)
    with (
        device(browser, 1280, 900) as desk,
        device(browser, 1920, 1080) as projector,
        device(browser, 1280, 800) as first,
        device(browser, 1280, 800) as second,
        device(browser, 360, 740, has_touch=True) as mobile,
    ):
        front = sign_in(desk, site, "Animation")
        front.goto(f"{site.url}/gestion/rencontres/{room.meeting}/")
        front.get_by_role("link", name="Animer l'atelier").click()
        front.get_by_text("Ouvrir l'écran sur un autre ordinateur").click()
        address = front.locator("#ecran .digest").inner_text()
        screen = projector.new_page()
        screen.goto(f"{site.url}{urlsplit(address).path}")
        screen.get_by_role("button", name="Montrer l'écran ici").click()
        screen.get_by_text(room.code, exact=True).first.wait_for()
        captured(captures, "0-attente", animation=front, ecran=screen)
        front.get_by_role("button", name="Ouvrir l'atelier").click()
        one, two, phone = take_table(first, room, 1), take_table(second, room, 2), join(mobile, room, 2)
        write_on_phone(phone, "Je ne connaissais pas la moitié de ces actions", "Défi")
        screen.get_by_text("la moitié de ces actions").wait_for()
        expect(phone.locator("[data-note-form] [name=contribution_kind]:checked")).to_have_count(0)  # asked again
        captured(captures, "1-avis", animation=front, ecran=screen, table1=one, table2=two, telephone=phone)

        until(two, "document.documentElement.dataset.kept === 'yes'")
        next_step(front, STEPS[0])
        two.locator("[data-step]").get_by_text("atouts").wait_for()
        second.set_offline(True)
        note(one, "Les associations se parlent", "1")
        note(two, "Les gardiens connaissent les familles", "1")
        saved(one)
        screen.get_by_text("Les associations se parlent").wait_for()
        captured(captures, "2-atouts", animation=front, ecran=screen, table1=one, table2=two, telephone=phone)

        next_step(front, STEPS[1])
        for text in ("Le dernier bus part trop tôt", "Pas de bus le dimanche"):
            note(one, text, "2")
        note(two, "Les bus du soir sont rares", "2")
        gather(one, "Bus du soir", "Le dernier bus", "Pas de bus")
        gather(two, "Les bus le soir", "Les bus du soir sont rares")
        saved(one)
        captured(captures, "3-defis", animation=front, ecran=screen, table1=one, table2=two, telephone=phone)

        next_step(front, STEPS[2])
        note(one, "Une navette partagée entre employeurs", "3")
        note(two, "Apprendre le vélo à tout âge", "3")
        write_on_phone(phone, "Des permanences le samedi", "Proposition")
        saved(one)
        saved(two, "En attente (4)")
        captured(captures, "4-propositions", animation=front, ecran=screen, table1=one, table2=two, telephone=phone)
        second.set_offline(False)
        saved(two)

        next_step(front, STEPS[3])
        front.get_by_role("button", name="Réunir").click()
        expect(front.get_by_role("button", name="Réunir")).to_have_count(0)
        one.get_by_label("Organisme").fill("CAF")
        one.get_by_label("Personnes").fill("3")
        one.get_by_role("button", name="Compter").click()
        more = one.locator(".family > .dots [data-more]").first
        for _ in range(4):
            more.click()
        saved(one)
        screen.locator(".ranking__dots").first.get_by_text("4").wait_for()
        captured(captures, "5-priorites", animation=front, ecran=screen, table1=one, table2=two, telephone=phone)

        front.get_by_text("Terminer l'atelier").click()
        front.get_by_label("Je termine l'atelier").check()
        front.get_by_role("button", name="Terminer", exact=True).click()
        front.get_by_role("link", name="Relire le compte-rendu").wait_for()
        screen.get_by_text("Merci !").wait_for()
        phone.get_by_text("Cet atelier est terminé").first.wait_for()
        captured(captures, "6-fin", animation=front, ecran=screen, telephone=phone)
        said = room.texts()
        assert sum(said.values()) == 9
        assert room.dots() == 4

        _checked_by_those_present(front, phone, room, captures)
    with device(browser, 1280, 900) as office:
        _published(sign_in(office, site, "Coordination"), room, said, captures)


def _checked_by_those_present(front: Page, phone: Page, room: BrowserRoom, captures: Path) -> None:
    front.get_by_role("link", name="Relire le compte-rendu").click()
    front.wait_for_url("**/comptes-rendus/**")
    front.goto("/".join(front.url.split("/")[:6]) + "/")
    front.get_by_role("button", name="Envoyer").click()
    front.get_by_role("link", name="Faire relire aux participants").click()
    front.get_by_role("button", name="Ouvrir la relecture").click()
    front.get_by_text("Ouverte jusqu'au").wait_for()
    phone.goto(f"{room.site.url}/atelier/{room.code}/compte-rendu/")
    phone.get_by_text("Faire une remarque").first.click()
    phone.get_by_label("Votre remarque sur cette ligne").first.fill("Il manque l'heure.")
    phone.get_by_role("button", name="Envoyer").first.click()
    phone.get_by_text("Il manque l'heure.").wait_for()
    look(phone, captures, "atelier-7-relecture")
    assert faults(phone) == []
    front.reload()
    front.get_by_label("Suite donnée").fill("Ajoutée.")
    front.get_by_role("button", name="Enregistrer").click()
    look(front, captures, "atelier-7-remarques", whole=True)
    assert faults(front) == []
    front.get_by_role("button", name="Terminer la relecture maintenant").click()
    front.get_by_text("Terminée.").wait_for()


def _published(page: Page, room: BrowserRoom, said: Counter[tuple[str, str]], captures: Path) -> None:
    page.goto(f"{room.site.url}/gestion/rencontres/{room.meeting}/compte-rendu/")
    for step in ("Relecture des participants", "Équipe projet"):
        page.get_by_role("button", name=f"Valider « {step} »").click()
    page.get_by_role("link", name="Publier").click()
    page.get_by_role("button", name="Publier l'édition 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Publier", exact=True).click()
    page.goto(f"{room.site.url}/rencontres/{room.meeting}/")
    look(page, captures, "atelier-8-publie", whole=True)
    assert faults(page) == []
    report = page.locator("main").inner_text()
    assert [text for text, _ in said if text not in report] == []
    assert "CAF (3 personnes)" in report
    families = page.get_by_role("heading", name=re.compile("^(Bus du soir|Les bus le soir)"))
    expect(families).to_have_count(1)  # the two that were joined
    expect(families).to_contain_text("4 gommettes")
