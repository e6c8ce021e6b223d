"""The facilitator conducts with plain forms; the screen shows what it may, and nothing else."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from parvis.core import clock
from parvis.gathering.recount.verification import verify
from parvis.gathering.room.figures import LATER, LEADS_FIRST, OPEN, room_figures
from parvis.meetings.models import Minutes
from parvis.meetings.operations.room.arranging import CHANGED
from parvis.meetings.operations.room.on_screen import discuss
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.people.models import Role
from parvis.sheets.models import ResultsRelease
from parvis.sheets.operations.share_results import LEADS_ALONE, share_with_leads
from parvis.web.room.screens import LINK_SECONDS, screen_path
from tests.meetings.room.scene import Room
from tests.meetings.scene import items
from tests.sheets.scene import close_review, make_sheets
from tests.web.room.asking import do

pytestmark = pytest.mark.django_db


def gesture(client: Client, room: Room, name: str, **more: Any) -> Any:
    return client.post(f"/atelier/{room.board.room}/table/geste/", {"gesture": name, **more})


def screen_of(client: Client, room: Room) -> Any:
    """The screen, opened on this computer by the link of the facilitator's page."""
    client.post(screen_path(room.board, room.scene.bob))
    return client.get(f"/atelier/{room.board.room}/ecran/")


def test_steps_pause_and_extend(bob: Client, room: Room) -> None:
    assert do(bob, room, "next").status_code == 302
    room.board.refresh_from_db()
    assert room.board.step is not None
    assert room.board.step.kind == "strengths"
    ends = room.board.step_ends_at
    assert ends is not None
    do(bob, room, "extend", minutes="5")
    room.board.refresh_from_db()
    assert (room.board.step_ends_at - ends).total_seconds() == 300  # type: ignore[operator]
    do(bob, room, "pause")
    room.board.refresh_from_db()
    assert (room.board.step_ends_at, room.board.seconds_left is None) == (None, False)
    assert do(bob, room, "pause").status_code == 422
    do(bob, room, "resume")
    room.board.refresh_from_db()
    assert room.board.seconds_left is None
    assert do(bob, room, "extend", minutes="nombre").context["refusal"] == "Donnez de 1 à 60 minutes."


def test_after_the_last_step_there_is_no_next(bob: Client, room: Room) -> None:
    for _ in range(4):
        do(bob, room, "next")
    assert do(bob, room, "next").status_code == 422


def test_gestures_gather_join_hide_and_promote(bob: Client, room: Room) -> None:
    bus, car = room.note(room.secretary, "Le bus"), room.note(room.phone, "Le car")
    assert gesture(bob, room, "gather", notes=[bus], title="Bus du soir").status_code == 302
    gesture(bob, room, "gather", notes=[car], title="Les bus le soir")
    families = [family.reference for family in room.state().families]
    second = room.state().families[1].title
    page = bob.get(f"/atelier/{room.board.room}/table/").context["page"]
    assert len(page.near) == 1
    gesture(bob, room, "same", families=families)
    assert {note.family for note in room.state().notes} == {families[0]}
    page = bob.get(f"/atelier/{room.board.room}/table/").context["page"]
    assert [family.joined for family in page.families] == [((families[1], second),)]
    gesture(bob, room, "part", families=[families[1]])
    assert {note.family for note in room.state().notes} == set(families)
    gesture(bob, room, "same", notes=[bus, car])
    page = bob.get(f"/atelier/{room.board.room}/table/").context["page"]
    told = [note["doubles"] for family in page.families for note in family.notes]
    assert [[other["text"] for other in doubles] for doubles in told] == [["Le car"]]
    gesture(bob, room, "part", notes=[car])
    gesture(bob, room, "promote", notes=[car])
    gesture(bob, room, "hide", notes=[bus])
    assert (room.read(car).promoted, room.read(bus).hidden) == (True, True)
    gesture(bob, room, "show", notes=[bus])
    gesture(bob, room, "take_out", notes=[bus])
    assert (room.read(bus).hidden, room.read(bus).family) == (False, None)
    assert verify().problems == []


def test_what_changed_since_it_was_read_is_not_shown(bob: Client, room: Room) -> None:
    note = room.note(room.phone, "Quel connard")
    html = bob.get(f"/atelier/{room.board.room}/table/").content.decode()
    seen = re.findall(r'name="seen" value="([^"]+)"', html)
    assert seen == [f"{note}:1"]
    room.do(room.phone, "edit", of=note, text="Quel sale connard")
    answer = gesture(bob, room, "show", notes=[note], seen=seen)
    assert (answer.status_code, answer.context["refusal"]) == (422, CHANGED)
    assert room.read(note).waiting
    gesture(bob, room, "show", notes=[note], seen=[f"{note}:2"])
    assert not room.read(note).waiting


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gather", {}),
        ("same", {"notes": ["x"]}),
        ("hide", {}),
        ("gather", {"notes": ["pas-un-uuid"], "title": "T"}),
        ("danser", {}),
    ],
)
def test_faulty_gesture_is_refused_with_a_sentence(bob: Client, room: Room, name: str, body: dict[str, Any]) -> None:
    answer = gesture(bob, room, name, **body)
    assert answer.status_code == 422
    assert answer.context["refusal"]


def test_correcting_a_note_keeps_both_versions(bob: Client, room: Room) -> None:
    note = room.note(room.phone, "Le buss")
    assert b'id="corriger"' in bob.get(f"/atelier/{room.board.room}/table/", {"note": note}).content
    gesture(bob, room, "edit", of=note, text="Le bus", contribution_kind="proposal")
    assert (room.read(note).text, room.read(note).kind) == ("Le bus", "proposal")
    assert room.board.note_versions.count() == 2
    refused = gesture(bob, room, "edit", of=note, text="b" * 5_000)
    assert refused.status_code == 422
    assert ("b" * 5_000).encode() in refused.content


def test_closing_asks_to_be_sure_then_drafts_the_minutes(bob: Client, room: Room) -> None:
    room.note(room.phone, "Le car")
    assert do(bob, room, "close").status_code == 422
    assert Minutes.objects.count() == 0
    assert do(bob, room, "close", sure="1").status_code == 302
    assert [line.text for line in items(Minutes.objects.get())] == ["Le car"]


def test_another_facilitator_takes_the_floor_too(client: Client, room: Room) -> None:
    client.force_login(room.scene.alice)
    note = room.note(room.phone)
    assert gesture(client, room, "hide", notes=[note]).status_code == 422
    client.post(f"/atelier/{room.board.room}/table/animer/")
    assert gesture(client, room, "hide", notes=[note]).status_code == 302
    assert room.read(note).hidden


@pytest.mark.parametrize("who", ["chloe", "edith", "dan"])
def test_who_may_not_write_the_meeting_does_not_conduct(client: Client, room: Room, who: str) -> None:
    client.force_login(getattr(room.scene, who))
    for address in ("table/", "table/animer/", "table/conduire/", "table/geste/"):
        method = client.get if address == "table/" else client.post
        assert method(f"/atelier/{room.board.room}/{address}").status_code == 404


def test_screen_opens_where_someone_who_runs_the_room_opened_it(
    bob: Client, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    path, link = f"/atelier/{room.board.room}/ecran/", screen_path(room.board, room.scene.bob)
    assert client.get(link).status_code == 200
    assert client.get(path).status_code == 404, "a link that is only opened does nothing"
    assert screen_of(client, room).status_code == 200
    assert bob.get(path).status_code == 200
    now = signing.time.time()
    with monkeypatch.context() as later:
        later.setattr("django.core.signing.time.time", lambda: now + LINK_SECONDS + 2)
        too_late = Client().post(link)
        assert (too_late.status_code, "Un nouveau est sur la page d'animation" in too_late.content.decode()) == (
            404,
            True,
        )
    for token in ("x", link.split("/")[-2] + "x"):
        assert Client().post(f"/atelier/ecran/{token}/").status_code == 404
    Role.objects.filter(user=room.scene.bob).delete()
    for computer in (client, bob):
        assert computer.get(path).status_code == 404
    assert Client().post(screen_path(room.board, room.scene.bob)).status_code == 404


def test_screen_shows_no_name_no_hidden_note_and_no_comment(client: Client, room: Room) -> None:
    room.note(room.invited, "Note montrée")
    room.do(room.facilitator, "hide", of=room.note(room.phone, "Note masquée"))
    room.note(room.phone, "Quel connard")
    body = screen_of(client, room).content.decode()
    found = [text in body for text in ("Note montrée", "Note masquée", "connard", "Une personne", room.invited.code)]
    assert found == [True, False, False, False, False]


def test_screen_shows_the_action_and_why_its_figures_wait(client: Client) -> None:
    world = make_sheets()
    someone = world.participant(world.caf)
    world.opine(someone, world.permis, "adapt", comment="Commentaire secret")
    scene = world.scene
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(AGENDAS[DEFAULT_AGENDA], sheets=[world.permis]))
    discuss(scene.bob, board, world.permis)
    address = f"/atelier/{board.room}/ecran/"
    client.force_login(scene.bob)
    assert client.get(address).context["screen"].room["discussed"]["figures"] == {"why": OPEN}
    close_review(world)
    assert client.get(address).context["screen"].room["discussed"]["figures"] == {"why": LEADS_FIRST}
    share_with_leads(scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    assert client.get(address).context["screen"].room["discussed"]["figures"] == {"why": LEADS_FIRST}
    ResultsRelease.objects.update(reply_until=clock.today() - datetime.timedelta(days=1))
    answer = client.get(address)
    shown = answer.context["screen"].room["discussed"]["figures"]["figures"]
    assert (shown["why"], shown["appreciation"]) == ("Moins de 5 organismes ont répondu.", ())
    assert "Moins de 5 organismes ont répondu." in answer.content.decode()
    assert "Commentaire secret" not in answer.content.decode()


def test_a_sheet_that_came_after_the_figures_says_so() -> None:
    world = make_sheets()
    close_review(world)
    share_with_leads(world.scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    assert room_figures(world.sheet("Venue après")) == {"why": LATER}


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("extend", {"minutes": "--5"}), ("extend", {"minutes": "9" * 5_000}), ("extend", {"minutes": "²"}),
        ("go", {"position": "9" * 5_000}), ("go", {"position": "-"}),
    ],
)  # fmt: skip
def test_a_number_that_is_none_is_refused(bob: Client, room: Room, name: str, more: dict[str, str]) -> None:
    assert do(bob, room, name, **more).status_code == 422


def test_a_sheet_that_is_none_is_not_found(bob: Client, room: Room) -> None:
    assert do(bob, room, "discuss", sheet="x\x00").status_code == 404
