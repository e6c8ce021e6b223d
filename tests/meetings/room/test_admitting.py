"""A room holds the phones it does not expect; set aside, a phone counts for nothing; let in again, all is as it was."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from parvis.consultations.models import Participant
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.gathering.recount.rooms import recount_rooms
from parvis.gathering.room.arrivals import room_arrivals
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.enums import Admission, SeatRole
from parvis.meetings.models import Board, Meeting, Minutes, MinutesCheck, Seat
from parvis.meetings.operations.room import entering
from parvis.meetings.operations.room.admitting import PhoneChoice, decide_phones, phone_number
from parvis.meetings.operations.room.entering import FULL, PUT_ASIDE, WAITS, join_with_phone, take_table
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.rehearsing import start_rehearsal
from parvis.meetings.rules import readable_checks
from tests.meetings.room.devices import answered, catch_up, fresh_process, snapshots
from tests.meetings.room.scene import Room, make_room
from tests.meetings.scene import make_scene

pytestmark = pytest.mark.django_db
HANDS = 24


def admission(who: Participant) -> str:
    return Seat.objects.get(participant=who).admission


def decide(room: Room, decision: Admission, **choice: Any) -> int:
    return decide_phones(room.scene.bob, room.board, PhoneChoice(**choice), decision)


def test_those_the_room_expects_come_in_and_the_next_wait() -> None:
    room = make_room(expected_people=3)  # two phones of the scene are inside
    third, fourth = join_with_phone(room.board), join_with_phone(room.board, 1)
    assert [admission(who) for who in (third, fourth)] == ["admitted", "waiting"]
    note = room.send(fourth, room.note_op("Un robot"))[0]
    assert (note.status, note.detail) == ("rejected", WAITS)
    assert room.state().notes == ()
    assert room.send(third, room.note_op("Une personne"))[0].status == "applied"


def test_tables_and_the_facilitator_never_wait() -> None:
    room = make_room(expected_people=1)
    assert admission(take_table(room.board, 2)) == "admitted"
    assert room.do(room.secretary, "attendance", organisation="CAF", people=3).status == "applied"
    assert room.send(room.facilitator, room.note_op("Le cadre"))[0].status == "applied"


def test_a_partner_who_knows_the_code_waits_like_any_phone() -> None:
    room = make_room(expected_people=2)
    for _ in range(2):
        assert room.send(room.invited, room.note_op())[0].detail == WAITS
    assert room_arrivals(room.board).waiting == 1
    decide(room, Admission.ADMITTED, admission="waiting")
    assert room.send(room.invited, room.note_op())[0].status == "applied"


def test_a_rehearsal_makes_nobody_wait() -> None:
    scene = make_scene()
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA], expected_people=1))
    start_rehearsal(scene.bob, board)
    assert set(Seat.objects.filter(board=board).values_list("admission", flat=True)) == {"admitted"}


def test_beyond_what_may_wait_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "MOST_WAITING", 2)
    room = make_room(expected_people=2)
    waiting = [join_with_phone(room.board) for _ in range(2)]
    before = Participant.objects.count()
    with pytest.raises(RefusedInput, match=FULL):
        join_with_phone(room.board)
    assert (Participant.objects.count(), {admission(who) for who in waiting}) == (before, {"waiting"})


def test_let_in_or_turned_away_in_one_gesture_those_who_were_seen() -> None:
    room = make_room(expected_people=2)
    waiting = [join_with_phone(room.board) for _ in range(3)]
    seen = clock.now()
    late = join_with_phone(room.board)
    assert decide(room, Admission.ADMITTED, admission="waiting", until=seen) == 3
    assert [admission(who) for who in (*waiting, late)] == ["admitted"] * 3 + ["waiting"]
    assert decide(room, Admission.SET_ASIDE, admission="waiting") == 1
    with pytest.raises(RefusedInput):
        decide(room, Admission.ADMITTED, admission="waiting")


def robbed(room: Room, robots: int = 4) -> tuple[str, list[Participant]]:
    """A note of honest people with two dots of theirs, on which robots put all they have; they write too."""
    note = room.note(room.secretary, "Un lieu pour les jeunes")
    assert room.do(room.phone, "dot", target=note, count=2).status == "applied"
    people = [join_with_phone(room.board) for _ in range(robots)]
    for robot in people:
        assert room.do(robot, "dot", target=note, count=5).status == "applied"
        room.note(robot, "zyxcanari")
    return note, people


def test_set_aside_their_dots_leave_and_their_notes_are_hidden_then_all_comes_back() -> None:
    room = make_room()
    honest = room.state()
    note, robots = robbed(room)
    before = room.state()
    assert room.read(note).dots == 22
    minutes = [Seat.objects.get(participant=robots[0]).joined_at.replace(second=0, microsecond=0)]
    Seat.objects.filter(participant__in=[room.phone, room.other_phone]).update(joined_at="2026-01-01T10:00:00Z")
    Seat.objects.filter(participant__in=robots).update(joined_at=minutes[0])
    assert decide(room, Admission.SET_ASIDE, minutes=minutes) == 4
    state = room.state()
    assert (room.read(note).dots, state.dots, len(state.notes)) == (2, 2, 5)
    assert {shown.text for shown in state.notes if not shown.hidden} == {"Un lieu pour les jeunes"}
    assert recount_rooms()[1] == []
    assert room.do(robots[0], "dot", target=note, count=1).detail == PUT_ASIDE
    assert room.do(room.phone, "dot", target=note, count=3).status == "applied"
    assert room.do(room.phone, "dot", target=note, count=2).status == "applied"
    assert decide(room, Admission.ADMITTED, minutes=minutes) == 4
    assert room.state() == before
    assert honest.notes == ()


def test_every_screen_sees_that_they_are_gone() -> None:
    room = make_room()
    note, robots = robbed(room)
    known = snapshots(fresh_process(room.board))
    version = known[RoomAudience.ROOM]["version"]
    for robot in robots:
        decide(room, Admission.SET_ASIDE, number=phone_number(Seat.objects.get(participant=robot)))
    told = answered(room.board, version)
    assert "since" not in told  # the room anew
    assert {row["text"] for row in told["notes"] if row["text"]} == {"Un lieu pour les jeunes"}
    assert [row["dots"] for row in told["notes"] if row["reference"] == note] == [2]
    known = snapshots(fresh_process(room.board))
    room.note(room.phone, "Après")
    catch_up(known, fresh_process(room.board))


def test_one_who_waits_is_a_new_version_for_the_facilitator() -> None:
    room = make_room(expected_people=2)
    before = Board.objects.get(pk=room.board.pk).version
    join_with_phone(room.board)
    assert Board.objects.get(pk=room.board.pk).version == before + 1


def test_a_phone_is_let_in_by_the_number_that_it_shows() -> None:
    room = make_room(expected_people=2)
    waiting = [join_with_phone(room.board) for _ in range(2)]
    assert phone_number(Seat.objects.get(participant=waiting[1])) == 4
    decide(room, Admission.ADMITTED, number=4)
    assert [admission(who) for who in waiting] == ["waiting", "admitted"]
    for number in (0, 5, 10**6):
        with pytest.raises(RefusedInput):
            decide(room, Admission.SET_ASIDE, number=number)
    with pytest.raises(RefusedInput):  # no minute ticked is nobody, not everyone
        decide(room, Admission.SET_ASIDE, minutes=[])


def test_neither_a_table_nor_another_room_is_set_aside() -> None:
    room = make_room()
    other = Seat.objects.create(
        board=Board.objects.create(meeting=Meeting.objects.create(
            consultation=room.scene.consultation, title="Ailleurs", starts_at=clock.now(),
            territory=room.scene.meeting.territory,
        )),
        participant=Participant.objects.create(consultation=room.scene.consultation), role=SeatRole.PHONE,
        joined_at=clock.now(),
    )  # fmt: skip
    assert decide(room, Admission.SET_ASIDE) == 2
    assert [admission(who) for who in (room.secretary, room.facilitator, other.participant)] == ["admitted"] * 3


def test_who_was_not_let_in_does_not_read_the_draft() -> None:
    room = make_room(expected_people=2)
    waiting = join_with_phone(room.board)
    minutes = Minutes.objects.create(consultation=room.scene.consultation, title="Brouillon", state="validation")
    minutes.meetings.add(room.scene.meeting)
    check = MinutesCheck.objects.create(minutes=minutes, edition_number=1, sent_at=clock.now(), until=clock.today())
    readers = [
        who for who in (room.phone, waiting) if MinutesCheck.objects.filter(readable_checks(who), pk=check.pk).exists()
    ]
    assert readers == [room.phone]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_and_exactly_those_expected_are_in(on_a_file: None) -> None:
    room = make_room(expected_people=10)
    start = threading.Barrier(HANDS)

    def hand(_: int) -> str:
        try:
            start.wait(timeout=30)
            return admission(join_with_phone(room.board))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        states = Counter(hands.map(hand, range(HANDS)))
    assert states == {"admitted": 8, "waiting": HANDS - 8}
