"""Every page stands well: at 320 px, with large text, zoomed, with words of a hundred letters, and on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.layout import empty_headings, measured, with_large_text, with_long_words
from tests.browser.pages import PARTNER_PAGES, reachable, sign_in
from tests.browser.partners import come_in, new_link
from tests.browser.rooms import device, join, new_room, note, saved, take_table

pytestmark = pytest.mark.browser


def _faults(page: Page, address: str) -> list[str]:
    lines: list[str] = []

    def add(state: str, width: int, *, touch: bool = False) -> None:
        lines.extend(f"{address} {width} px, {state}: {line}" for line in measured(page, touch=touch))

    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(address)
    add("phone", 320, touch=True)
    with_long_words(page)
    add("long words", 320)
    page.set_viewport_size({"width": 640, "height": 450})  # a desk of 1280 px, zoomed twice
    page.goto(address)
    add("zoomed", 640)
    page.set_viewport_size({"width": 360, "height": 740})
    with_large_text(page)
    add("large text", 360)
    page.emulate_media(media="print")
    page.goto(address)
    lines.extend(f"{address} on paper: nothing under {heading}" for heading in empty_headings(page))
    page.emulate_media(media="screen")
    return lines


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page under a finger."""
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce", has_touch=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("role", ["", "Coordination", "Modération", "Administration"])
def test_every_page_stands_well(phone: Page, site: Site, role: str) -> None:
    paths = reachable(phone, site, sign_in(phone, site, role))
    paths = [path for path in paths if not role or path.startswith("/gestion/")]
    lines = [line for path in paths for line in _faults(phone, site.url + path)]
    assert len(paths) >= 10
    assert not lines, "\n".join(lines)


def test_every_page_of_a_partner_stands_well(phone: Page, site: Site) -> None:
    come_in(phone, new_link(site, "mise-en-page"))
    paths = [path for path in reachable(phone, site, PARTNER_PAGES) if path.startswith("/partenaires/")]
    lines = [line for path in paths for line in _faults(phone, site.url + path)]
    assert len(paths) >= 10
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("step", ["opinions", "strengths", "challenges", "proposals", "priorities"])
def test_every_page_of_a_room_stands_well(phone: Page, browser: Browser, site: Site, step: str) -> None:
    room = new_room(site)
    with device(browser, 360, 740, has_touch=True) as elsewhere:
        table = take_table(elsewhere, room)
        note(table, "Le dernier bus part avant la fin des cours du soir", "2")
        saved(table)
        room.step(step)
        lines = _faults(table, table.url)
    lines += _faults(join(phone.context, room, 1), f"{site.url}/atelier/{room.code}/")
    assert not lines, "\n".join(lines)
