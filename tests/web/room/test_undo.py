"""A facilitator undoes her last gestures; what a table changed since stays as the table put it."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from django.test import Client

from parvis.gathering.recount.verification import verify
from parvis.meetings.operations.room.moments import MOVED_ON
from parvis.web.room.last_gestures import CHANGED, NOTHING
from tests.meetings.room.scene import Room
from tests.web.room.asking import do

pytestmark = pytest.mark.django_db


def gesture(client: Client, room: Room, name: str, **more: Any) -> None:
    answer = client.post(f"/atelier/{room.board.room}/table/geste/", {"gesture": name, **more})
    assert answer.status_code == 302


def undo(client: Client, room: Room, refusal: str = "") -> None:
    answer = do(client, room, "undo")
    assert (answer.context["refusal"] if answer.status_code == 422 else "") == refusal


def board_of(room: Room) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Everything the facilitator arranges."""
    state = room.state()
    notes = [(n.reference, n.family, n.duplicate_of, n.hidden, n.promoted) for n in state.notes]
    return notes, [(f.title, f.joined_into, f.hidden, f.promoted) for f in state.families]


@pytest.mark.parametrize("name", ["gather", "take_out", "same", "hide", "promote", "same families"])
def test_each_gesture_is_undone_in_one(room: Room, bob: Client, name: str) -> None:
    bus, car, alone = (room.note(room.secretary, text) for text in ("Le bus", "Le car", "Seule"))
    families = [room.family("Bus", bus), room.family("Car", car)]
    before = board_of(room)
    gesture_name, _, on = name.partition(" ")
    gesture(bob, room, gesture_name, title="Nouvelle", **({"families": families} if on else {"notes": [bus, car]}))
    assert board_of(room) != before
    undo(bob, room)
    assert board_of(room) == before
    assert room.read(alone).family is None
    assert verify().problems == []
    undo(bob, room, NOTHING)


def test_gestures_are_undone_the_last_first(room: Room, bob: Client) -> None:
    note = room.note(room.secretary, "Le bus")
    gesture(bob, room, "gather", notes=[note], title="Bus")
    gesture(bob, room, "hide", notes=[note])
    page = bob.get(f"/atelier/{room.board.room}/table/").content.decode()
    assert "Annuler : masquer" in page.replace("\xa0", " ")
    undo(bob, room)
    assert (room.read(note).hidden, room.read(note).family is None) == (False, False)
    undo(bob, room)
    assert (room.read(note).family, room.state().families) == (None, ())


def test_what_a_table_changed_since_stays(room: Room, bob: Client) -> None:
    moved, kept = room.note(room.secretary, "Déplacée"), room.note(room.secretary, "Restée")
    gesture(bob, room, "gather", notes=[moved, kept], title="Nouvelle")
    room.ticks = itertools.count(1_000)  # the table saw what she did
    theirs = room.family("La leur", moved)
    undo(bob, room, CHANGED)
    assert (room.read(moved).family, room.read(kept).family) == (theirs, None)


def test_a_family_that_others_filled_stays_with_what_they_put_there(room: Room, bob: Client) -> None:
    mine, theirs = room.note(room.secretary, "À moi"), room.note(room.secretary, "À elles")
    gesture(bob, room, "gather", notes=[mine], title="Nouvelle")
    family = room.read(mine).family
    room.do(room.secretary, "family", of=family, notes=[theirs])
    undo(bob, room, CHANGED)
    assert (room.read(mine).family, room.read(theirs).family) == (None, family)


def test_a_step_is_undone_with_its_clock_and_its_action(room: Room, bob: Client) -> None:
    do(bob, room, "extend", minutes="5")
    room.board.refresh_from_db()
    step, ends = room.board.step, room.board.step_ends_at
    do(bob, room, "next")
    undo(bob, room)
    room.board.refresh_from_db()
    assert (room.board.step, room.board.step_ends_at) == (step, ends)
    undo(bob, room)
    room.board.refresh_from_db()
    assert ends is not None
    assert room.board.step_ends_at == ends - datetime.timedelta(minutes=5)


def test_a_room_that_another_moved_on_is_not_brought_back(room: Room, bob: Client) -> None:
    do(bob, room, "next")
    other = Client()
    other.force_login(room.scene.alice)
    do(other, room, "next")
    undo(bob, room, MOVED_ON)
    room.board.refresh_from_db()
    assert room.board.step is not None
    assert room.board.step.position == 3


def test_no_word_of_a_note_is_kept_by_the_session(room: Room, bob: Client) -> None:
    note = room.note(room.secretary, "Des mots à oublier")
    gesture(bob, room, "edit", of=note, text="D'autres mots")
    gesture(bob, room, "gather", notes=[note], title="Titre")
    gesture(bob, room, "hide", notes=[note])
    assert not any(words in str(dict(bob.session)) for words in ("Des mots", "D'autres"))
