"""What changed since: whatever version a device has, and whoever answers it, it ends with the whole room."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from parvis.consultations.models import Contribution
from parvis.gathering.room_snapshot import RoomAudience, room_snapshot
from parvis.meetings.models import Board
from parvis.meetings.operations.moderate_meeting import hide_meeting
from parvis.meetings.operations.room.running import close_room
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.publishing.operations.hide_consultation import hide_consultation
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.save_sheet import hide_sheet
from parvis.web import room
from parvis.web.room import live
from parvis.web.room.live import View, forget_rooms, grown, latest, live_key
from tests.meetings.room.scene import make_room

References = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3), max_size=4)
Told = dict[str, Any]


def told(version: int, notes: dict[str, int], families: dict[str, int]) -> Told:
    return {
        "version": version,
        "state": "open",
        "notes": [{"reference": name, "text": str(text)} for name, text in notes.items()],
        "families": [{"reference": f"f{name}", "dots": dots} for name, dots in families.items()],
    }


def merged(before: Told, answer: Told) -> Told:
    """What a device makes of an answer (model.js does the same, see below)."""
    if "since" not in answer:
        return answer
    result = before | {name: value for name, value in answer.items() if name not in ("since", "gone")}
    for name in ("notes", "families"):
        by = {each["reference"]: each for each in before[name] if each["reference"] not in answer["gone"]}
        by |= {each["reference"]: each for each in answer[name]}
        result[name] = list(by.values())
    return result


def content(state: Told) -> Told:
    return {**state, **{name: sorted(state[name], key=str) for name in ("notes", "families")}}


@given(st.lists(st.tuples(References, References, st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=12))
def test_any_device_asking_any_process_ends_with_the_whole_room(steps: list[tuple[Any, ...]]) -> None:
    processes: list[View | None] = [None, None]
    devices: list[Told | None] = [None, None, None]
    for version, (notes, families, process, device) in enumerate(steps, start=1):
        now = told(version, notes, families)
        view = processes[process] = grown(processes[process], now)
        before = devices[device]
        answer = json.loads(view.answer(before["version"] if before else 0).plain)
        assert before is not None or "since" not in answer
        after = devices[device] = merged(before or answer, answer)
        assert content(after) == content(now)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not on this machine")
def test_the_script_of_the_devices_merges_alike() -> None:
    first = told(1, {"a": 1, "b": 2}, {"a": 1, "b": 5})
    view = grown(grown(None, first), told(4, {"b": 3, "c": 1}, {"a": 9, "b": 5}))
    answer = json.loads(view.answer(1).plain)
    model = Path(room.__file__).parent / "static" / "room" / "js" / "model.js"
    served = Path(__file__).parents[2] / "js" / "setup.js"
    program = (
        "const { grown } = await import(process.argv[1]); const [a, b] = JSON.parse(process.argv[2]);"
        " console.log(JSON.stringify(grown(a, b)));"
    )
    done = subprocess.run(
        ["node", "--import", str(served), "--input-type=module", "-e", program, str(model),
         json.dumps([first, answer])],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    state = json.loads(done.stdout)
    assert [note["reference"] for note in state["notes"]] == ["b", "c"]
    assert [family["dots"] for family in state["families"]] == [9, 5]


def test_an_answer_tells_only_what_moved() -> None:
    view = grown(grown(None, told(1, {"a": 1, "b": 2}, {})), told(2, {"a": 1, "b": 3, "c": 1}, {}))
    answer = json.loads(view.answer(1).plain)
    assert ([each["reference"] for each in answer["notes"]], answer["gone"]) == (["b", "c"], [])
    assert "since" not in json.loads(view.answer(0).plain)
    assert "since" not in json.loads(view.answer(99).plain)


@pytest.mark.django_db
def test_a_busy_reader_does_not_hold_the_others() -> None:
    scene = make_room()
    forget_rooms()
    first = latest(scene.board.code, RoomAudience.ROOM)
    with live._rooms[scene.board.code].lock:
        again = latest(scene.board.code, RoomAudience.ROOM)
    assert first is not None
    assert again is not None
    assert (first.fresh, again.fresh) == (True, False)
    assert (again.view is first.view, again.age > first.age) == (True, True)


@pytest.mark.django_db
def test_a_room_that_goes_while_another_reads_it_is_gone_for_who_does_not_wait() -> None:
    scene = make_room()
    forget_rooms()
    latest(scene.board.code, RoomAudience.ROOM)
    known = live._rooms[scene.board.code]
    with known.lock:
        known.views.clear()
        assert known.seen(RoomAudience.ROOM) is None


@pytest.mark.django_db
def test_a_process_that_is_behind_takes_nothing_back_until_it_has_read(client: Client) -> None:
    scene = make_room()
    forget_rooms()
    path, key = f"/atelier/{scene.board.room}/etat", live_key(scene.board, RoomAudience.ROOM)
    known = client.get(path, {"cle": key}).json()["version"]
    later = {"cle": key, "since": known + 3}
    answer = client.get(path, later)
    assert (answer.status_code, int(answer["X-Parvis-Age"]) >= 0) == (304, True)
    live._rooms[scene.board.code].read_at = 0.0  # it is time to read again: that version is true, however low
    assert client.get(path, later).json()["version"] == known


@pytest.mark.django_db
def test_what_comes_while_a_process_reads_reaches_the_devices_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is read first: a note written just after is in this reading, not in the other's of that version."""
    scene = make_room()
    before = grown(None, room_snapshot(scene.board, RoomAudience.ROOM))  # what the other process told a device
    forget_rooms()
    read = live.room_snapshot

    def busy(board: Board, audience: RoomAudience) -> dict[str, Any]:
        scene.note(scene.phone, "Le bus")
        return read(board, audience)

    monkeypatch.setattr(live, "room_snapshot", busy)
    assert latest(scene.board.code, RoomAudience.ROOM) is not None
    monkeypatch.setattr(live, "room_snapshot", read)
    scene.note(scene.phone, "Le car")
    live._rooms[scene.board.code].read_at = 0.0
    seen = latest(scene.board.code, RoomAudience.ROOM)
    assert seen is not None
    answer = json.loads(seen.view.answer(before.version).plain)
    assert sorted(each["text"] for each in answer["notes"]) == ["Le bus", "Le car"]


@pytest.mark.django_db
def test_what_is_erased_or_hidden_leaves_the_screens(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    scene = make_room()
    scene.note(scene.phone, "Le bus")
    close_room(scene.scene.bob, scene.board)
    forget_rooms()
    path, key = f"/atelier/{scene.board.room}/etat", live_key(scene.board, RoomAudience.SCREEN)
    shown = client.get(path, {"cle": key}).json()
    with django_capture_on_commit_callbacks(execute=True):
        erase_contribution(scene.scene.chloe, Contribution.objects.get())
    live._rooms[scene.board.code].read_at = 0.0
    after = client.get(path, {"cle": key, "since": shown["version"]}).json()
    assert after["gone"] == [shown["notes"][0]["reference"]]


@pytest.mark.django_db
@pytest.mark.parametrize("hide", [hide_meeting, hide_consultation])
def test_a_hidden_room_is_read_by_nobody(client: Client, hide: Any) -> None:
    scene = make_room()
    forget_rooms()
    path, key = f"/atelier/{scene.board.room}/etat", live_key(scene.board, RoomAudience.SCREEN)
    screen = f"/atelier/{scene.board.room}/ecran/"
    assert [client.get(each, {"cle": key}).status_code for each in (path, screen)] == [200, 200]
    meeting = scene.board.meeting
    hide(scene.scene.chloe, meeting if hide is hide_meeting else meeting.consultation, reason="personal")
    live._rooms[scene.board.code].read_at = 0.0
    assert [client.get(each, {"cle": key}).status_code for each in (path, screen)] == [403, 404]


@pytest.mark.django_db
def test_an_action_that_is_hidden_leaves_the_screen(client: Client) -> None:
    scene = make_room()
    sheet = ActionSheet.objects.create(consultation=scene.scene.consultation, number=1, title="Le permis")
    Board.objects.filter(pk=scene.board.pk).update(discussed=sheet)
    forget_rooms()
    path, key = f"/atelier/{scene.board.room}/etat", live_key(scene.board, RoomAudience.SCREEN)
    told = client.get(path, {"cle": key}).json()
    assert told["discussed"]["title"] == "Le permis"
    hide_sheet(scene.scene.alice, sheet, hidden=True)
    live._rooms[scene.board.code].read_at = 0.0
    assert client.get(path, {"cle": key, "since": told["version"]}).json()["discussed"] is None
    screen = client.get(f"/atelier/{scene.board.room}/ecran/", {"cle": key})
    assert (screen.status_code, screen.context["screen"].mode) == (200, "notes")
