"""What changed since: whatever version a device has, and whoever answers it, it ends with the whole room."""

from __future__ import annotations

import json
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parvis.consultations.models import Contribution, Participant
from parvis.gathering.room.personal import note_versions
from parvis.gathering.room.snapshot import RoomAudience, RoomReading, room_snapshot
from parvis.gathering.room.table_page import table_page
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.moderate_meeting import hide_meeting
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.meetings.operations.room.entering import take_table
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.rehearsing import erase_rehearsal, start_rehearsal
from parvis.meetings.operations.room.row_versions import resend_whole_room
from parvis.meetings.operations.room.running import close_room
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.publishing.operations.hide_consultation import hide_consultation
from parvis.publishing.operations.hide_contribution import hide_contribution, restore_contribution
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.many_sheets import hide_many
from parvis.web import room
from parvis.web.room import state_answers
from parvis.web.room.state_answers import forget_rooms, latest
from tests.meetings.room.devices import State, answered, content, merged
from tests.meetings.room.scene import Room, make_room
from tests.meetings.scene import make_scene
from tests.web.room.asking import ask, key_for

pytestmark = pytest.mark.django_db


def names(state: State) -> list[str]:
    return sorted(note["text"] for note in state["notes"])


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not on this machine")
def test_the_script_of_the_devices_merges_alike() -> None:
    scene = make_room()
    one, two = scene.note(scene.phone, "Un"), scene.note(scene.phone, "Deux")
    family, other = scene.family("Famille", one), scene.family("Autre", two)
    before = answered(scene.board, 0)
    scene.do(scene.phone, "withdraw", of=one)
    scene.do(scene.phone, "edit", of=two, text="Deux fois")
    scene.note(scene.phone, "Trois")
    scene.do(scene.phone, "dot", target=other, count=3)
    answer = answered(scene.board, before["version"])
    model = Path(room.__file__).parent / "static" / "room" / "js" / "model.js"
    served = Path(__file__).parents[2] / "js" / "setup.js"
    program = (
        "const { grown } = await import(process.argv[1]); const [a, b] = JSON.parse(process.argv[2]);"
        " console.log(JSON.stringify(grown(a, b)));"
    )
    done = subprocess.run(
        ["node", "--import", str(served), "--input-type=module", "-e", program, str(model),
         json.dumps([before, answer])],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    state = json.loads(done.stdout)
    assert [note["text"] for note in state["notes"]] == ["Deux fois", "Trois"]
    assert [each["reference"] for each in state["families"]] == [other, family]


def test_an_answer_holds_only_what_moved() -> None:
    scene = make_room()
    one, two = scene.note(scene.phone, "Un"), scene.note(scene.phone, "Deux")
    scene.note(scene.phone, "Trois")
    before = answered(scene.board, 0)
    scene.do(scene.phone, "edit", of=two, text="Deux fois")
    scene.do(scene.phone, "withdraw", of=one)
    answer = answered(scene.board, before["version"])
    assert (names(answer), answer["gone"], answer["families"]) == (["Deux fois"], [one], [])
    assert "since" not in answered(scene.board, 0)
    assert "since" not in answered(scene.board, answer["version"] + 1)


def test_what_waits_or_is_hidden_reaches_a_phone_without_its_words_and_leaves_the_screen() -> None:
    scene = make_room()
    calm, rude = scene.note(scene.phone, "Le bus"), scene.note(scene.phone, "Le car")
    before = answered(scene.board, 0)["version"]
    scene.do(scene.facilitator, "hide", of=calm)
    scene.do(scene.phone, "edit", of=rude, text="Quelle bande de connards")
    wanted = {
        RoomAudience.ROOM: (["", ""], []),
        RoomAudience.TABLE: (["", ""], []),
        RoomAudience.SCREEN: ([], sorted([calm, rude])),
        RoomAudience.FACILITATOR: (["Le bus", "Quelle bande de connards"], []),
    }
    answers = {audience: answered(scene.board, before, audience) for audience in RoomAudience}
    assert {audience: (names(answer), answer["gone"]) for audience, answer in answers.items()} == wanted


def test_what_waits_for_another_reason_than_its_words_is_gathered_by_its_table() -> None:
    scene = make_room(approve_first=True)
    scene.note(scene.phone, "Le bus")
    rude = scene.note(scene.secretary, "Quel connard")
    texts = {audience: names(answered(scene.board, 0, audience)) for audience in RoomAudience}
    assert texts == {
        RoomAudience.ROOM: ["", ""], RoomAudience.TABLE: ["", "Le bus"], RoomAudience.SCREEN: [],
        RoomAudience.FACILITATOR: ["Le bus", "Quel connard"],
    }  # fmt: skip
    hers, other = (table_page(seat_of(scene, who)) for who in (scene.secretary, take_table(scene.board, 2)))
    assert [note["reference"] for note in hers.alone if note["text"] == "Quel connard"] == [rude]
    assert "Quel connard" not in str(other)


def test_a_table_does_not_read_in_its_versions_what_a_note_of_a_phone_said_rudely() -> None:
    scene = make_room()
    note = scene.note(scene.phone, "Quel connard")
    scene.do(scene.phone, "edit", of=note, text="Le chauffeur crie")
    read = {
        who.pk: [version.text for version in note_versions(scene.board, uuid.UUID(note), who.pk)]
        for who in (scene.secretary, scene.phone)
    }
    assert read == {
        scene.secretary.pk: ["Le chauffeur crie"], scene.phone.pk: ["Le chauffeur crie", "Quel connard"],
    }  # fmt: skip


def seat_of(scene: Room, who: Participant) -> Seat:
    return Seat.objects.select_related("board").get(board=scene.board, participant=who)


def test_a_change_that_comes_before_its_note_does_not_give_the_reference_away() -> None:
    """It is what lets its author's device change it: nobody else may learn it before the note."""
    scene = make_room()
    before = answered(scene.board, 0)["version"]
    late = scene.note_op("Le bus")
    scene.send(scene.phone, scene.op("edit", of=late["op_id"], text="Le car"), device="d2")
    assert answered(scene.board, before)["gone"] == []


def test_a_busy_reader_does_not_hold_the_others() -> None:
    scene = make_room()
    forget_rooms()
    first = latest(scene.board.code)
    with state_answers._rooms[scene.board.code].lock:
        again = latest(scene.board.code)
    assert first is not None
    assert again is not None
    assert (first.fresh, again.fresh) == (True, False)
    assert (again.answers is first.answers, again.age > first.age) == (True, True)


def test_a_room_that_goes_while_another_reads_it_is_gone_for_who_does_not_wait() -> None:
    scene = make_room()
    forget_rooms()
    latest(scene.board.code)
    known = state_answers._rooms[scene.board.code]
    with known.lock:
        known.answers = None
        assert known.known() is None


def test_a_process_that_is_behind_takes_nothing_back_until_it_has_read(client: Client) -> None:
    scene = make_room()
    forget_rooms()
    key = key_for(scene.board, RoomAudience.ROOM, scene.phone)
    known = ask(client, scene.board, key).json()["version"]
    answer = ask(client, scene.board, key, known + 3)
    assert (answer.status_code, int(answer["X-Parvis-Age"]) >= 0) == (304, True)
    state_answers._rooms[scene.board.code].read_at = 0.0  # it is time to read again: that version is true, however low
    assert ask(client, scene.board, key, known + 3).json()["version"] == known


def test_nothing_is_read_of_a_room_that_did_not_move(client: Client, django_assert_num_queries: Any) -> None:
    scene = make_room()
    forget_rooms()
    key = key_for(scene.board, RoomAudience.ROOM, scene.phone)
    known = ask(client, scene.board, key).json()["version"]
    state_answers._rooms[scene.board.code].read_at = 0.0
    with django_assert_num_queries(1):
        assert ask(client, scene.board, key, known).status_code == 304


def test_a_room_is_read_once_for_all_audiences(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = make_room()
    forget_rooms()
    readings: list[RoomReading] = []
    read = state_answers.read_room
    monkeypatch.setattr(state_answers, "read_room", lambda board: readings.append(read(board)) or readings[-1])
    known = latest(scene.board.code)
    assert known is not None
    told = [known.answers.since(0, audience).plain for audience in RoomAudience]
    assert (len(told), len(readings)) == (4, 1)


def test_what_comes_while_a_process_reads_reaches_the_devices_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is read first: a note written just after is in this reading, not in the other's of that version."""
    scene = make_room()
    forget_rooms()
    before = answered(scene.board, 0)  # what the other process told a device
    read = state_answers.read_room

    def busy(board: Board) -> RoomReading:
        scene.note(scene.phone, "Le bus")
        return read(board)

    monkeypatch.setattr(state_answers, "read_room", busy)
    assert latest(scene.board.code) is not None
    monkeypatch.setattr(state_answers, "read_room", read)
    scene.note(scene.phone, "Le car")
    state_answers._rooms[scene.board.code].read_at = 0.0
    known = latest(scene.board.code)
    assert known is not None
    answer = json.loads(known.answers.since(before["version"], RoomAudience.ROOM).plain)
    assert names(answer) == ["Le bus", "Le car"]


def test_what_is_erased_or_hidden_leaves_the_screens(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    scene = make_room()
    scene.note(scene.phone, "Le bus")
    close_room(scene.scene.bob, scene.board)
    forget_rooms()
    key = key_for(scene.board, RoomAudience.SCREEN, scene.scene.bob)
    shown = ask(client, scene.board, key).json()
    with django_capture_on_commit_callbacks(execute=True):
        erase_contribution(scene.scene.chloe, Contribution.objects.get())
    state_answers._rooms[scene.board.code].read_at = 0.0
    after = ask(client, scene.board, key, shown["version"]).json()
    assert after["gone"] == [shown["notes"][0]["reference"]]


def _erase_the_one_that_stands(scene: Room) -> None:
    erase_contribution(scene.scene.chloe, Contribution.objects.get(text="Deux"))


def _publish(scene: Room) -> None:
    minutes = close_workshop(scene.scene.bob, scene.board, lambda _: ())
    scene.scene.ready(minutes)
    publish_minutes(scene.scene.alice, minutes)


def _hide_once_published(scene: Room) -> None:
    _publish(scene)
    hide_contribution(scene.scene.chloe, Contribution.objects.get(text="Deux"), reason="personal")


def _restore(scene: Room) -> None:
    _hide_once_published(scene)
    restore_contribution(scene.scene.chloe, Contribution.objects.get(text="Deux"))


def _erase_once_published(scene: Room) -> None:
    _publish(scene)
    erase_contribution(scene.scene.chloe, Contribution.objects.get(text="Un"))


@pytest.mark.parametrize(
    "change", [_erase_the_one_that_stands, _publish, _hide_once_published, _restore, _erase_once_published]
)
def test_what_changes_from_outside_the_room_reaches_its_devices(
    change: Any, django_capture_on_commit_callbacks: Any
) -> None:
    scene = make_room()
    one, two = scene.note(scene.phone, "Un"), scene.note(scene.phone, "Deux")
    scene.family("Famille", two)
    scene.do(scene.facilitator, "duplicate", note=one, of=two)
    scene.do(scene.phone, "dot", target=one, count=2)
    before = {audience: answered(scene.board, 0, audience) for audience in RoomAudience}
    with django_capture_on_commit_callbacks(execute=True):
        change(scene)
    for audience, state in before.items():
        now = room_snapshot(Board.objects.get(pk=scene.board.pk), audience)
        assert content(merged(state, answered(scene.board, state["version"], audience))) == content(now)


def test_devices_of_a_rehearsal_are_told_the_whole_room_once_it_is_erased() -> None:
    scene = make_scene()
    plan = BoardPlan(steps=AGENDAS[DEFAULT_AGENDA])
    board = prepare_board(scene.bob, scene.meeting, plan)
    start_rehearsal(scene.bob, board)
    seen = answered(board, 0)["version"]
    erase_rehearsal(scene.bob, board)
    assert (answered(board, seen).get("since"), answered(board, seen)["notes"]) == (None, [])
    prepared = answered(board, 0)["version"]
    prepare_board(scene.bob, scene.meeting, plan)
    assert "since" not in answered(board, prepared)


def test_devices_that_know_more_than_a_backup_are_told_the_whole_room() -> None:
    scene = make_room()
    scene.note(scene.phone, "Le bus")
    lost = answered(scene.board, 0)["version"] + 1
    resend_whole_room(Board.objects.filter(pk=scene.board.pk), ahead=1_000)
    scene.note(scene.phone, "Le car")
    assert "since" not in answered(scene.board, lost)


@pytest.mark.parametrize("hide", [hide_meeting, hide_consultation])
def test_a_hidden_room_is_read_by_nobody(client: Client, hide: Any) -> None:
    scene = make_room()
    forget_rooms()
    key = key_for(scene.board, RoomAudience.SCREEN, scene.scene.bob)
    screen = f"/atelier/{scene.board.room}/ecran/"
    client.force_login(scene.scene.bob)
    assert [ask(client, scene.board, key).status_code, client.get(screen).status_code] == [200, 200]
    meeting = scene.board.meeting
    hide(scene.scene.chloe, meeting if hide is hide_meeting else meeting.consultation, reason="personal")
    state_answers._rooms[scene.board.code].read_at = 0.0
    assert [ask(client, scene.board, key).status_code, client.get(screen).status_code] == [403, 404]


def test_an_action_that_is_hidden_leaves_the_screen(client: Client) -> None:
    scene = make_room()
    sheet = ActionSheet.objects.create(
        consultation=scene.scene.consultation, number=1, title="Le permis", state="ready"
    )
    Board.objects.filter(pk=scene.board.pk).update(discussed=sheet)
    forget_rooms()
    key = key_for(scene.board, RoomAudience.SCREEN, scene.scene.bob)
    told = ask(client, scene.board, key).json()
    assert told["discussed"]["title"] == "Le permis"
    hide_many(scene.scene.alice, sheet.consultation, [sheet.code], hidden=True)
    state_answers._rooms[scene.board.code].read_at = 0.0
    assert ask(client, scene.board, key, told["version"]).json()["discussed"] is None
    client.force_login(scene.scene.bob)
    screen = client.get(f"/atelier/{scene.board.room}/ecran/")
    assert (screen.status_code, screen.context["screen"].mode) == (200, "waiting")
