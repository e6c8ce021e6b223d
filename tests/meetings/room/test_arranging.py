"""Families, doubles, dots: registers that any order of arrival ends alike."""

from __future__ import annotations

import itertools

import pytest

from parvis.gathering.recount.verification import verify
from parvis.gathering.room.snapshot import RoomAudience, room_snapshot
from parvis.meetings.operations.room import arranging
from parvis.meetings.operations.room.counting_dots import count_dots
from parvis.meetings.operations.room.running import close_room
from tests.meetings.room.scene import make_room

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_family_before_or_after_its_notes_ends_the_same(order: tuple[int, ...]) -> None:
    room = make_room()
    note = room.note_op("Le bus")
    family = room.op("family", title="Transports", notes=[note["op_id"]])
    ops = [
        note,
        family,
        room.op("edit", of=family["op_id"], title="Se déplacer"),
        room.op("dot", target=family["op_id"], count=3),
    ]
    for place in order:
        assert room.send(room.secretary, ops[place])[0].status == "applied"
    state = room.state()
    assert [(each.title, each.dots) for each in state.families] == [("Se déplacer", 3)]
    assert state.notes[0].family == family["op_id"]
    assert verify().problems == []


def test_notes_move_and_come_out() -> None:
    room = make_room()
    note = room.note(room.secretary)
    first, second = room.family("Une", note), room.family("Deux")
    room.do(room.secretary, "family", of=second, notes=[note])
    assert room.read(note).family == second
    room.do(room.secretary, "family", of=None, notes=[note])
    assert room.read(note).family is None
    room.do(room.secretary, "family", of=first, notes=[note])
    room.do(room.secretary, "withdraw", of=first)
    assert room.read(note).family is None
    assert [family.title for family in room.state().families] == ["Deux"]


def test_joined_families_are_one_and_add_their_dots() -> None:
    room = make_room()
    a, b = room.note(room.secretary, "Bus"), room.note(room.secretary, "Car")
    one, other = room.family("Bus", a), room.family("Les bus", b)
    room.do(room.phone, "dot", target=other, count=2)
    room.do(room.other_phone, "dot", target=a, count=1)
    room.do(room.facilitator, "duplicate", note=other, of=one)
    state = room.state()
    families = {each.reference: (each.joined_into, each.dots) for each in state.families}
    assert families == {one: (None, 3), other: (one, 0)}
    assert {note.family for note in state.notes} == {one}
    room.do(room.facilitator, "duplicate", note=other, of=None)
    assert {note.family for note in room.state().notes} == {one, other}


def test_families_joined_in_a_ring_are_still_one() -> None:
    room = make_room()
    one, other = room.family("Bus"), room.family("Car")
    room.do(room.facilitator, "duplicate", note=one, of=other)
    room.do(room.facilitator, "duplicate", note=other, of=one)
    kept = [each.reference for each in room.state().families if each.joined_into is None]
    assert kept == [min(one, other)]


def test_phone_does_not_arrange_nor_hide() -> None:
    room = make_room()
    note = room.note(room.phone)
    assert room.do(room.phone, "family", title="À moi", notes=[note]).detail == arranging.ARRANGES
    assert room.do(room.phone, "duplicate", note=note, of=room.note(room.phone)).status == "rejected"
    assert room.do(room.secretary, "hide", of=note).detail == arranging.LEADS
    assert room.do(room.phone, "attendance", organisation="CAF", people=2).status == "rejected"


def test_hidden_note_is_not_on_the_screen_and_its_author_learns_it() -> None:
    room = make_room()
    note = room.note(room.phone, "À cacher")
    room.do(room.facilitator, "hide", of=note)
    room.board.refresh_from_db()
    shown = {audience: room_snapshot(room.board, audience)["notes"] for audience in RoomAudience}
    assert shown[RoomAudience.SCREEN] == []
    assert [(each["text"], each["hidden"]) for each in shown[RoomAudience.ROOM]] == [("", True)]
    assert [each["text"] for each in shown[RoomAudience.FACILITATOR]] == ["À cacher"]
    room.do(room.facilitator, "hide", of=note, hidden=False)
    assert not room.read(note).hidden


def test_phones_never_get_the_words_of_what_waits_nor_of_a_hidden_family() -> None:
    room = make_room()
    note, family = room.note(room.phone, "Quel connard"), room.family("Ce titre est de trop")
    room.do(room.facilitator, "hide", of=family)
    room.board.refresh_from_db()
    seen = {}
    for audience in RoomAudience:
        told = room_snapshot(room.board, audience)
        seen[audience] = [*(each["text"] for each in told["notes"]), *(each["title"] for each in told["families"])]
    assert seen == {
        RoomAudience.ROOM: ["", ""], RoomAudience.TABLE: ["", "Ce titre est de trop"], RoomAudience.SCREEN: [],
        RoomAudience.FACILITATOR: ["Quel connard", "Ce titre est de trop"],
    }  # fmt: skip
    room.do(room.facilitator, "hide", of=note, hidden=False)
    assert [each["text"] for each in room_snapshot(room.board, RoomAudience.ROOM)["notes"]] == ["Quel connard"]


def test_dots_replace_and_never_pass_the_limit() -> None:
    room = make_room(dots_per_person=5)
    a, b = room.note(room.secretary, "A"), room.note(room.secretary, "B")
    assert room.do(room.phone, "dot", target=a, count=6).status == "rejected"
    room.do(room.phone, "dot", target=a, count=4)
    room.do(room.phone, "dot", target=b, count=4)
    assert (room.read(a).dots, room.read(b).dots, room.state().dots) == (4, 1, 5)
    room.do(room.phone, "dot", target=a, count=0)
    assert (room.read(a).dots, room.read(b).dots) == (0, 4)
    assert verify().dots == {room.scene.meeting.code: 4}


def test_table_places_the_dots_of_its_people() -> None:
    room = make_room(dots_per_person=5)
    note = room.note(room.secretary)
    room.do(room.secretary, "dot", target=note, count=50)
    assert room.read(note).dots == 50
    room.do(room.secretary, "attendance", organisation="CAF", people=3)
    room.do(room.secretary, "attendance", organisation="caf ", people=4)
    assert room.read(note).dots == 20


def test_dots_after_closing_are_late() -> None:
    room = make_room()
    note = room.note(room.phone)
    close_room(room.scene.bob, room.board)
    assert room.do(room.phone, "dot", target=note, count=1).status == "late"
    assert room.state().dots == 0


def test_count_dots_whatever_the_order() -> None:
    placed = [(1, "a", 3, "1"), (1, "b", 3, "2"), (2, "a", 1, "3")]
    for order in itertools.permutations(placed):
        assert count_dots(order, {1: 5, 2: 5}) == {"a": 4, "b": 2}  # type: ignore[arg-type]


def test_invited_partner_sits_down_at_her_first_word_but_not_in_a_reserved_room() -> None:
    room = make_room()
    room.note(room.invited)
    assert room.state().notes[0].from_phone
    room.scene.meeting.audience = "restricted"
    room.scene.meeting.save()
    room.board.seats.filter(participant=room.invited).delete()
    assert room.send(room.invited, room.note_op())[0].status == "rejected"
