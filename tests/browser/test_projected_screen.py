"""The projected screen: whatever the room says, nothing is out of it, covered or under its footer."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.rooms import BrowserRoom, device, new_room
from tests.browser.test_accessibility import faults, in_all_lights

pytestmark = pytest.mark.browser

PROJECTORS = ((1280, 720), (1920, 1080), (1024, 768))
FULLNESS = ((0, 3), (1, 5), (5, 20), (12, 60), (30, 300))
"""Families and notes."""

_FILL = """
import uuid
from parvis.consultations.outbox import apply_ops
from parvis.meetings.operations.room.entering import take_the_floor
from parvis.meetings.rules import themes_of_room
floor = take_the_floor(actor, board)
theme = themes_of_room(board.meeting)[0].code
lines = ("Le dernier bus part trop tôt",
  "On ne sait pas qui appeler quand la permanence est fermée le soir, et il faut alors refaire toute la démarche",
  "Anticonstitutionnellement" * 4, "مرحبا بكم في الحي")
titles = ("Bus du soir", "Des permanences ouvertes le samedi et en soirée dans chaque quartier, sans rendez-vous",
  "Seuls au monde", "Se-déplacer-entre-les-quartiers-et-la-gare-" * 3)
kinds = ("challenge", "strength", "proposal", "unsorted")
seq = max(floor.clock, board.clock)
def send(kind, **body):
    global seq
    seq += 1
    op_id = str(uuid.uuid4())
    result = apply_ops(floor, "d1", [dict(op_id=op_id, seq=seq, kind=kind, room=board.room, **body)]).results[0]
    assert result.status == "applied", result
    return op_id
notes = [send("note", text=f"{{lines[rank % 4]}} {{rank}}", contribution_kind=kinds[rank % 4], theme=theme)
  for rank in range({notes})]
for rank in range({families}):
    family = send("family", title=f"{{titles[rank % 4]}} {{rank}}", notes=notes[rank::{families}][:rank % 7])
    if rank % 5 < 3: send("dot", target=family, count=rank % 5)
"""
_DISCUSS = """
import datetime
from parvis.core import clock
from parvis.meetings.models import BoardSheet
from parvis.sheets.models import ActionSheet, FrozenFigures, LeadReply, ResultsRelease
from parvis.territories.models import Territory
sheet = ActionSheet.objects.filter(consultation=board.meeting.consultation_id, state="ready").last()
sheet.title = "Des référents de parcours pour les jeunes sans solution, dans chaque quartier de l'agglomération"
sheet.audience = "public"
sheet.summary = "Un référent unique suit le jeune, de l'orientation à l'emploi. " * 14
sheet.lead_name = "Mission locale intercommunale du bassin d'emploi et de formation"
sheet.save()
sheet.territories.set(Territory.objects.all()[:9])
release, _ = ResultsRelease.objects.get_or_create(consultation_id=sheet.consultation_id)
ResultsRelease.objects.filter(pk=release.pk).update(
  shared_with_leads_at=clock.now(), reply_until=clock.today() - datetime.timedelta(days=1))
FrozenFigures.objects.update_or_create(release=release, sheet=sheet, defaults=dict(shown={shown}))
LeadReply.objects.update_or_create(sheet=sheet, defaults=dict(text="Nous reprenons la permanence du samedi. " * 90,
  updated_at=clock.now(), hidden_at=None))
point = "On ne sait pas qui appeler le soir, quand la permanence du quartier est fermée"
BoardSheet.objects.create(board=board, sheet=sheet, position=1, points=chr(10).join([point] * 7))
on_screen.discuss(actor, board, sheet)
"""

_MEASURE = """() => {
  const faults = [];
  const foot = document.querySelector("footer").getBoundingClientRect();
  const words = it => it.textContent.trim().slice(0, 40);
  const fault = (it, what) => faults.push(`${what}: ${it.tagName} ${it.className} ${words(it)}`);
  const inside = (box, other) => box.left >= other.left - 1 && box.right <= other.right + 1
    && box.top >= other.top - 1 && box.bottom <= other.bottom + 1;
  const clips = it => it && it !== document.body
    && (getComputedStyle(it).overflow !== "visible" ? it : clips(it.parentElement));
  const ownText = it => [...it.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  const viewport = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (const it of document.body.querySelectorAll(":not(script, svg *)")) {
    if (it.closest(".visually-hidden, noscript, [hidden]")) continue;
    const box = it.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if (!inside(box, viewport)) fault(it, "out");
    if (it.closest("main") && box.bottom > foot.top + 1) fault(it, "under the footer");
    const clip = getComputedStyle(it).display !== "inline" && clips(it.parentElement);
    if (clip && !inside(box, clip.getBoundingClientRect())) fault(it, "cut");
    if (!ownText(it) || it.matches(".live")) continue;
    if (parseFloat(getComputedStyle(it).fontSize) < 32) fault(it, "small");
    const line = document.createRange();
    line.selectNodeContents(it);
    const [first] = line.getClientRects();
    const middle = first.left + Math.min(first.width, box.width) / 2;
    const at = document.elementFromPoint(middle, first.top + first.height / 2);
    if (!at || !(it.contains(at) || at.contains(it))) fault(it, "covered");
  }
  return [...new Set(faults)];
}"""


_COVERED_TITLES = """() => [...document.querySelectorAll("h1, h2, h3")].filter(it => {
  const box = it.getBoundingClientRect(), x = box.left + 3, y = box.top + box.height / 2;
  if (!box.height || y < 0 || y > innerHeight || it.closest(".conduct__side, .visually-hidden")) return false;
  const at = document.elementFromPoint(x, y);
  return !(it.contains(at) || at?.contains(it));
}).map(it => it.textContent.trim())"""


def _bounds(low: int, high: int | None = None) -> dict[str, int]:
    return {"low": low, "high": low if high is None else high}


SHOWN: dict[str, Any] = {
    "awareness": {"asked": 20, "answered": 12, "knows": _bounds(6, 8)},
    "appreciation": {"out_of": _bounds(6, 8), "to_support": _bounds(3, 5), "to_rework": _bounds(0, 2),
                     "other": _bounds(1, 3), "divided": None, "no_view": None},
    "values": {"strengthen": _bounds(1, 3), "continue_": _bounds(1, 3), "adapt": _bounds(0, 1),
               "reconsider": _bounds(0, 1)},
}  # fmt: skip


def on_all_projectors(page: Page, captures: Path, name: str) -> list[str]:
    """What is wrong in the sizes of projectors, light and dark."""
    wrong: list[str] = []
    for width, height in PROJECTORS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.fonts.ready")
        wrong += [f"{name} {width}x{height} {fault}" for fault in page.evaluate(_MEASURE)]
        page.screenshot(path=captures / f"ecran-{name}-{width}.png")
    return wrong


def on_each_page(page: Page, room: BrowserRoom, captures: Path, name: str) -> list[str]:
    """The same on its pages: all while they are few, then one in ten."""
    page.reload()
    wrong = on_all_projectors(page, captures, name)
    turning = page.locator("[data-turning]")
    count = int(turning.get_attribute("data-count") or 1) if turning.count() else 1
    for rank in range(1, count, 1 + count // 8):
        room.run(f"on_screen.hold_page(board, {rank})")
        page.reload()
        wrong += on_all_projectors(page, captures, f"{name}-page-{rank}")
    room.run("on_screen.let_pages_turn(board, 0)")
    return wrong


def opened_screen(page: Page, site: Site, room: BrowserRoom) -> None:
    page.goto(site.links["Animation"])
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/gestion/")
    page.goto(f"{site.url}/atelier/{room.code}/ecran/")


def test_nothing_is_out_nor_covered_whatever_the_room_says(site: Site, browser: Browser, captures: Path) -> None:
    room = new_room(site, opened=False)
    wrong: list[str] = []
    with device(browser, 1280, 720) as projector:
        screen = projector.new_page()
        opened_screen(screen, site, room)
        wrong += on_all_projectors(screen, captures, "attente")
        room.run("running.open_room(actor, board)")
        for (families, notes), (fewer, less) in zip(FULLNESS, ((0, 0), *FULLNESS), strict=False):
            room.run(_FILL.format(families=families - fewer, notes=notes - less))
            for step in ("strengths", "priorities"):
                room.step(step)
                wrong += on_each_page(screen, room, captures, f"{step}-{families}-{notes}")
        room.run("running.pause(actor, board)")
        screen.reload()
        screen.get_by_text("en pause").wait_for()
        wrong += on_all_projectors(screen, captures, "pause")
        assert faults(screen) == []
        screen.emulate_media(color_scheme="dark")
        assert faults(screen) == []
        screen.screenshot(path=captures / "ecran-nuit.png")
        for step in ("strengths", "priorities"):  # opened on a phone, or at twice its size: it scrolls, downwards
            room.step(step)
            screen.set_viewport_size({"width": 360, "height": 640})
            screen.reload()
            assert screen.evaluate("document.documentElement.scrollWidth") <= 360
            screen.screenshot(path=captures / f"ecran-{step}-telephone.png", full_page=True)
    assert wrong == [], "\n".join(wrong)


def test_the_action_under_discussion_fits_with_all_that_is_said_of_it(
    site: Site, browser: Browser, captures: Path
) -> None:
    room = new_room(site)
    wrong: list[str] = []
    with device(browser, 1280, 720) as projector:
        screen = projector.new_page()
        room.run(_DISCUSS.format(shown=SHOWN))
        opened_screen(screen, site, room)
        expect(screen.get_by_role("heading", level=1)).to_contain_text("Des référents de parcours")
        expect(screen.get_by_text("6 à 8 sur 12 organismes connaissent cette action.")).to_be_visible()
        for words in ("Que garde-t-on ?", "Que change-t-on ?", "Qui s'en charge ?"):
            expect(screen.get_by_text(words)).to_be_visible()
        wrong += on_each_page(screen, room, captures, "action")
        assert faults(screen) == []
    assert wrong == [], "\n".join(wrong)


def test_who_leads_has_tools_beside_the_board_turns_the_screen_and_undoes(
    site: Site, browser: Browser, captures: Path
) -> None:
    room = new_room(site)
    room.run(_FILL.format(families=2, notes=20))
    with device(browser, 1280, 800) as desk, device(browser, 1280, 720) as projector:
        front = desk.new_page()
        opened_screen(front, site, room)
        front.goto(f"{site.url}/atelier/{room.code}/table/")
        screen = projector.new_page()
        front.get_by_text("Ouvrir l'écran sur un autre ordinateur").click()
        screen.goto(f"{site.url}{urlsplit(front.locator('#ecran .digest').inner_text()).path}")
        screen.get_by_role("button", name="Montrer l'écran ici").click()
        tools = front.locator("#choix")
        expect(tools).to_be_hidden()
        first = front.locator("[data-note]", has_text="Le dernier bus part trop tôt 0").locator(".note__choose")
        first.check()
        expect(tools).to_be_visible()
        front.screenshot(path=captures / "animer-outils.png")
        for step in (0, 300, 900):
            front.evaluate(f"window.scrollTo(0, {step})")
            assert front.evaluate(_COVERED_TITLES) == []
        front.get_by_label("Titre d'une nouvelle famille").fill("Le soir")
        front.get_by_role("button", name="Rassembler").click()
        front.get_by_role("heading", name="Le soir").wait_for()
        expect(tools).to_be_hidden()

        front.get_by_role("button", name="Garder cette page").click()
        front.get_by_text("gardée.").wait_for()
        screen.get_by_text(", gardée").wait_for(state="attached")
        before = screen.locator("[data-turning]").inner_text()
        front.get_by_role("button", name="Page suivante").click()
        expect(screen.locator("[data-turning]")).not_to_have_text(before)
        screen.screenshot(path=captures / "ecran-page-gardee.png")

        front.get_by_role("button", name="Laisser tourner").click()
        turned = screen.locator("[data-turning]").inner_text()
        expect(screen.locator("[data-turning]")).not_to_have_text(turned, timeout=30_000)

        front.locator("#h-tableau").click()
        front.keyboard.press("Control+Z")
        front.get_by_role("heading", name="Le soir").wait_for(state="detached")
        front.locator("#conduite").get_by_role("button", name="Ce qui marche").last.click()
        screen.get_by_role("heading", name="Ce qui marche").wait_for()
        front.get_by_role("button", name="Annuler : changer d'étape").click()
        screen.get_by_role("heading", name="Tour des avis").wait_for()
        front.screenshot(path=captures / "animer.png")
        assert in_all_lights(front) == []
