"""Home, search, a rencontre and a contribution: no wider than the screen, nothing moves, the keyboard is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
WITH_LONG_WORDS = """() => {
  const written = ".row, .entry__body, .voice, h1, .page-head, .beside, .prose, .places";
  const ours = ".kind, .badge, .button, .term, .visually-hidden";
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { currentNode: text } = walk;
    const { parentElement: holder } = text;
    if (text.data.trim() && holder.closest(written) && !holder.closest(ours))
      text.data = "x".repeat(109) + text.data;
  }
}"""
WIDTHS = (320, 360, 768, 1280, 1920)


def report_of(page: Page, site: Site) -> str:
    """The address of the longest report of the demonstration, whatever other tests published."""
    page.goto(f"{site.url}/rencontres/?q=m%C3%A9decins")
    href = page.locator(".row__title a", has_text="Atelier partenaires : emploi et santé").get_attribute("href")
    assert href
    return site.url + href


def pages(page: Page, site: Site) -> list[str]:
    report = report_of(page, site)
    page.goto(f"{site.url}/chercher/?q=m%C3%A9decins")
    said = page.get_attribute(".hit a", "href")
    return [
        f"{site.url}/", f"{site.url}/rencontres/", f"{site.url}/chercher/", f"{site.url}/chercher/?q=m%C3%A9decins",
        f"{site.url}/chercher/?q=mdecin", f"{site.url}/chercher/?q=xyzzyx", report, f"{report}?nature=proposal",
        f"{site.url}{said}",
    ]  # fmt: skip


def test_no_page_is_wider_than_the_screen_and_axe_finds_nothing(site: Site, page: Page) -> None:
    for address in pages(page, site):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        for width, scheme in ((360, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert faults(page) == []


def test_a_word_of_109_letters_widens_no_page(site: Site, page: Page) -> None:
    """People paste addresses, and leave a finger on a key: whatever they wrote may hold such a word."""
    page.set_viewport_size({"width": 320, "height": 800})
    for address in pages(page, site):
        page.goto(address)
        page.evaluate(WITH_LONG_WORDS)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize("width", [360, 1280])
def test_the_files_open_over_the_page_and_move_nothing(site: Site, page: Page, width: int) -> None:
    page.goto(report_of(page, site))
    page.set_viewport_size({"width": width, "height": 800})
    heading = page.locator("#h-synthese")
    before = heading.bounding_box()
    page.click("summary:has-text('Télécharger')")
    assert heading.bounding_box() == before
    for link in page.locator(".menu--over a").all():
        box = link.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 42


def test_the_contents_say_which_theme_is_read(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(report_of(page, site))
    for link in page.locator(".toc-wide ol ol a").all():
        link.click()
        page.wait_for_function("link => link.getAttribute('aria-current') === 'location'", arg=link.element_handle())
        assert page.locator(".toc-wide [aria-current]").count() == 1


def test_a_line_leads_to_its_thread_and_an_acronym_in_it_to_its_note(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(report_of(page, site))
    line = page.locator(".entry:has(.term)").first
    line.locator(".term").first.click()
    assert page.locator(".term-note:popover-open").count() == 1
    page.keyboard.press("Escape")
    box = line.bounding_box()
    assert box
    line.click(position={"x": box["width"] - 4, "y": 6})
    page.wait_for_url("**/contributions/*/")


def test_one_searches_from_any_page_without_a_script(site: Site, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/rencontres/")
    page.fill("#chercher", "medecin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chercher/?q=medecin")
    assert page.locator("mark").count() >= 2
    page.context.close()
