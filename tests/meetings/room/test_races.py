"""Two things at once in a room: the closing and a note on its way; two tables that move the same notes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution
from parvis.consultations.outbox import Op
from parvis.meetings.models import Board, Minutes, NoteVersion
from parvis.meetings.operations.room import notes, outbox_handlers
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.publishing.operations.erase_contribution import ERASED, erase_contribution
from tests.meetings.room.scene import Room, make_room

pytestmark = pytest.mark.django_db(transaction=True)
_SOON_SECONDS = 0.6


def at_once(*gestures: Callable[[], Any]) -> list[Any]:
    """What each gives, or its error, each on a connection of its own."""
    found: list[Any] = [None] * len(gestures)

    def run(place: int) -> None:
        try:
            found[place] = gestures[place]()
        except Exception as error:  # told to the test, whatever it is
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(gestures))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def close(room: Room) -> Minutes:
    return close_workshop(room.scene.bob, Board.objects.get(pk=room.board.pk), lambda _: ())


def test_note_on_its_way_while_the_room_closes_is_in_the_minutes_or_late(
    monkeypatch: pytest.MonkeyPatch, on_a_file: None
) -> None:
    room = make_room()
    under_way, closed = threading.Event(), threading.Event()
    write = outbox_handlers.WRITES["note"]

    def slow(*given: Any) -> dict[str, Any]:
        under_way.set()
        closed.wait(_SOON_SECONDS)
        return write(*given)

    def close_then_tell() -> Minutes:
        under_way.wait()
        minutes = close(room)
        closed.set()
        return minutes

    monkeypatch.setitem(outbox_handlers.WRITES, "note", slow)
    results, minutes = at_once(lambda: room.send(room.phone, room.note_op("Sur le fil")), close_then_tell)
    in_minutes = minutes.lines.filter(contribution__text="Sur le fil").count()
    assert (results[0].status, in_minutes) in {("applied", 1), ("late", 0)}
    assert Contribution.objects.filter(text="Sur le fil").count() == in_minutes


def test_two_who_touch_the_same_notes_in_another_order_do_not_lock_each_other(
    monkeypatch: pytest.MonkeyPatch, on_a_file: None
) -> None:
    room = make_room()
    one, other = room.note(room.secretary, "Une"), room.note(room.secretary, "Deux")
    met = threading.Barrier(2)
    promote = outbox_handlers.WRITES["withdraw"]

    def meeting(writer: Any, who: Any, op: Op) -> dict[str, Any]:
        told = promote(writer, who, op)
        with contextlib.suppress(threading.BrokenBarrierError):
            met.wait(_SOON_SECONDS)
        return told

    monkeypatch.setitem(outbox_handlers.WRITES, "withdraw", meeting)
    batches = [
        [room.op("withdraw", of=each, withdrawn=False) for each in order] for order in ((one, other), (other, one))
    ]
    found = at_once(lambda: room.send(room.secretary, *batches[0]), lambda: room.send(room.facilitator, *batches[1]))
    assert [[each.status for each in results] for results in found] == [["applied", "applied"]] * 2


def test_words_erased_while_they_are_corrected_stay_erased(monkeypatch: pytest.MonkeyPatch, on_a_file: None) -> None:
    """Who erases does not hold the room: a correction under way must not write again what it had read before."""
    room = make_room()
    note = room.note(room.phone, "Mot à effacer")
    contribution = Contribution.objects.get(note__reference=note)
    corrected, erased = threading.Event(), threading.Event()
    standing = notes._standing

    def slow(text: str) -> ContributionState:
        corrected.set()
        erased.wait(_SOON_SECONDS)
        return standing(text)

    def erase() -> None:
        corrected.wait()
        erase_contribution(room.scene.bob, contribution)
        erased.set()

    monkeypatch.setattr(notes, "_standing", slow)
    correction, erasure = at_once(lambda: room.send(room.phone, room.op("edit", of=note, text="Encore là")), erase)
    contribution.refresh_from_db()
    assert (correction[0].status, erasure) == ("applied", None)
    assert (contribution.text, contribution.erased_at is not None) == (ERASED, True)
    assert list(NoteVersion.objects.filter(reference=note).exclude(text=None)) == []
