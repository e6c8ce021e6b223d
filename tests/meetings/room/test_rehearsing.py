"""A rehearsal plays a room and leaves nothing behind."""

from __future__ import annotations

import pytest
from django.apps import apps

from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import add_device
from parvis.consultations.outbox import apply_ops
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.core.models import Count, JournalEntry
from parvis.gathering.recount.verification import verify
from parvis.meetings.models import Board, Note, Photo, Seat
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.meetings.operations.room.entering import join_with_phone, take_table, take_the_floor
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.rehearsing import HOLDS, NOT_ONE, RAN, erase_rehearsal, start_rehearsal
from parvis.meetings.operations.room.running import REHEARSED, close_room, open_room
from parvis.meetings.room_state import room_state
from tests.meetings.room.scene import Room
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    """Rows of every table but the journal, which forgets nothing, and what limits count, for some minutes."""
    tables = [model for model in apps.get_models() if model not in (JournalEntry, Count)]
    return {model._meta.label: model._default_manager.count() for model in tables}


def prepared(**plan: object) -> tuple[Sheets, Board]:
    world = make_sheets()
    plan = {"steps": AGENDAS[DEFAULT_AGENDA], "sheets": [world.permis]} | plan
    return world, prepare_board(world.scene.bob, world.scene.meeting, BoardPlan(**plan))  # type: ignore[arg-type]


def room_of(world: Sheets, board: Board, who: Participant) -> Room:
    return Room(world.scene, board, who, who, who, who, who)


@pytest.mark.parametrize("tables", [1, 4, 40])
def test_a_rehearsal_fills_the_room_at_its_first_step(tables: int) -> None:
    world, board = prepared(tables=tables)
    start_rehearsal(world.scene.bob, board)
    state = room_state(board)
    assert (board.state, board.rehearsal, board.step and board.step.position) == ("open", True, 1)
    assert {note.kind for note in state.notes} == {"challenge", "strength", "proposal"}
    assert {note.step for note in state.notes} == {"challenges", "strengths", "proposals"}
    assert all(note.family is not None for note in state.notes if not note.from_phone)
    assert state.dots > 0
    assert board.headcounts.count() == 3 * min(tables, 6)
    assert verify().problems == []


def test_an_agenda_without_these_steps_may_be_rehearsed_too() -> None:
    world, board = prepared(steps=AGENDAS["Propositions seulement (1 h)"], dots_per_person=1)
    start_rehearsal(world.scene.bob, board)
    assert len(room_state(board).families) == 4


def test_erasing_leaves_every_table_as_it_was() -> None:
    world, board = prepared()
    partner = world.participant(world.caf)
    world.opine(partner, world.permis, "adapt", comment="Les horaires.")
    add_device(partner)
    secretary, facilitator = take_table(board, 1), take_the_floor(world.scene.bob, board)
    before, seats = counts(), set(Seat.objects.values_list("pk", flat=True))

    start_rehearsal(world.scene.bob, board)
    take_the_floor(world.scene.alice, board)
    phone = join_with_phone(board, 2)
    add_device(phone)
    Photo.objects.create(board=board, content_type="image/png", data=b"x", size=1, taken_at=board.opened_at)
    for who in (partner, secretary, facilitator, phone):
        room = room_of(world, board, who)
        note = room.note_op("Une vraie main l'a écrite")
        edit = room.op("edit", of=note["op_id"], text="Corrigée")
        early = {name: value for name, value in edit.items() if name != "room"}
        for op in (early, note, room.op("dot", target=note["op_id"], count=1)):
            assert room.send(who, op)[0].status == "applied"
    assert room_state(board).notes[-1].text == "Corrigée"
    close_room(world.scene.bob, board)
    assert room.do(phone, "dot", target=note["op_id"], count=2).status == "late"

    erase_rehearsal(world.scene.bob, board)
    assert counts() == before
    assert set(Seat.objects.values_list("pk", flat=True)) == seats
    assert (board.state, board.rehearsal, board.step, board.opened_at, board.closed_at) == (
        "prepared", False, None, None, None,
    )  # fmt: skip
    assert partner.opinions.get().comment == "Les horaires."
    assert verify().problems == []


def test_the_room_lives_for_real_after_its_rehearsal() -> None:
    world, board = prepared()
    start_rehearsal(world.scene.bob, board)
    version = board.version
    erase_rehearsal(world.scene.bob, board)
    assert board.version > version
    open_room(world.scene.bob, board)
    room = room_of(world, board, take_table(board, 1))
    room.note(room.secretary, "Pour de bon")
    assert [note.text for note in room_state(board).notes] == ["Pour de bon"]
    assert verify().problems == []


def test_a_room_that_ran_is_neither_rehearsed_nor_erased() -> None:
    world, board = prepared()
    open_room(world.scene.bob, board)
    room = room_of(world, board, take_table(board, 1))
    room.note(room.secretary)
    for close in (False, True):
        if close:
            close_room(world.scene.bob, board)
        with pytest.raises(ForbiddenMove, match=RAN):
            start_rehearsal(world.scene.bob, board)
        with pytest.raises(ForbiddenMove, match=NOT_ONE):
            erase_rehearsal(world.scene.bob, board)
    assert Note.objects.count() == 1


def test_a_room_where_the_facilitator_already_wrote_is_not_rehearsed() -> None:
    world, board = prepared()
    room = room_of(world, board, take_the_floor(world.scene.bob, board))
    room.note(room.facilitator, "Pour lancer la discussion")
    with pytest.raises(ForbiddenMove, match=HOLDS):
        start_rehearsal(world.scene.bob, board)
    with pytest.raises(ForbiddenMove, match=NOT_ONE):
        erase_rehearsal(world.scene.bob, board)
    assert Note.objects.count() == 1


@pytest.mark.parametrize("close", [False, True])
def test_nothing_real_begins_while_a_rehearsal_stands(close: bool) -> None:
    world, board = prepared()
    start_rehearsal(world.scene.bob, board)
    if close:
        close_room(world.scene.bob, board)
    with pytest.raises(ForbiddenMove, match=REHEARSED):
        open_room(world.scene.bob, board)
    with pytest.raises(ForbiddenMove, match=REHEARSED):
        prepare_board(world.scene.bob, world.scene.meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
    with pytest.raises(ForbiddenMove):
        start_rehearsal(world.scene.bob, board)
    with pytest.raises(ForbiddenMove):
        close_workshop(world.scene.bob, board, lambda _: ["Introduction"])
    assert world.scene.meeting.minutes.count() == 0


def test_a_phone_whose_place_is_gone_is_told_so() -> None:
    world, board = prepared()
    start_rehearsal(world.scene.bob, board)
    phone = join_with_phone(board)
    erase_rehearsal(world.scene.bob, board)
    with pytest.raises(RefusedInput, match="n'existe plus"):
        apply_ops(phone, "d1", [room_of(world, board, phone).note_op()])
