"""Notes: the last intention stands whatever the order, every version is kept, nobody writes where she may not."""

from __future__ import annotations

import itertools

import pytest

from parvis.consultations import outbox
from parvis.consultations.models import Contribution, OutboxOp
from parvis.consultations.outbox import MAX_SEQ
from parvis.gathering.recount.verification import verify
from parvis.meetings.models import Note, NoteVersion
from parvis.meetings.operations.room import entering, notes
from parvis.meetings.operations.room.running import close_room
from parvis.publishing.operations.erase_contribution import erase_contribution
from tests.erased import still_told
from tests.meetings.room.scene import make_room

pytestmark = pytest.mark.django_db


def test_note_is_a_contribution_of_the_workshop() -> None:
    room = make_room()
    reference = room.note(room.secretary, "  Le dernier bus part trop tôt ", kind="challenge")
    note = room.read(reference)
    assert (note.text, note.kind, note.theme, note.table, note.step, note.from_phone) == (
        "Le dernier bus part trop tôt", "challenge", room.scene.jobs.code, 1, "opinions", False,
    )  # fmt: skip
    made = Contribution.objects.get(reference=reference)
    assert (made.origin, made.state, made.participant) == ("workshop", "pending", room.secretary)


def test_same_note_again_is_a_duplicate_and_counts_once() -> None:
    room = make_room()
    op = room.note_op()
    assert [result.status for result in room.send(room.phone, op, op)] == ["applied", "duplicate"]
    assert room.send(room.phone, op)[0].status == "duplicate"
    assert Note.objects.count() == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_four_operations_in_any_order_end_the_same(order: tuple[int, ...]) -> None:
    room = make_room()
    note = room.note_op("Première version")
    ops = [
        note,
        room.op("edit", of=note["op_id"], text="Deuxième"),
        room.op("withdraw", of=note["op_id"]),
        room.op("edit", of=note["op_id"], contribution_kind="proposal"),
    ]
    for place in order:
        assert room.send(room.secretary, ops[place])[0].status == "applied"
    read = room.read(note["op_id"])
    assert (read.text, read.kind) == ("Deuxième", "proposal")
    assert Contribution.objects.get().state == "pending"
    assert verify().problems == []


def test_a_change_sent_without_the_room_before_the_note_is_folded_in() -> None:
    room = make_room()
    note = room.note_op("Première")
    edit = room.op("edit", of=note["op_id"], text="Corrigée")
    room.scene.consultation.phases.create(kind="workshops", control="open", position=2)
    del edit["room"]
    assert [room.send(room.phone, op)[0].status for op in (edit, note)] == ["applied", "applied"]
    assert room.read(note["op_id"]).text == "Corrigée"
    assert OutboxOp.objects.exclude(content=None).count() == 0


def test_two_editing_one_note_the_last_intention_wins_and_both_versions_are_kept() -> None:
    room = make_room()
    reference = room.note(room.secretary, "Le bus")
    later, earlier = room.op("edit", of=reference, text="Le bus du soir"), room.op("edit", of=reference, text="Le car")
    later["seq"], earlier["seq"] = 50, 40
    room.send(room.facilitator, later)
    room.send(room.secretary, earlier)
    assert room.read(reference).text == "Le bus du soir"
    assert set(NoteVersion.objects.values_list("text", flat=True)) == {"Le bus", "Le bus du soir", "Le car"}


def test_phone_changes_only_its_own_notes() -> None:
    room = make_room()
    reference = room.note(room.other_phone)
    refused = room.do(room.phone, "edit", of=reference, text="Autre chose")
    assert (refused.status, refused.detail) == ("rejected", notes.NOT_YOURS)
    assert room.do(room.other_phone, "edit", of=reference, text="Mieux dit").status == "applied"


def test_secretary_changes_the_notes_of_her_table_only() -> None:
    room = make_room()
    here, there = room.note(room.phone), room.note(room.other_phone)
    assert room.do(room.secretary, "edit", of=here, text="Mieux dit").status == "applied"
    assert room.do(room.secretary, "withdraw", of=there).status == "rejected"
    assert room.do(room.facilitator, "withdraw", of=there).status == "applied"


def test_someone_elses_reference_cannot_be_taken() -> None:
    room = make_room()
    stolen = room.note_op("Usurpée") | {"op_id": room.note(room.phone)}
    assert room.send(room.other_phone, stolen)[0].detail == notes.TAKEN


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        ({"text": ""}, "Écrivez au moins un mot."),
        ({"text": "a" * 5_000}, "Ce texte a 5000 caractères : 4000 au plus. Séparez-le en deux."),
        ({"contribution_kind": "idea"}, "Choisissez : défi, atout ou proposition."),
        ({"theme": "inconnue"}, "Cette thématique n'est pas de cet atelier."),
        ({"room": "ZZZZZZ"}, entering.UNKNOWN),
        ({"room": 7}, entering.UNKNOWN),
    ],
)
def test_faulty_note_is_refused_with_a_sentence(fault: dict[str, object], detail: str) -> None:
    room = make_room()
    result = room.send(room.secretary, room.note_op() | fault)[0]
    assert (result.status, result.detail) == ("rejected", detail)


@pytest.mark.parametrize("text", ["a", "🚌🚌", "مرحبا بكم", "<script>alert(1)</script>", "=1+1"])
def test_strange_words_are_kept_as_they_are(text: str) -> None:
    room = make_room()
    assert room.read(room.note(room.phone, text)).text == text


def test_insult_waits_for_the_facilitator() -> None:
    room = make_room()
    reference = room.note(room.phone, "Quel connard")
    assert room.read(reference).waiting
    assert room.do(room.facilitator, "hide", of=reference, hidden=False).status == "applied"
    assert not room.read(reference).waiting


def test_after_closing_a_note_is_late_and_out_of_the_room() -> None:
    room = make_room()
    close_room(room.scene.bob, room.board)
    op = room.note_op("Trop tard")
    assert room.send(room.phone, op)[0].status == "late"
    assert room.send(room.phone, op)[0].status == "duplicate"
    assert room.state().notes == ()
    assert OutboxOp.objects.get().content["text"] == "Trop tard"


def test_erased_note_leaves_no_version() -> None:
    room = make_room()
    reference = room.note(room.phone, "Madame Untel fume")
    room.do(room.phone, "edit", of=reference, text="Madame Untel fume encore")
    assert still_told(["untel", "fume"]) == ["untel", "fume"]
    erase_contribution(room.scene.alice, Contribution.objects.get(reference=reference))
    assert still_told(["untel", "fume"]) == []
    assert NoteVersion.objects.count() == 0
    assert room.do(room.phone, "edit", of=reference, text="Revenue").detail == notes.GONE
    assert room.state().notes == ()


def test_a_clock_that_runs_wild_stops_nobody_else() -> None:
    room = make_room()
    wild = {**room.note_op("J'arrive de loin"), "seq": MAX_SEQ}
    refused = room.send(room.phone, wild)[0]
    assert (refused.status, refused.detail) == ("rejected", outbox.TOO_FAR)
    room.board.refresh_from_db()
    after = {**room.note_op("Je suis arrivée avant"), "seq": room.board.clock + 1}
    assert room.send(room.other_phone, after)[0].status == "applied"


def test_an_hour_alone_is_no_wild_clock() -> None:
    room = make_room()
    alone = [{**room.note_op(f"Note {each}"), "seq": room.board.clock + 5_000 + each} for each in range(3)]
    assert [each.status for each in room.send(room.secretary, *alone)] == ["applied"] * 3


def test_a_phone_writes_so_many_notes_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MOST_NOTES", 3)
    room = make_room()
    for each in range(3):
        room.note(room.phone, f"Note {each}")
    assert room.send(room.phone, room.note_op("De trop"))[0].status == "rejected"
    room.note(room.secretary, "La table écrit pour dix")
    assert len(room.state().notes) == 4
