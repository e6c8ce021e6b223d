"""What a partner's device keeps, and what it says of it: nothing lost, nothing twice, nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser.conftest import Site
from tests.browser.hands import until
from tests.browser.partners import NOTHING_WAITS, come_in, new_link, opinions, phone
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

DOOR = "**/api/v1/outbox"
KEPT = "document.documentElement.dataset.kept === 'yes'"
REFUSE = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });"


@pytest.fixture
def mobile(browser: Browser) -> Iterator[BrowserContext]:
    made = phone(browser)
    yield made
    made.close()


def state(page: Page, words: str, where: str = "[data-state]") -> None:
    """Wait until the page says so."""
    until(page, f"document.querySelector('{where}').textContent === '{words}'")


def open_sheet(page: Page, site: Site, place: int = 0) -> str:
    page.goto(f"{site.url}/partenaires/fiches/")
    until(page, KEPT)
    page.locator("[data-sheet]").nth(place).tap()
    page.wait_for_url("**/partenaires/fiches/*/")
    until(page, "document.querySelector('[data-without-script]').hidden")
    return page.url


def write_note(page: Page, text: str) -> None:
    page.get_by_label("Défi").check()
    page.get_by_label("Thématique").select_option(index=1)
    page.get_by_label("En quelques mots").fill(text)
    page.get_by_role("button", name="Ajouter").tap()


def test_contributions_without_a_network(site: Site, mobile: BrowserContext) -> None:
    page = mobile.new_page()
    come_in(page, new_link(site, "contributions"))
    address = f"{site.url}/partenaires/contributions/"
    page.goto(address)
    for text in ("La première", "La deuxième"):
        write_note(page, text)
        state(page, "Enregistré.", "[data-outbox]")
    until(page, "document.querySelectorAll('[data-keep]').length === 2")
    page.reload()
    until(page, KEPT)
    mobile.set_offline(True)
    write_note(page, "Écrite sans réseau")
    write_note(page, "Reprise puis changée")
    until(page, "document.querySelectorAll('[data-waiting-notes] li').length === 2")
    page.locator("[data-waiting-notes] li").nth(1).get_by_role("button", name="Reprendre ce texte").tap()
    until(page, "document.querySelectorAll('[data-waiting-notes] li').length === 1")
    assert page.get_by_label("En quelques mots").input_value() == "Reprise puis changée"
    write_note(page, "Changée")
    page.get_by_role("link", name="La première").tap()
    page.get_by_label("En quelques mots").fill("La première, corrigée")
    page.get_by_role("button", name="Enregistrer").tap()
    page.get_by_text("Correction en attente").wait_for()
    page.get_by_role("link", name="La deuxième").tap()
    page.get_by_role("button", name="La retirer").tap()
    page.get_by_text("Retrait en attente").wait_for()
    state(page, "En attente (4)", "[data-outbox]")
    assert faults(page) == []
    page.close()

    page = mobile.new_page()
    page.goto(address)
    state(page, "En attente (4)", "[data-outbox]")
    page.get_by_role("link", name="La première").tap()
    page.wait_for_url("**/contributions/*-*/")
    until(page, "document.querySelector('textarea').value === 'La première, corrigée'")
    page.goto(address)
    mobile.set_offline(False)
    until(page, "document.querySelectorAll('[data-keep]').length === 3")
    assert sorted(page.locator("[data-keep]").all_inner_texts()) == [
        "Changée", "La première, corrigée", "Écrite sans réseau"
    ]  # fmt: skip
    state(page, "Enregistré.", "[data-outbox]")


def test_a_contribution_says_its_kind_and_its_theme_each_time(site: Site, mobile: BrowserContext) -> None:
    page = mobile.new_page()
    come_in(page, new_link(site, "nature"))
    page.goto(f"{site.url}/partenaires/contributions/")
    until(page, "document.querySelector('[data-outbox]')")
    write_note(page, "Le bus du soir")
    state(page, "Enregistré.", "[data-outbox]")
    assert page.locator("[name=contribution_kind]:checked").count() == 0
    assert page.get_by_label("Thématique").input_value() == ""
    page.get_by_label("En quelques mots").fill("Le marché")
    page.get_by_role("button", name="Ajouter").tap()
    page.get_by_text("Ce que vous avez saisi est gardé").wait_for()
    until(page, "document.activeElement.matches('[data-errors]')")
    assert page.locator("[data-errors] li").count() == 2
    assert page.locator(".field--error").count() == 2
    assert faults(page) == []
    page.locator("[data-errors] a").first.tap()
    assert page.evaluate("document.activeElement.name") == "contribution_kind"
    write_note(page, "Le marché")
    state(page, "Enregistré.", "[data-outbox]")
    assert page.locator("[data-errors], .field--error, [aria-invalid]").count() == 0


def test_an_answer_cut_in_the_middle_counts_once(site: Site, mobile: BrowserContext) -> None:
    before, page = opinions(site), mobile.new_page()
    come_in(page, new_link(site, "coupure"))
    open_sheet(page, site)
    cuts: list[str] = []

    def cut(route: Route) -> None:
        answer = route.fetch()  # the server has applied it
        cuts.append(answer.text())  # before the page is answered: it may show the end at once
        if len(cuts) == 1:
            route.abort("connectionreset")
        elif len(cuts) == 2:
            route.fulfill(status=200, content_type="application/json", body=answer.text()[:40])
        else:
            route.fulfill(response=answer)

    page.route(DOOR, cut)
    page.get_by_role("radio", name="À poursuivre", exact=True).tap()
    state(page, "En attente (1)")
    until(page, "document.querySelector('[data-state]').textContent === 'Enregistré.'", seconds=20)
    assert ["duplicate" in answer for answer in cuts] == [False, True, True]
    assert opinions(site) == before + 1


def test_tabs_tell_the_same(site: Site, mobile: BrowserContext) -> None:
    before, one = opinions(site), mobile.new_page()
    come_in(one, new_link(site, "onglets"))
    open_sheet(one, site)
    other = mobile.new_page()
    open_sheet(other, site, 1)
    mobile.set_offline(True)
    one.get_by_role("radio", name="À poursuivre", exact=True).tap()
    state(other, "En attente (1)")
    other.get_by_role("radio", name="Sans avis", exact=True).tap()
    state(one, "En attente (2)")
    mobile.set_offline(False)
    state(one, "Enregistré.")
    state(other, "Enregistré.")
    assert opinions(site) == before + 2
    other.goto(f"{site.url}/partenaires/quitter/")
    other.get_by_role("button", name="Fermer l'accès").tap()
    other.get_by_text("C'est fermé sur cet appareil").wait_for()
    one.get_by_text("L'accès est fermé sur cet appareil").wait_for()
    assert other.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert other.evaluate("caches.keys().then(all => all.length)") == 0


@pytest.mark.parametrize("days", [-1, 1])
def test_the_clock_of_the_phone_changes_nothing(site: Site, mobile: BrowserContext, days: int) -> None:
    before, page = opinions(site), mobile.new_page()
    page.goto(site.url)
    mobile.clock.set_fixed_time(page.evaluate("Date.now()") + days * 86_400_000)
    come_in(page, new_link(site, f"horloge{days}"))
    address = open_sheet(page, site)
    mobile.set_offline(True)
    page.get_by_role("radio", name="Sans avis", exact=True).tap()
    state(page, "En attente (1)")
    mobile.set_offline(False)
    state(page, "Enregistré.")
    page.get_by_role("radio", name="À poursuivre", exact=True).tap()
    state(page, "Enregistré.")
    page.goto(address)
    assert page.locator("[name=value]:checked").get_attribute("value") == "continue"
    assert opinions(site) == before + 1


def test_a_device_that_keeps_nothing_falls_back_to_forms(site: Site, mobile: BrowserContext) -> None:
    before = opinions(site)
    mobile.add_init_script(REFUSE)
    page = mobile.new_page()
    come_in(page, new_link(site, "privee"))
    page.get_by_text("Cet appareil ne garde rien sans réseau").wait_for()
    page.locator("[data-sheet]").first.tap()
    page.get_by_text("Cet appareil ne garde rien sans réseau").wait_for()
    page.get_by_role("radio", name="À renforcer", exact=True).tap()
    page.locator("[data-next]").tap()
    page.get_by_text("Votre avis est enregistré").wait_for()
    assert faults(page) == []
    page.goto(f"{site.url}/partenaires/contributions/")
    page.get_by_text("Cet appareil ne garde rien sans réseau").wait_for()
    write_note(page, "Par le formulaire")
    page.locator("[data-keep]").filter(has_text="Par le formulaire").wait_for()
    page.goto(f"{site.url}/partenaires/quitter/")
    page.get_by_role("button", name="Fermer l'accès").tap()
    page.get_by_text("C'est fermé sur cet appareil").wait_for()
    assert opinions(site) == before + 1


def test_leaving_is_refused_while_something_waits(site: Site, mobile: BrowserContext) -> None:
    before, page = opinions(site), mobile.new_page()
    come_in(page, new_link(site, "quitter"))
    page.goto(f"{site.url}/partenaires/quitter/")
    leaving = page
    page = mobile.new_page()
    open_sheet(page, site)
    mobile.set_offline(True)
    page.get_by_role("radio", name="À renforcer", exact=True).tap()
    state(page, "En attente (1)")
    leaving.get_by_role("button", name="Fermer l'accès").tap()
    leaving.get_by_text("1 réponse attend encore d'être envoyée").wait_for()
    assert leaving.evaluate("indexedDB.databases().then(all => all.length)") == 1
    mobile.set_offline(False)
    state(page, "Enregistré.")
    leaving.get_by_role("button", name="Fermer l'accès").tap()
    leaving.get_by_text("C'est fermé sur cet appareil").wait_for()
    assert leaving.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert opinions(site) == before + 1


def test_two_people_of_one_device_stay_apart(site: Site, mobile: BrowserContext) -> None:
    """The first one's door is shut: the second one's words go through, the first one's are kept."""
    before, page = opinions(site), mobile.new_page()
    come_in(page, new_link(site, "premiere"))
    address = open_sheet(page, site)
    key = page.locator("meta[name=parvis-key]").get_attribute("content")
    mobile.set_offline(True)
    page.get_by_role("radio", name="À réinterroger", exact=True).tap()
    page.get_by_label("Un commentaire").fill("Mots de la première.")
    page.get_by_label("Un commentaire").blur()
    state(page, "En attente (1)")
    mobile.route(DOOR, lambda route: route.fulfill(status=401, json={"detail": "Unauthorized"})
                 if route.request.headers["authorization"] == f"Bearer {key}" else route.continue_())  # fmt: skip
    mobile.set_offline(False)
    come_in(page, new_link(site, "seconde"))
    page.goto(address)
    until(page, "document.querySelector('[data-without-script]').hidden")
    assert page.locator("[name=value]:checked").count() == 0
    assert page.get_by_label("Un commentaire").input_value() == ""
    page.get_by_role("radio", name="Sans avis", exact=True).tap()
    state(page, "Enregistré.")
    assert opinions(site) == before + 1
    page.goto(f"{site.url}/partenaires/quitter/")
    page.get_by_role("button", name="Fermer l'accès").tap()
    page.get_by_text("Fermez de nouveau pour confirmer").wait_for()
    mobile.unroute(DOOR)
    page.goto(f"{site.url}/partenaires/fiches/")
    until(page, NOTHING_WAITS)
    assert opinions(site) == before + 2


def test_a_new_service_worker_takes_over_without_losing(site: Site, mobile: BrowserContext) -> None:
    before, page = opinions(site), mobile.new_page()
    come_in(page, new_link(site, "version"))
    address = open_sheet(page, site)
    mobile.set_offline(True)
    page.get_by_role("radio", name="À renforcer", exact=True).tap()
    state(page, "En attente (1)")
    mobile.route(DOOR, lambda route: route.abort())
    mobile.set_offline(False)
    page.evaluate("""new Promise(done => { navigator.serviceWorker.addEventListener("controllerchange", done);
        navigator.serviceWorker.register("/partenaires/sw.js?version=2"); })""")
    mobile.set_offline(True)
    page.goto(address)  # the new one answers with what the old one kept
    until(page, "document.querySelector('[name=value]:checked')?.value === 'strengthen'")
    state(page, "En attente (1)")
    mobile.unroute(DOOR)
    mobile.set_offline(False)
    state(page, "Enregistré.")
    assert opinions(site) == before + 1
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.includes('parvis')]") == [
        0, 0, False
    ]  # fmt: skip


def test_what_an_answer_calls_for_comes_with_it(site: Site, mobile: BrowserContext) -> None:
    page = mobile.new_page()
    come_in(page, new_link(site, "demande"))
    open_sheet(page, site)
    ask, show = page.get_by_text("Qu'est-ce qui devrait changer"), page.get_by_role("link", name="Me la présenter")
    for name, asked, shown in (
        ("À renforcer", False, False), ("À faire évoluer", True, False), ("À réinterroger", True, False),
        ("Je ne connais pas cette action", False, True),
    ):  # fmt: skip
        page.get_by_role("radio", name=name, exact=True).tap()
        assert (ask.is_visible(), show.is_visible()) == (asked, shown)
        state(page, "Enregistré.")  # never held back by a comment
        assert faults(page) == []
    show.tap()
    page.get_by_label("Votre nom").fill("Une personne")
    page.get_by_label("Votre adresse électronique").fill("une@personne.example")
    page.get_by_label("J'accepte que mon nom").check()
    assert faults(page) == []
    mobile.set_offline(True)
    page.get_by_role("button", name="Demander").tap()
    page.get_by_text("Pas de réseau : rien n'est parti").wait_for()
    assert page.get_by_label("Votre nom").input_value() == "Une personne"
    mobile.set_offline(False)
    page.get_by_role("button", name="Demander").tap()
    page.get_by_text("Le porteur de l'action aura votre nom").wait_for()


def test_an_opinion_is_taken_back_with_or_without_a_network(site: Site, mobile: BrowserContext) -> None:
    before, page = opinions(site), mobile.new_page()
    come_in(page, new_link(site, "retrait"))
    address, back = open_sheet(page, site), page.get_by_role("button", name="Retirer mon avis")
    code, checked = address.rstrip("/").rsplit("/", 1)[1], page.locator("[name=value]:checked")
    badge = f"""document.querySelector('[data-value-of="{code}"]').textContent.trim()"""
    assert not back.is_visible()
    page.get_by_role("radio", name="À faire évoluer", exact=True).tap()
    page.get_by_label("Un commentaire").fill("Plus tard le soir")
    page.get_by_label("Un commentaire").blur()
    until(page, NOTHING_WAITS)
    assert opinions(site) == before + 1
    back.tap()
    state(page, "Avis retiré.")
    assert (checked.count(), page.get_by_label("Un commentaire").input_value(), back.is_visible()) == (0, "", False)
    assert faults(page) == []
    until(page, NOTHING_WAITS)
    assert opinions(site) == before

    page.get_by_role("radio", name="Sans avis", exact=True).tap()
    until(page, NOTHING_WAITS)
    mobile.set_offline(True)
    page.get_by_label("Un commentaire").fill("Écrit puis retiré, avant que rien ne parte")
    page.get_by_label("Un commentaire").blur()
    state(page, "En attente (1)")
    back.tap()
    state(page, "En attente (1)")
    page.goto(f"{site.url}/partenaires/fiches/")
    until(page, f"{badge} === 'À lire'")
    page.goto(address)  # as it was kept, then as this device knows better
    until(page, "document.querySelector('[data-without-script]').hidden")
    until(page, "!document.querySelector('[name=value]:checked')")
    assert not back.is_visible()
    mobile.set_offline(False)
    until(page, NOTHING_WAITS)
    assert opinions(site) == before
    page.goto(address)
    assert (checked.count(), page.get_by_label("Un commentaire").input_value()) == (0, "")


def test_a_device_that_keeps_nothing_takes_an_opinion_back_by_its_form(site: Site, mobile: BrowserContext) -> None:
    before = opinions(site)
    mobile.add_init_script(REFUSE)
    page = mobile.new_page()
    come_in(page, new_link(site, "retrait-privee"))
    page.locator("[data-sheet]").first.tap()
    page.get_by_text("Cet appareil ne garde rien sans réseau").wait_for()
    page.get_by_role("radio", name="À renforcer", exact=True).tap()
    address = page.url
    page.locator("[data-next]").tap()
    page.get_by_text("Votre avis est enregistré").wait_for()
    assert opinions(site) == before + 1
    page.goto(address)
    page.get_by_role("button", name="Retirer mon avis").tap()
    page.get_by_text("Votre avis est retiré").wait_for()
    assert opinions(site) == before


def test_keys_1_to_7(site: Site, mobile: BrowserContext) -> None:
    page = mobile.new_page()
    come_in(page, new_link(site, "touches"))
    open_sheet(page, site)
    values = ["strengthen", "continue", "adapt", "reconsider", "unknown", "no_view", "out_of_scope"]
    for digit, value in enumerate(values, start=1):
        page.keyboard.press(str(digit))
        assert page.locator("[name=value]:checked").get_attribute("value") == value
    page.get_by_label("Un commentaire").press_sequentially("12")
    assert page.locator("[name=value]:checked").get_attribute("value") == "out_of_scope"


def test_a_tap_that_comes_before_the_script_is_kept(site: Site, mobile: BrowserContext) -> None:
    page = mobile.new_page()
    come_in(page, new_link(site, "vite"))
    page.goto(f"{site.url}/partenaires/fiches/")
    until(page, KEPT)
    address = page.locator("[data-sheet]").first.evaluate("it => it.href")
    mobile.add_init_script(
        "new MutationObserver((all, watching) => { const found = document.querySelector('[name=value]');"
        "if (found) { watching.disconnect(); found.click(); } }).observe(document, {subtree: true, childList: true});"
    )
    page.goto(address)
    state(page, "Enregistré.")
    assert page.locator("[name=value]:checked").get_attribute("value") == "strengthen"
