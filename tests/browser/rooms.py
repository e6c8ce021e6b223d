"""What the tests of rooms do again and again: a room that is open, its doors, what the program counts of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site
from tests.browser.partners import command

_OPEN = """
import datetime
from parvis.consultations.models import Consultation
from parvis.core import clock
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.running import open_room
from parvis.meetings.operations.room.table_links import table_path
from parvis.people.models import User
actor = User.objects.filter(email__startswith="facilitator").first()
consultation = Consultation.objects.earliest("pk")
meeting = create_meeting(actor, consultation, MeetingDetails(
    title="Atelier d'essai", starts_at=clock.now(), territory=consultation.territory,
    themes=tuple(consultation.themes.order_by("position")[:2])))
board = prepare_board(actor, meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
if {opened}: open_room(actor, board)
import json
print("ROOM " + json.dumps([board.room, meeting.code, table_path(board, 1), table_path(board, 2)]))
"""
_RUN = """
from parvis.meetings.models import Board
from parvis.meetings.operations.room import on_screen, running
from parvis.people.models import User
board, actor = Board.objects.get(room="{room}"), User.objects.filter(email__startswith="facilitator").first()
{what}
"""
_TEXTS = """
import json
from parvis.meetings.models import Board
from parvis.meetings.room_state import room_state
state = room_state(Board.objects.get(room="{room}"))
titles = {{family.reference: family.title for family in state.families}}
print("TEXTS " + json.dumps([[note.text, titles.get(note.family, "")] for note in state.notes]))
"""


@dataclass(frozen=True)
class BrowserRoom:
    """`tables`: the paths of the first two tables."""

    site: Site
    code: str
    meeting: str
    tables: tuple[str, str]

    def run(self, what: str) -> None:
        """Something the facilitator does, by `running`, `on_screen`, `board` and `actor`."""
        command(self.site, "manage", "shell", "-c", _RUN.format(room=self.code, what=what))

    def step(self, kind: str) -> None:
        self.run(f"running.go_to_step(actor, board, board.steps.get(kind='{kind}').position)")

    def texts(self) -> Counter[tuple[str, str]]:
        """How many notes say what, in which family."""
        told = command(self.site, "manage", "shell", "-c", _TEXTS.format(room=self.code))
        return Counter((text, family) for text, family in json.loads(told.split("TEXTS ")[1]))

    def dots(self) -> int:
        found: dict[str, Any] = json.loads(command(self.site, "verify", "--json"))
        assert found["problems"] == []
        dots: int = found["dots"][self.meeting]
        return dots


def new_room(site: Site, *, opened: bool = True) -> BrowserRoom:
    """A room of its own, four tables, in its first step when it is open."""
    told = command(site, "manage", "shell", "-c", _OPEN.format(opened=opened))
    code, meeting, first, second = json.loads(told.split("ROOM ")[1])
    return BrowserRoom(site, code, meeting, (first, second))


_EXPECTED = ("ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "status of 422", "status of 401")
"""No network, one that is cut while a page is being kept, a form refused in words, an access closed: what the tests do
on purpose."""


@contextmanager
def device(browser: Browser, width: int, height: int, **options: Any) -> Iterator[BrowserContext]:
    """A device of its own. What it logs as an error fails the test, but what was expected."""
    made = browser.new_context(
        viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce", **options
    )
    made.set_default_timeout(10_000)
    found: list[str] = []
    made.on("console", lambda said: found.append(f"{said.text} {said.location}") if said.type == "error" else None)
    made.on("weberror", lambda error: found.append(str(error.error)))
    yield made
    made.close()
    left = [each for each in found if not any(known in each for known in _EXPECTED)]
    assert left == [], left


def take_table(context: BrowserContext, room: BrowserRoom, table: int = 1) -> Page:
    page = context.new_page()
    page.goto(room.site.url + room.tables[table - 1])
    page.get_by_role("button", name=f"Tenir la table {table}").click()
    page.wait_for_url("**/secretaire/")
    page.locator("html.scripted").wait_for()
    return page


def join(context: BrowserContext, room: BrowserRoom, table: int | None = None) -> Page:
    page = context.new_page()
    page.goto(f"{room.site.url}/atelier/?code={room.code}")
    if table:
        page.get_by_label("Numéro de votre table").fill(str(table))
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url(f"**/atelier/{room.code}/")
    return page


def note(page: Page, text: str, key: str = "") -> None:
    """Typed, and saved with Enter."""
    if key:
        page.keyboard.press(f"Alt+{key}")
    fill_note(page, text)
    page.get_by_label("Votre note").press("Enter")


def fill_note(page: Page, text: str) -> None:
    """The words, and what neither the step nor the last note says: the kind, the theme."""
    form = page.locator("[data-note-form]")
    if not form.locator("[name=contribution_kind]:checked").count():
        form.locator("[name=contribution_kind][value=unsorted]").check()
    if not form.locator("[name=theme]").input_value():
        form.locator("[name=theme]").select_option(index=1)
    page.get_by_label("Votre note").fill(text)


def saved(page: Page, words: str = "Enregistré.") -> None:
    """Wait until the page says so."""
    page.locator("[data-outbox]").get_by_text(words, exact=True).wait_for()
