"""The projected screen is a scene: six notes a page, each once; pages turn or are held; the action with its reply."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from parvis.core import clock
from parvis.gathering.room.minutes import workshop_introduction
from parvis.gathering.room.screen import ScreenPage, screen_page
from parvis.gathering.room.turning import TURN_SECONDS, Turning
from parvis.meetings.models import BoardSheet
from parvis.meetings.operations.room.on_screen import discuss
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.running import go_to_step, open_room
from parvis.meetings.room_state import room_state
from parvis.sheets.models import LeadReply
from tests.meetings.room.scene import Room
from tests.sheets.scene import close_review, make_sheets, shared_results
from tests.web.room.asking import do

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(seconds=TURN_SECONDS)


def page_of(room: Room) -> ScreenPage:
    room.board.refresh_from_db()
    return screen_page(room.board)


def texts(page: ScreenPage) -> list[list[str]]:
    """The notes of each page, in order."""
    return [[note["text"] for column in columns for note in column.notes] for columns in page.pages]


def test_pages_of_six_where_each_note_is_once(room: Room) -> None:
    lone = [room.note(room.phone, f"Seule {rank}") for rank in range(7)]
    room.family("Bus du soir", *(room.note(room.secretary, f"Bus {rank}") for rank in range(4)))
    room.do(room.facilitator, "duplicate", note=lone[6], of=lone[5])
    page = page_of(room)
    assert texts(page) == [
        ["Bus 0", "Bus 1", "Bus 2", "Bus 3"],
        [f"Seule {rank}" for rank in range(6)],
    ]
    assert [(column.title, column.total, column.goes_on) for column in page.pages[0]] == [
        ("Bus du soir", 4, False), ("Bus du soir", 4, True),
    ]  # fmt: skip
    assert page.counts == (("challenge", 10, True),)


def test_before_the_first_note_the_screen_is_the_way_in(room: Room, bob: Client) -> None:
    body = bob.get(f"/atelier/{room.board.room}/ecran/").content.decode()
    assert (page_of(room).mode, body.count("<svg"), 'class="welcome__code' in body) == ("waiting", 1, True)
    room.note(room.phone, "La première")
    assert page_of(room).mode == "notes"


def test_what_is_in_front_keeps_the_first_column_and_is_not_told_twice(room: Room) -> None:
    front = room.note(room.phone, "Note 0")
    for rank in range(1, 5):
        room.note(room.phone, f"Note {rank}")
    room.do(room.facilitator, "promote", of=front, promoted=True)
    page = page_of(room)
    assert [note["text"] for note in page.promoted] == ["Note 0"]
    assert texts(page) == [["Note 1", "Note 2", "Note 3"], ["Note 4"]]


def test_what_is_hidden_with_its_family_is_nowhere(room: Room) -> None:
    family = room.family("Cachée", room.note(room.secretary, "Dedans"))
    room.note(room.phone, "Dehors")
    room.do(room.facilitator, "hide", of=family, hidden=True)
    page = page_of(room)
    assert (texts(page), page.counts) == ([["Dehors"]], (("challenge", 1, False),))


def test_pages_turn_every_twelve_seconds_and_come_round() -> None:
    since = clock.now()
    turning = Turning(3, 2, since)
    assert [turning.page_at(since + LATER * turns) for turns in range(4)] == [2, 0, 1, 2]
    assert turning.page_at(since - LATER) == 2, "a clock behind shows the same page"
    assert [Turning(3, 7, None).page_at(since), Turning(1, 0, since).page_at(since + LATER)] == [2, 0]


def test_a_note_that_arrives_is_shown_at_once_then_the_pages_turn(room: Room) -> None:
    for rank in range(8):
        room.note(room.phone, f"Note {rank}")
    page = page_of(room)
    assert (page.shown, page.turning.page_at(clock.now() + LATER)) == (1, 0)


def test_the_facilitator_holds_a_page_turns_it_and_lets_it_go(room: Room, bob: Client) -> None:
    for rank in range(13):
        room.note(room.phone, f"Note {rank}")
    do(bob, room, "turn", turn="0")
    assert (page_of(room).held, page_of(room).shown) == (True, 2)
    room.note(room.phone, "Arrivée ensuite")
    assert page_of(room).shown == 2
    do(bob, room, "turn", turn="1")
    assert page_of(room).shown == 0
    do(bob, room, "turn", turn="-1")
    assert page_of(room).shown == 2
    body = bob.get(f"/atelier/{room.board.room}/table/").content.decode().replace("\xa0", " ")
    assert "Page 3 sur 3, gardée." in body
    do(bob, room, "turn", turn="on")
    page = page_of(room)
    assert (page.held, page.shown, page.turning.page_at(clock.now() + LATER)) == (False, 2, 0)


def test_one_page_has_nothing_to_turn(room: Room, bob: Client) -> None:
    room.note(room.phone, "Seule")
    for address in ("table/", "ecran/"):
        body = bob.get(f"/atelier/{room.board.room}/{address}").content.decode()
        assert ("data-turning" in body, 'value="turn"' in body) == (False, False)


def test_priorities_are_sorted_and_ties_are_said(room: Room, bob: Client) -> None:
    families = [room.family(f"Famille {rank}", room.note(room.secretary, f"Note {rank}")) for rank in range(3)]
    alone = room.note(room.phone, "Seule et aimée")
    for who, target, count in (
        (room.phone, families[1], 3), (room.other_phone, alone, 3), (room.invited, families[2], 1),
    ):  # fmt: skip
        room.do(who, "dot", target=target, count=count)
    last = room.board.steps.order_by("-position")[0]
    go_to_step(room.scene.bob, room.board, last.position)
    rows = page_of(room).pages[0]
    assert [(row.dots, row.tied, row.family.title if row.family else row.note["text"]) for row in rows] == [
        (3, True, "Famille 1"), (3, True, "Seule et aimée"), (1, False, "Famille 2"), (0, False, "Famille 0"),
    ]  # fmt: skip
    body = bob.get(f"/atelier/{room.board.room}/ecran/").content.decode()
    assert (body.count("ex æquo"), "ranking--two" in body) == (2, False)
    for rank in range(3, 6):
        room.family(f"Famille {rank}")
    assert "ranking--two" in bob.get(f"/atelier/{room.board.room}/ecran/").content.decode()


def test_the_screen_follows_the_step(client: Client) -> None:
    world = make_sheets()
    scene = world.scene
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(AGENDAS[DEFAULT_AGENDA], sheets=[world.permis]))
    open_room(scene.bob, board)
    discuss(scene.bob, board, world.permis)
    assert screen_page(board).mode == "action"
    go_to_step(scene.bob, board, 2)
    assert (board.discussed, screen_page(board).mode) == (None, "waiting")


def test_points_are_gathered_unsigned_and_come_with_the_action(client: Client) -> None:
    world = make_sheets()
    scene = world.scene
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(AGENDAS[DEFAULT_AGENDA], sheets=[world.permis]))
    client.force_login(scene.bob)
    run = f"/atelier/{board.room}/table/conduire/"
    points = "Peu connue au sud\n\n  Des délais trop longs  \nUn seul référent"
    client.post(run, {"do": "discuss", "sheet": world.permis.code})
    client.post(run, {"do": "points", "sheet": world.permis.code, "points": points})
    board.refresh_from_db()
    panels = [panel.content for panel in screen_page(board).pages if panel.kind == "points"]
    assert panels == [("Peu connue au sud", "Des délais trop longs"), ("Un seul référent",)]
    page = client.get(f"/atelier/{board.room}/table/").content.decode()
    assert "Des délais trop longs" in page
    told = "Sur « Permis de conduire solidaire » : Peu connue au sud ; Des délais trop longs ; Un seul référent."
    assert told in workshop_introduction(board)
    too_long = client.post(run, {"do": "points", "sheet": world.permis.code, "points": "x" * 2_001})
    assert (too_long.status_code, "x" * 2_001 in too_long.content.decode()) == (422, True)
    prepare_board(scene.bob, scene.meeting, BoardPlan(AGENDAS[DEFAULT_AGENDA], sheets=[world.velo, world.permis]))
    assert BoardSheet.objects.get(sheet=world.permis).points.startswith("Peu connue"), "another agenda keeps them"
    refused = client.post(run, {"do": "points", "sheet": world.sheet("Ailleurs").code, "points": "x"})
    assert refused.status_code == 422


def test_the_reply_of_the_lead_comes_with_the_figures_and_never_before(client: Client) -> None:
    world = make_sheets()
    scene = world.scene
    for name in "abcdefg":
        world.opine(world.participant(world.caf, name), world.permis, "adapt")
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(AGENDAS[DEFAULT_AGENDA], sheets=[world.permis]))
    discuss(scene.bob, board, world.permis)
    LeadReply.objects.create(sheet=world.permis, text="Nous ouvrons le samedi.", updated_at=clock.now())
    world.permis.lead_name = "Mission locale"
    world.permis.save()

    def kinds() -> list[str]:
        board.refresh_from_db()
        return [panel.kind for panel in screen_page(board).pages]

    assert kinds() == ["why", "summary"]
    close_review(world)
    assert kinds() == ["why", "summary"]
    shared_results(world)
    assert kinds() == ["why", "summary", "reply"], "too few answered: said, then the reply"
    LeadReply.objects.update(hidden_at=clock.now())
    assert kinds() == ["why", "summary"]
    client.force_login(scene.bob)
    body = re.sub(r"\s+", " ", client.get(f"/atelier/{board.room}/ecran/").content.decode().replace("\xa0", " "))
    for words in ("Permis de conduire solidaire", "Mission locale", "Que garde-t-on ?", "Que change-t-on ?"):
        assert words in body


def test_a_room_read_once_serves_the_screen_and_the_facilitator(room: Room, bob: Client) -> None:
    room.note(room.phone, "Une note")
    assert len(room_state(room.board).notes) == 1
    assert bob.get(f"/atelier/{room.board.room}/table/").context["page"].screen.counts[0][1] == 1
