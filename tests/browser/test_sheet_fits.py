"""A sheet is answered without scrolling, on the narrowest phone as on a desk, by thumb or by keyboard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site
from tests.browser.hands import look, until
from tests.browser.partners import NOTHING_WAITS, answer, come_in, command, new_link, opinions, phone
from tests.browser.test_accessibility import faults
from tests.browser.test_partner_device import open_sheet, state

pytestmark = pytest.mark.browser

LONG = "Accompagnement renforcé des demandeurs d'emploi de longue durée vers les métiers de la transition écologique"
SUMMARY = "Un parcours de six mois, en petits groupes, avec un employeur, un formateur et une référente. " * 4
_LENGTHEN = f"""
from parvis.sheets.models import ActionSheet
for code in ActionSheet.objects.filter(title="Permis de conduire solidaire").values_list("pk", flat=True):
    ActionSheet.objects.filter(pk=code).update(title={LONG!r}, summary={SUMMARY!r})
"""
_SHORTEN = f"""
from parvis.sheets.models import ActionSheet
ActionSheet.objects.filter(title={LONG!r}).update(title="Permis de conduire solidaire", summary="Passer son permis.")
"""
MEASURE = """() => { const box = it => { const { left, top, right, bottom, width, height } = it.getBoundingClientRect();
        return { left, top, right, bottom, width, height }; };
    const heading = document.querySelector("h1"), style = getComputedStyle(heading);
    return { picks: [...document.querySelectorAll(".pick")].map(box), bar: box(document.querySelector(".onward")),
        header: box(document.querySelector(".site-header")), lines: box(heading).height / parseFloat(style.lineHeight),
        over: document.documentElement.scrollWidth - innerWidth, scrolled: scrollY,
        height: innerHeight, width: innerWidth,
        next: box(document.querySelector("[data-next]")) }; }"""
TWICE = "document.documentElement.style.fontSize = '225%'"  # 36 px: twice the letters of the page
SIZES = ((360, 620), (320, 568), (360, 740), (1280, 900))


@pytest.fixture
def mobile(browser: Browser) -> Iterator[BrowserContext]:
    context = phone(browser)
    yield context
    context.close()


@pytest.fixture
def long_title(site: Site) -> Iterator[None]:
    """The first sheet has the longest title and summary that an agent would write."""
    command(site, "manage", "shell", "-c", _LENGTHEN)
    yield
    command(site, "manage", "shell", "-c", _SHORTEN)


def measured(page: Page) -> dict[str, Any]:
    """The boxes of the page, once it is checked that nothing is out to the side and that the bar is whole."""
    found: dict[str, Any] = page.evaluate(MEASURE)
    assert found["over"] <= 0, found
    for name in ("bar", "next"):
        box = found[name]
        assert box["left"] >= 0 <= box["top"], (name, found)
        assert box["right"] <= found["width"], (name, found)
        assert box["bottom"] <= found["height"] + 1, (name, found)
    assert {(round(box["width"]), round(box["height"])) for box in found["picks"]} == {
        (round(found["picks"][0]["width"]), round(found["picks"][0]["height"]))
    }, "the seven answers are of one size"
    assert len(found["picks"]) == 7
    assert found["picks"][0]["height"] >= 44
    return found


def fits(page: Page) -> None:
    """Title on two lines, seven answers above the bar, nothing scrolled."""
    found = measured(page)
    assert found["scrolled"] == 0
    assert found["lines"] <= 2.05, found["lines"]
    for box in found["picks"]:
        assert box["top"] >= found["header"]["bottom"], found
        assert box["bottom"] <= found["bar"]["top"], found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_sheet_fits(
    site: Site, mobile: BrowserContext, long_title: None, captures: Path, size: tuple[int, int]
) -> None:
    page = mobile.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    come_in(page, new_link(site, f"taille{size[0]}x{size[1]}"))
    open_sheet(page, site)
    assert page.locator("h1").inner_text().startswith("Accompagnement")
    fits(page)
    for name in ("À réinterroger", "Je ne connais pas cette action", "À faire évoluer"):
        page.get_by_role("radio", name=name, exact=True).tap()
        state(page, "Enregistré.")
        fits(page)
    page.screenshot(path=captures / f"fiche-{size[0]}x{size[1]}.png")

    page.get_by_label("Un commentaire").tap()
    page.set_viewport_size({"width": size[0], "height": size[1] - 260})  # the keyboard of the phone
    for words in ("Les horaires du soir ", "conviennent mieux."):
        page.get_by_label("Un commentaire").press_sequentially(words)
        assert measured(page)["picks"]
    state(page, "Enregistré.")
    measured(page)
    page.get_by_text("Lire la fiche entière").tap()
    page.locator(".sheet[open]").wait_for()
    assert page.evaluate(MEASURE)["over"] <= 0
    assert page.locator("h1").evaluate("it => it.scrollHeight < it.clientHeight + 8"), "the whole title is read there"


def test_letters_twice_as_large(site: Site, mobile: BrowserContext, long_title: None, captures: Path) -> None:
    page = mobile.new_page()
    come_in(page, new_link(site, "grandes-lettres"))
    open_sheet(page, site)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(TWICE)
        found = measured(page)
        assert found["lines"] <= 2.05
        assert found["bar"]["height"] <= height / 3, found
        for choice in page.get_by_role("radio").all():
            choice.focus()
            box, bar = choice.bounding_box(), page.locator(".onward").bounding_box()
            assert box is not None
            assert bar is not None
            assert box["y"] >= 0, (width, box)
            assert box["y"] + box["height"] <= bar["y"] + 1, (width, box, bar)
        page.get_by_role("radio", name="Sans avis", exact=True).check()
        state(page, "Enregistré.")
        measured(page)
        page.get_by_label("Un commentaire").press_sequentially("1")
        measured(page)
        state(page, "Enregistré.")
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=captures / f"fiche-200-{width}x{height}.png")


def test_twelve_sheets_by_thumb(site: Site, mobile: BrowserContext, captures: Path) -> None:
    before, page = opinions(site), mobile.new_page()
    page.set_viewport_size({"width": 360, "height": 620})
    scrolls: list[str] = []
    mobile.expose_binding("scrolled", lambda _, path: scrolls.append(path))
    mobile.add_init_script("addEventListener('scroll', () => scrolled(location.pathname))")
    come_in(page, new_link(site, "douze"))
    until(page, "document.documentElement.dataset.kept === 'yes'")
    scrolls.clear()
    begun, taps = time.monotonic(), 1
    with page.expect_navigation():
        page.get_by_role("link", name="Commencer").tap()
    for turn in range(12):
        assert page.locator("[data-next]").inner_text().strip() == "Passer"
        page.get_by_role("radio", name=("À poursuivre", "Je ne connais pas cette action")[turn % 2], exact=True).tap()
        assert page.locator("[data-next]").inner_text().strip() == ("Terminer" if turn == 11 else "Suivante")
        with page.expect_navigation():
            page.locator("[data-next]").tap()
        taps += 2
    seconds = time.monotonic() - begun
    page.wait_for_url("**/partenaires/merci/")
    page.get_by_role("heading", name="Merci, vous êtes au bout").wait_for()
    print(f"12 sheets: {taps} taps, {seconds:.1f} s, {len(scrolls)} scrolls")
    assert (taps, scrolls) == (25, [])
    until(page, NOTHING_WAITS)
    assert opinions(site) == before + 12
    page.reload()
    page.get_by_role("heading", name="Merci, vous êtes au bout").wait_for()
    assert page.locator(".answers .badge", has_text="À poursuivre").count() == 6
    for name in ("Ajouter une proposition", "Transmettre à un collègue"):
        assert page.get_by_role("link", name=name).is_visible()
    assert faults(page) == []
    look(page, captures, "partenaire-fin", whole=True)


def test_by_keyboard_alone(site: Site, page: Page) -> None:
    before = opinions(site)
    come_in(page, new_link(site, "clavier"))
    page.locator("[data-sheet]").first.click()
    until(page, "document.querySelector('[data-without-script]')?.hidden")
    checked, focus = page.locator("[name=value]:checked"), "document.activeElement.value"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(focus) == "strengthen":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert (page.evaluate(focus), checked.count()) == ("adapt", 0)
    page.keyboard.press("Space")
    assert checked.get_attribute("value") == "adapt"
    page.keyboard.press("ArrowDown")
    assert (page.evaluate(focus), checked.get_attribute("value")) == ("reconsider", "adapt")
    page.keyboard.press("Enter")
    assert checked.get_attribute("value") == "reconsider"
    state(page, "Enregistré.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    until(page, "document.querySelector('[data-without-script]')?.hidden")
    page.keyboard.press("5")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    until(page, "document.querySelector('[data-without-script]')?.hidden")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # passes
    until(page, NOTHING_WAITS)
    assert opinions(site) == before + 2


def test_the_end_offline_says_what_was_answered_there(site: Site, mobile: BrowserContext) -> None:
    page = mobile.new_page()
    come_in(page, new_link(site, "fin-sans-reseau"))
    until(page, "document.documentElement.dataset.kept === 'yes'")
    mobile.set_offline(True)
    page.goto(f"{site.url}/partenaires/merci/")
    page.get_by_role("heading", name="Vous n'avez pas encore répondu").wait_for()
    with page.expect_navigation():
        page.get_by_role("link", name="Reprendre les fiches passées").tap()
    for _ in range(12):
        answer(page, "Sans avis")
    page.get_by_role("heading", name="Merci, vous êtes au bout").wait_for()
    state(page, "En attente (12)", "[data-outbox]")
    assert page.locator(".answers .badge", has_text="Sans avis").count() == 12
    mobile.set_offline(False)
    until(page, NOTHING_WAITS)


def test_without_script_one_tap_answers_and_one_goes_on(site: Site, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 620}, has_touch=True, is_mobile=True, java_script_enabled=False
    )
    before, page = opinions(site), context.new_page()
    come_in(page, new_link(site, "sans-script"))
    page.get_by_role("link", name="Commencer").tap()
    page.wait_for_url("**/fiches/*/")
    for turn in range(12):
        page.get_by_role("radio", name="À renforcer", exact=True).tap()
        assert page.locator("[data-next]").inner_text().strip() == ("Terminer" if turn == 11 else "Suivante")
        with page.expect_navigation():
            page.locator("[data-next]").tap()
        assert page.get_by_text("Votre avis est enregistré").count() >= 1
    assert page.url.endswith("/partenaires/merci/")
    assert opinions(site) == before + 12
    context.close()
